package behavior

// Evidence for identityUserFlowAttribute (pages identityuserflowattribute-post, -list,
// -update and the resource page of v1.0, 2021 to 2024):
//   - documented: one that a client makes is custom and has an id of the form
//     extension_{app id}_{name}; its kind is the service's, and what values it takes is
//     fixed; built-in ones stand in every tenant.
//   - assumed (2026-11): the app id is that of the application for extensions of B2C, and
//     where there is none one made of the tenant's id; blanks in a name are left out; a
//     name is taken once; which are built in.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var flowAttributeRules = &Rules{Required: []string{"displayName"}, Immutable: []string{"dataType", "userFlowAttributeType"}}

// eventsFlowRules are those of user flows of external tenants (documented: page
// identitycontainer-post-authenticationeventsflows, 2024).
var eventsFlowRules = &Rules{Required: []string{"displayName"}, Defaults: []Default{{"priority", "500"}}}

// FlowAttribute is something that a user flow asks about.
type FlowAttribute struct{ builtIn }

var (
	_ Creator = FlowAttribute{}
	_ Updater = FlowAttribute{}
	_ Deleter = FlowAttribute{}
)

// Create implements [Creator].
func (FlowAttribute) Create(tx Tx, e *Entity) *grapherr.Error {
	app := tx.Tenant()
	for a := range tx.All(Root("applications")) {
		if strings.HasPrefix(text(a.Object, "displayName"), "b2c-extensions-app") {
			app = text(a.Object, "appId")
			break
		}
	}
	name := strings.Join(strings.Fields(text(e.Object, "displayName")), "")
	e.SetString("id", "extension_"+strings.ReplaceAll(app, "-", "")+"_"+name)
	e.SetString("userFlowAttributeType", "custom")
	return nil
}

// flowAttribute is a built-in attribute.
type flowAttribute struct{ id, shown, about, kind string }

var flowAttributes = []flowAttribute{
	{"city", "City", "City of the user", "string"},
	{"country", "Country/Region", "Country/Region of the user", "string"},
	{"displayName", "Display Name", "Display Name of the User.", "string"},
	{"email", "Email Address", "Email address of the user", "string"},
	{"givenName", "Given Name", "The user's given name (also known as first name).", "string"},
	{"jobTitle", "Job Title", "Job title of the user", "string"},
	{"postalCode", "Postal Code", "Postal code of the user", "string"},
	{"state", "State/Province", "State or province of the user", "string"},
	{"streetAddress", "Street Address", "Street address of the user", "string"},
	{"surname", "Surname", "The user's surname (also known as family name or last name).", "string"},
}

var standingFlowAttributes = rowsOf("/identity/userFlowAttributes", flowAttributes, func(a flowAttribute) string {
	return string(entity.Object(fields("id", quoted(a.id), "displayName", quoted(a.shown), "description", quoted(a.about),
		"userFlowAttributeType", `"builtIn"`, "dataType", quoted(a.kind))).JSON())
})
