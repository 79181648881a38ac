package graph

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Subscription is one for which changes are delivered.
type Subscription struct {
	Tenant  string
	Version string // of Graph, whose paths and types it speaks of
	Owner   call.Principal
	Since   uint64        // tick; what happened before it does not concern it
	Ordinal store.Ordinal // of its entity

	Immutable bool `json:"-"` // ids of items of a mailbox are those that stay

	ID             string    `json:"id"`
	App            string    `json:"applicationId"`
	ChangeType     string    `json:"changeType"`
	URL            string    `json:"notificationUrl"`
	LifecycleURL   string    `json:"lifecycleNotificationUrl"`
	Resource       string    `json:"resource"`
	Options        string    `json:"notificationQueryOptions"`
	ClientState    *string   `json:"clientState"`
	Expires        time.Time `json:"expirationDateTime"`
	Rich           bool      `json:"includeResourceData"`
	Certificate    string    `json:"encryptionCertificate"`
	CertificateID  string    `json:"encryptionCertificateId"`
	AuthorizedTill time.Time `json:"-"` // zero: for good
	Asked          bool      `json:"-"` // for a new authorization, since the last one
}

// watchSet holds, for each subscription that is delivered for, what its entity
// does not say. Ids are those of the entities.
const watchSet = hiddenPrefix + "subscriptions"

// endpointSpace is where the store keeps, per tenant, how far the events were
// delivered to each URL.
const endpointSpace = "notify"

// watchRecord is an entity of the watch set.
type watchRecord struct {
	Version string    `json:"version"`
	Entity  uint64    `json:"entity"`
	Since   uint64    `json:"since"`
	Object  string    `json:"object,omitempty"`
	UPN     string    `json:"upn,omitempty"`
	App     string    `json:"app,omitempty"`
	User    bool      `json:"user,omitempty"`
	Till    time.Time `json:"till,omitzero"`
	Asked   bool      `json:"asked,omitempty"`
	Stays   bool      `json:"stays,omitempty"` // Subscription.Immutable
}

// Watch implements [behavior.Notifying].
func (q tx) Watch(ref behavior.Ref) *grapherr.Error {
	e, ok := q.Entity(ref)
	if !ok {
		return grapherr.Internal()
	}
	p := &q.Call.Principal
	record := watchRecord{
		Version: q.Version(), Entity: uint64(ref), Since: q.reader.Tick(), Object: p.ObjectID, UPN: p.UPN, App: p.AppID,
		User: len(p.Scopes) > 0, Stays: q.wishesFor(wantImmutable),
	}
	if record.Stays {
		q.honour(wantImmutable)
	}
	if p.Expires.After(q.now) {
		record.Till = p.Expires
	}
	if known, ok := watchOf(q.reader, q.Call.Tenant, e.ID); ok {
		record.Since, record.Version = known.Since, known.Version
		record.Object, record.UPN, record.User, record.Stays = known.Object, known.UPN, known.User, known.Stays
	}
	err := q.writer.Watch(q.Call.Tenant)
	if err == nil {
		err = putWatch(q.writer, q.Call.Tenant, e.ID, record)
	}
	if err == nil {
		err = q.listen(e)
	}
	return q.broken(err)
}

// listen notes that the URLs of a subscription are to be told what happens from
// now on.
func (q tx) listen(e behavior.Entity) error {
	ends := Endpoints(q.reader, q.Call.Tenant)
	for _, name := range []string{"notificationUrl", "lifecycleNotificationUrl"} {
		if url, ok := e.String(name); ok && url != "" {
			if _, known := ends[url]; !known {
				ends[url] = q.reader.Tick()
			}
		}
	}
	return SetEndpoints(q.writer, q.Call.Tenant, ends)
}

// Endpoints are the URLs that are told what happens in a tenant, and how far
// they have been.
func Endpoints(r store.Reader, tenant string) map[string]uint64 {
	ends := map[string]uint64{}
	if v, ok := r.Value(endpointSpace, tenant); ok {
		_ = json.Unmarshal(v, &ends) // what SetEndpoints wrote
	}
	return ends
}

// SetEndpoints replaces them; none ends the recording of what happens.
func SetEndpoints(w store.Writer, tenant string, ends map[string]uint64) error {
	if len(ends) == 0 {
		if err := w.SetValue(endpointSpace, tenant, nil); err != nil {
			return err
		}
		return w.Unwatch(tenant)
	}
	v, err := json.Marshal(ends)
	if err != nil {
		return err
	}
	return w.SetValue(endpointSpace, tenant, v)
}

// Unwatch implements [behavior.Notifying].
func (q tx) Unwatch(ref behavior.Ref) *grapherr.Error {
	e, ok := q.Entity(ref)
	if !ok {
		return nil
	}
	kept, err := q.reader.Get(store.SetKey{Tenant: q.Call.Tenant, Name: watchSet}, e.ID)
	if err != nil {
		return nil
	}
	return q.broken(q.writer.Delete(kept.Ordinal))
}

// Watched implements [behavior.Notifying].
func (q tx) Watched(ref behavior.Ref) bool {
	_, e, err := q.reader.At(store.Ordinal(ref))
	if err != nil {
		return false
	}
	_, ok := watchOf(q.reader, q.Call.Tenant, e.ID)
	return ok
}

func watchOf(r store.Reader, tenant, id string) (record watchRecord, ok bool) {
	e, err := r.Get(store.SetKey{Tenant: tenant, Name: watchSet}, id)
	return record, err == nil && json.Unmarshal(e.JSON, &record) == nil
}

func putWatch(w store.Writer, tenant, id string, record watchRecord) error {
	text, err := json.Marshal(record)
	if err != nil {
		return err
	}
	set := store.SetKey{Tenant: tenant, Name: watchSet}
	if e, err := w.Get(set, id); err == nil {
		_, err = w.Replace(e.Ordinal, store.Entity{JSON: text})
		return err
	}
	_, err = w.Insert(set, store.Entity{ID: id, JSON: text})
	return err
}

// Subscriptions are those of a tenant for which changes are delivered, oldest
// first, whether their time is over or not.
func Subscriptions(r store.Reader, tenant string) []Subscription {
	var all []Subscription
	for kept := range r.Scan(store.SetKey{Tenant: tenant, Name: watchSet}, 0) {
		var record watchRecord
		if json.Unmarshal(kept.JSON, &record) != nil {
			continue
		}
		if s, ok := record.subscription(r, tenant); ok {
			all = append(all, s)
		}
	}
	return all
}

// subscription joins a record with its entity; false when that is gone.
func (w *watchRecord) subscription(r store.Reader, tenant string) (Subscription, bool) {
	s := Subscription{Tenant: tenant, Version: w.Version, Since: w.Since, Ordinal: store.Ordinal(w.Entity), AuthorizedTill: w.Till, Asked: w.Asked, Immutable: w.Stays}
	s.Owner = call.Principal{ObjectID: w.Object, UPN: w.UPN, AppID: w.App}
	if w.User {
		s.Owner.Scopes = []string{"."} // tells a user from an application
	}
	_, e, err := r.At(s.Ordinal)
	return s, err == nil && json.Unmarshal(e.JSON, &s) == nil
}

// Wants reports whether a subscription asks for a kind of change.
func (s *Subscription) Wants(kind string) bool {
	for wanted := range strings.SplitSeq(s.ChangeType, ",") {
		if strings.EqualFold(strings.TrimSpace(wanted), kind) {
			return true
		}
	}
	return false
}

// Ask notes that a new authorization of a subscription is asked for; false when
// it was already, or the subscription is gone.
func Ask(w store.Writer, s *Subscription) (bool, error) {
	record, ok := watchOf(w, s.Tenant, s.ID)
	if !ok || record.Asked {
		return false, nil
	}
	record.Asked = true
	return true, putWatch(w, s.Tenant, s.ID, record)
}

// Unsubscribe removes a subscription whose time is over, or whose resource is
// gone; false when it is removed already.
func Unsubscribe(w store.Writer, s *Subscription) (bool, error) {
	kept, err := w.Get(store.SetKey{Tenant: s.Tenant, Name: watchSet}, s.ID)
	if err != nil {
		return false, nil
	}
	if err := w.Delete(kept.Ordinal); err != nil {
		return false, err
	}
	if _, _, err := w.At(s.Ordinal); err != nil {
		return true, nil
	}
	return true, w.Delete(s.Ordinal)
}
