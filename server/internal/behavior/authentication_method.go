package behavior

// Evidence for a user's authentication methods (pages of authenticationMethod,
// phone, email, password and temporaryAccessPass methods):
//   - documented: methods shows those of every kind; a password is one with the
//     same id for everybody; so are the ids of the three kinds of phones and of the
//     email address; one phone of a kind, an alternate one after the mobile; a
//     temporary access pass is told once, when it is made, and is one of its user.
//   - assumed (2026-11): every user has a password; a pass is of eight letters and
//     digits after the request, lives an hour unless it says otherwise, and the
//     texts of refusals.

import (
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// passwordMethod is the id of everybody's password.
const passwordMethod = "28c10230-6103-485e-b985-444c60001490"

// emailMethod is the id of everybody's email address.
const emailMethod = "3ddfcfc8-9383-446f-83cc-3ab9be4be18f"

// phoneMethods are the ids of phones by their kind.
var phoneMethods = map[string]string{
	"mobile": "3179e48a-750b-4051-897c-87b9720928f7", "alternateMobile": "b6332ec1-7057-4abe-9331-3d72feddfe41",
	"office": "e37fc753-ff3b-4958-9484-eaa9425c82bc",
}

// methodKinds are the collections below a user's authentication, with the types
// of their entities.
var methodKinds = [][2]string{
	{"phoneMethods", "phoneAuthenticationMethod"}, {"emailMethods", "emailAuthenticationMethod"},
	{"fido2Methods", "fido2AuthenticationMethod"}, {"microsoftAuthenticatorMethods", "microsoftAuthenticatorAuthenticationMethod"},
	{"softwareOathMethods", "softwareOathAuthenticationMethod"}, {"temporaryAccessPassMethods", "temporaryAccessPassAuthenticationMethod"},
	{"windowsHelloForBusinessMethods", "windowsHelloForBusinessAuthenticationMethod"},
	{"platformCredentialMethods", "platformCredentialAuthenticationMethod"}, {"hardwareOathMethods", "hardwareOathAuthenticationMethod"},
}

type (
	// AuthenticationMethods lists the methods of all kinds.
	AuthenticationMethods struct{}
	// PasswordMethods lists the one that everybody has.
	PasswordMethods struct{}
	// PhoneMethod gives a phone the id of its kind.
	PhoneMethod struct{}
	// EmailMethod gives an email address its id.
	EmailMethod struct{}
	// AccessPass makes a temporary access pass.
	AccessPass struct{}
)

var (
	_ Lister  = AuthenticationMethods{}
	_ Lister  = PasswordMethods{}
	_ Creator = PhoneMethod{}
	_ Updater = PhoneMethod{}
	_ Creator = EmailMethod{}
	_ Creator = AccessPass{}
	_ Reader  = AccessPass{}
)

var accessPassRules = &Rules{ToldOnce: []string{"temporaryAccessPass"}, Computed: []string{"isUsable", "methodUsabilityReason"}}

// List implements [Lister].
func (AuthenticationMethods) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	owner := ownerOfList(tx)
	return func(yield func(Entity) bool) {
		for e := range tx.All(Below(owner.Ref, "authentication/methods")) { // of a fixture
			if !yield(e) {
				return
			}
		}
		if !yield(passwordOf(owner)) {
			return
		}
		for _, kind := range methodKinds {
			for e := range tx.All(Below(owner.Ref, "authentication/"+kind[0])) {
				e.Type = "microsoft.graph." + kind[1]
				if !yield(e) {
					return
				}
			}
		}
	}, nil
}

// List implements [Lister].
func (PasswordMethods) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	owner := ownerOfList(tx)
	return func(yield func(Entity) bool) {
		if !yield(passwordOf(owner)) {
			return
		}
		for e := range tx.All(Below(owner.Ref, "authentication/passwordMethods")) { // of a fixture
			if !yield(e) {
				return
			}
		}
	}, nil
}

func passwordOf(user Entity) Entity {
	return Entity{ID: passwordMethod, Type: "microsoft.graph.passwordAuthenticationMethod", Object: fields("id", quoted(passwordMethod),
		"createdDateTime", jsonOf(user.Object, "createdDateTime"), "password", "null")}
}

// Create implements [Creator].
func (PhoneMethod) Create(tx Tx, e *Entity) *grapherr.Error {
	kind := text(e.Object, "phoneType")
	if _, there := tx.Get(tx.Collection(), phoneMethods[kind]); there {
		return badMethod("A phone of the type " + kind + " is registered already.")
	}
	if _, mobile := tx.Get(tx.Collection(), phoneMethods["mobile"]); kind == "alternateMobile" && !mobile {
		return badMethod("An alternate mobile phone needs a mobile one.")
	}
	return settlePhone(e)
}

// Update implements [Updater].
func (PhoneMethod) Update(_ Tx, _, _ entity.Object, after *Entity) *grapherr.Error {
	id := text(after.Object, "id")
	fault := settlePhone(after)
	after.SetString("id", id)
	return fault
}

// settlePhone wants a number as the service writes it: +1 5555551234.
func settlePhone(e *Entity) *grapherr.Error {
	country, _, ok := strings.Cut(text(e.Object, "phoneNumber"), " ")
	if !ok || !strings.HasPrefix(country, "+") {
		return badMethod("The phone number must be +, the country code, a blank and the number.")
	}
	if id := phoneMethods[text(e.Object, "phoneType")]; id != "" {
		e.ID = id
		e.SetString("id", id)
	}
	if !present(e.Object, "smsSignInState") {
		e.SetString("smsSignInState", "notConfigured")
	}
	return nil
}

// Create implements [Creator].
func (EmailMethod) Create(tx Tx, e *Entity) *grapherr.Error {
	if _, there := tx.Get(tx.Collection(), emailMethod); there {
		return badMethod("An email address is registered already.")
	}
	e.ID = emailMethod
	e.SetString("id", emailMethod)
	return nil
}

func badMethod(why string) *grapherr.Error {
	return &grapherr.Error{Status: 400, Code: "invalidRequest", Message: why}
}

// usualLifetime of a pass, in minutes.
const usualLifetime = 60

// Create implements [Creator].
func (AccessPass) Create(tx Tx, e *Entity) *grapherr.Error {
	for old := range tx.All(tx.Collection()) {
		if usable(tx, old.Object) {
			return badMethod("The user has a temporary access pass already.")
		}
		if fault := tx.Delete(old.Ref); fault != nil {
			return fault
		}
	}
	minutes := number(e.Object, "lifetimeInMinutes", usualLifetime)
	if minutes < 10 || minutes > 43200 {
		return badMethod("lifetimeInMinutes must be between 10 and 43200.")
	}
	now := quoted(instant(tx.Now()))
	e.Set("lifetimeInMinutes", []byte(strconv.Itoa(minutes)))
	for _, d := range [][2]string{{"isUsableOnce", "false"}, {"startDateTime", now}, {"createdDateTime", now}} {
		if !present(e.Object, d[0]) {
			e.Set(d[0], []byte(d[1]))
		}
	}
	e.SetString("temporaryAccessPass", hexSum(text(e.Object, "id"))[:8])
	return nil
}

// Read implements [Reader].
func (AccessPass) Read(tx Tx, e *Entity) {
	ok := usable(tx, e.Object)
	e.Set("isUsable", []byte(boolean(ok)))
	switch {
	case ok:
		e.SetString("methodUsabilityReason", "EnabledByPolicy")
	case notYet(tx, e.Object):
		e.SetString("methodUsabilityReason", "NotYetValid")
	default:
		e.SetString("methodUsabilityReason", "Expired")
	}
}

// usable reports whether a pass is valid now.
func usable(tx Tx, pass entity.Object) bool {
	start, err := time.Parse(time.RFC3339Nano, text(pass, "startDateTime"))
	end := start.Add(time.Duration(number(pass, "lifetimeInMinutes", usualLifetime)) * time.Minute)
	return err == nil && !tx.Now().Before(start) && tx.Now().Before(end)
}

func notYet(tx Tx, pass entity.Object) bool {
	start, err := time.Parse(time.RFC3339Nano, text(pass, "startDateTime"))
	return err == nil && tx.Now().Before(start)
}
