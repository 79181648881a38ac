package behavior

// Evidence for subscription (graph-behaviour §9.1 to §9.3):
//   - documented: required members; the longest lifetimes; both URLs are proved
//     by a handshake before the answer; a lifecycle URL cannot be added later;
//     encryptionCertificate and its id with includeResourceData; clientState up
//     to 128 characters; one sees the subscriptions of one's own application;
//     only lifetime, URL and certificate change later; renewing authorizes anew;
//     made with Prefer: IdType="ImmutableId" it tells immutable ids, for good
//     (page of immutable identifiers, 2025).
//   - documented (page subscription-reauthorize): reauthorize answers 204.
//   - observed by others: the texts for a missing member, for too long a
//     lifetime and for a missing lifecycle URL.
//   - assumed (2026-11): the other texts; 45 minutes at least for Outlook;
//     what a fixture puts there is not delivered for.

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// Subscription keeps subscriptions to changes.
	Subscription struct{}
	// Subscriptions lists those of the caller's application.
	Subscriptions struct{}
	// SubscriptionByID reads one.
	SubscriptionByID struct{}
)

var (
	_ Creator = Subscription{}
	_ Created = Subscription{}
	_ Updater = Subscription{}
	_ Deleter = Subscription{}
	_ Lister  = Subscriptions{}
	_ Invoker = SubscriptionByID{}
)

var subscriptionRules = &Rules{Computed: []string{"applicationId", "creatorId"}}

// Create implements [Creator].
func (Subscription) Create(tx Tx, e *Entity) *grapherr.Error {
	for _, name := range []string{"changeType", "notificationUrl", "resource", "expirationDateTime"} {
		if text(e.Object, name) == "" {
			return grapherr.SubscriptionInvalid(name + " is a required property for subscription creation")
		}
	}
	w, ok := watchableFor(text(e.Object, "resource"))
	if !ok {
		return grapherr.SubscriptionInvalid("Resource '" + text(e.Object, "resource") + "' is not supported for subscriptions.")
	}
	for _, check := range []func(Tx, *Entity, watchable) *grapherr.Error{changeTypes, clientState, resourceData, lifetime, lifecycle} {
		if fault := check(tx, e, w); fault != nil {
			return fault
		}
	}
	c := tx.Caller()
	setText(e, "applicationId", c.AppID)
	setText(e, "creatorId", c.ID)
	return tx.Outside(func() *grapherr.Error {
		if fault := tx.Watchable(text(e.Object, "resource"), text(e.Object, "notificationQueryOptions")); fault != nil {
			return fault
		}
		return shakeHands(tx, e.Object, "notificationUrl", "lifecycleNotificationUrl")
	})
}

func setText(e *Entity, name, value string) {
	if value == "" {
		e.Set(name, []byte("null"))
		return
	}
	e.SetString(name, value)
}

func shakeHands(tx Tx, o entity.Object, names ...string) *grapherr.Error {
	for _, name := range names {
		if url := text(o, name); url != "" {
			if fault := tx.Handshake(url); fault != nil {
				return fault
			}
		}
	}
	return nil
}

func changeTypes(_ Tx, e *Entity, w watchable) *grapherr.Error {
	for kind := range strings.SplitSeq(text(e.Object, "changeType"), ",") {
		switch kind = strings.ToLower(strings.TrimSpace(kind)); {
		case kind != "created" && kind != "updated" && kind != "deleted":
			return grapherr.SubscriptionInvalid("Invalid change type '" + kind + "'. Supported values are: created, updated, deleted.")
		case w.updated && kind != "updated":
			return grapherr.SubscriptionInvalid("Change type '" + kind + "' is not supported for this resource; only updated is.")
		}
	}
	return nil
}

func clientState(_ Tx, e *Entity, _ watchable) *grapherr.Error {
	if len([]rune(text(e.Object, "clientState"))) > 128 {
		return grapherr.SubscriptionInvalid("clientState cannot exceed 128 characters.")
	}
	return nil
}

// resourceData holds a subscription with resource data to its certificate.
func resourceData(_ Tx, e *Entity, w watchable) *grapherr.Error {
	if jsonOf(e.Object, "includeResourceData") != "true" {
		return nil
	}
	if w.rich == 0 {
		return grapherr.SubscriptionInvalid("includeResourceData is not supported for this resource.")
	}
	for _, name := range []string{"encryptionCertificate", "encryptionCertificateId"} {
		if text(e.Object, name) == "" {
			return grapherr.SubscriptionInvalid(name + " is a required property when includeResourceData is set to true.")
		}
	}
	return usableCertificate(text(e.Object, "encryptionCertificate"))
}

func usableCertificate(text string) *grapherr.Error {
	der, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return grapherr.SubscriptionInvalid("encryptionCertificate is not a base64 encoded certificate.")
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return grapherr.SubscriptionInvalid("encryptionCertificate is not a valid X.509 certificate.")
	}
	key, ok := certificate.PublicKey.(*rsa.PublicKey)
	if !ok || key.N.BitLen() < 2048 || key.N.BitLen() > 4096 {
		return grapherr.SubscriptionInvalid("encryptionCertificate must have an RSA key of 2048 to 4096 bits.")
	}
	return nil
}

// lifetime holds the expiration to the resource's longest.
func lifetime(tx Tx, e *Entity, w watchable) *grapherr.Error {
	until, err := time.Parse(time.RFC3339, text(e.Object, "expirationDateTime"))
	if err != nil {
		return grapherr.SubscriptionInvalid("expirationDateTime is not a valid date and time.")
	}
	most := w.most
	if jsonOf(e.Object, "includeResourceData") == "true" {
		most = w.rich
	}
	left := until.Sub(tx.Now())
	switch {
	case left <= 0:
		return grapherr.SubscriptionInvalid("Subscription expiration time cannot be in the past.")
	case left > most:
		return grapherr.SubscriptionExtension(fmt.Sprintf("Subscription expiration can only be %d minutes in the future.", int(most.Minutes())))
	case left < w.least:
		e.SetString("expirationDateTime", tx.Now().Add(w.least).UTC().Format("2006-01-02T15:04:05.0000000Z"))
	}
	return nil
}

func lifecycle(tx Tx, e *Entity, w watchable) *grapherr.Error {
	until, _ := time.Parse(time.RFC3339, text(e.Object, "expirationDateTime"))
	if w.lifecycle && text(e.Object, "lifecycleNotificationUrl") == "" && until.Sub(tx.Now()) > time.Hour {
		return grapherr.SubscriptionInvalid("lifecycleNotificationUrl is a required property for subscription creation on this resource when the expirationDateTime value is set to greater than 1 hour.")
	}
	return nil
}

// Created implements [Created].
func (Subscription) Created(tx Tx, e Entity) *grapherr.Error { return tx.Watch(e.Ref) }

// renewable are the members that a change may name.
var renewable = []string{
	"expirationDateTime", "notificationUrl", "notificationUrlAppId", "encryptionCertificate", "encryptionCertificateId", "includeResourceData",
}

// Update implements [Updater].
func (Subscription) Update(tx Tx, before, change entity.Object, after *Entity) *grapherr.Error {
	if fault := own(tx, after.Ref, before); fault != nil {
		return fault
	}
	for _, m := range change {
		old, _ := before.Get(m.Name)
		if !slices.Contains(renewable, m.Name) && string(old) != string(m.Value) && !strings.HasPrefix(m.Name, "@") {
			return grapherr.SubscriptionInvalid("Property '" + m.Name + "' cannot be updated on a subscription.")
		}
	}
	w, ok := watchableFor(text(after.Object, "resource"))
	if !ok || !tx.Watched(after.Ref) {
		return nil
	}
	for _, check := range []func(Tx, *Entity, watchable) *grapherr.Error{resourceData, lifetime} {
		if fault := check(tx, after, w); fault != nil {
			return fault
		}
	}
	if text(before, "notificationUrl") != text(after.Object, "notificationUrl") {
		if fault := tx.Outside(func() *grapherr.Error { return shakeHands(tx, after.Object, "notificationUrl") }); fault != nil {
			return fault
		}
	}
	return tx.Watch(after.Ref)
}

// Delete implements [Deleter].
func (Subscription) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	if fault := own(tx, e.Ref, e.Object); fault != nil {
		return false, fault
	}
	return false, tx.Unwatch(e.Ref)
}

// own refuses what the caller cannot see.
func own(tx Tx, ref Ref, o entity.Object) *grapherr.Error {
	if !mine(tx, ref, o) {
		return grapherr.NotFound(tx.Family(), text(o, "id"))
	}
	return nil
}

// mine reports whether the caller sees a subscription: one of another
// application, and one that is over, nobody does.
func mine(tx Tx, ref Ref, o entity.Object) bool {
	app := text(o, "applicationId")
	if caller := tx.Caller().AppID; app != "" && caller != "" && !strings.EqualFold(app, caller) {
		return false
	}
	until, err := time.Parse(time.RFC3339, text(o, "expirationDateTime"))
	return err != nil || tx.Now().Before(until) || !tx.Watched(ref)
}

// List implements [Lister].
func (Subscriptions) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	return func(yield func(Entity) bool) {
		for e := range tx.All(tx.Collection()) {
			if mine(tx, e.Ref, e.Object) && !yield(e) {
				return
			}
		}
	}, nil
}

// Invoke implements [Invoker].
func (SubscriptionByID) Invoke(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	if bound == nil {
		return Result{}, grapherr.NotFound(tx.Family(), tx.Key())
	}
	if fault := own(tx, bound.Ref, bound.Object); fault != nil {
		return Result{}, fault
	}
	return Result{Entity: bound}, nil
}

// reauthorize renews the caller's authorization, not the lifetime.
func reauthorize(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	if fault := own(tx, bound.Ref, bound.Object); fault != nil {
		return Result{}, fault
	}
	if tx.Watched(bound.Ref) {
		if fault := tx.Watch(bound.Ref); fault != nil {
			return Result{}, fault
		}
	}
	return Result{}, nil
}
