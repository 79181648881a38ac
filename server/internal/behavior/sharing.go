package behavior

// Evidence for sharing (pages driveitem-createlink, driveitem-invite, permission-grant
// and driveitem-preview, v1.0 2017 to 2025; graph-behaviour §12):
//   - documented: createLink answers 201, or 200 for a link of its kind that is there;
//     kinds and scopes of links, and what they allow; passwords and expiry show; who
//     is invited gets a permission with the roles, answered with 200; a grant gives
//     people the use of a link; a preview has URLs to embed.
//   - documented (resource permission; page permission-update): the roles read, write
//     and owner; only they and the expiry are changed by PATCH.
//   - assumed (2026-11): other roles are refused; a link is for the organization unless it says otherwise; who
//     has a permission and is invited again gets its roles changed; an invitation of
//     nobody is refused.

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// CreateLink makes a sharing link.
	CreateLink struct{}
	// InviteToItem gives people access.
	InviteToItem struct{}
)

var (
	_ Invoker = CreateLink{}
	_ Invoker = InviteToItem{}
)

// linkRoles are the kinds of links, and what their users may do.
var linkRoles = map[string]string{
	"view": "read", "review": "read", "edit": "write", "embed": "read", "blocksDownload": "read", "createOnly": "write",
	"addressBar": "read", "adminDefault": "read",
}

var linkScopes = map[string]bool{"anonymous": true, "organization": true, "users": true}

// Invoke implements [Invoker].
func (CreateLink) Invoke(tx Tx, bound *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	kind, scope := text(parameters, "type"), text(parameters, "scope")
	if kind == "" {
		kind = "view"
	}
	if scope == "" {
		scope = "organization"
	}
	if linkRoles[kind] == "" || !linkScopes[scope] {
		return Result{}, badItem("Sharing links of the type " + kind + " and the scope " + scope + " are not known.")
	}
	for e := range tx.All(Below(bound.Ref, "permissions")) {
		link := inner(e.Object, "link")
		if text(link, "type") == kind && text(link, "scope") == scope {
			return Result{Entity: &e, Status: 200}, nil
		}
	}
	e, err := tx.Insert(Below(bound.Ref, "permissions"), New(newLink(tx, bound, kind, scope, parameters)...))
	return Result{Entity: &e, Status: 201}, err
}

// newLink is the permission of a link.
func newLink(tx Tx, bound *Entity, kind, scope string, parameters entity.Object) entity.Object {
	id := tx.NewID()
	url := sharingURL(tx, bound, hexSum(id)[:24])
	link := fields("scope", quoted(scope), "type", quoted(kind), "webUrl", quoted(url), "preventsDownload", boolean(kind == "blocksDownload"))
	if kind == "embed" {
		link.SetString("webHtml", `<iframe src="`+url+`" width="98" height="120" frameborder="0" scrolling="no"></iframe>`)
	}
	permission := fields("id", quoted(id), "roles", `["`+linkRoles[kind]+`"]`, "shareId", quoted("u!"+hexSum(id)[:32]),
		"hasPassword", boolean(text(parameters, "password") != ""), "link", string(link.JSON()))
	expires(&permission, parameters)
	return permission
}

func expires(permission *entity.Object, parameters entity.Object) {
	if when := text(parameters, "expirationDateTime"); when != "" {
		permission.SetString("expirationDateTime", when)
	}
}

// Invoke implements [Invoker].
func (InviteToItem) Invoke(tx Tx, bound *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	roles, ok := parameters.Get("roles")
	if !ok || string(roles) == "[]" {
		roles = []byte(`["read"]`)
	}
	if fault := knownRoles(texts(parameters, "roles")); fault != nil {
		return Result{}, fault
	}
	invited := list(parameters, "recipients")
	if len(invited) == 0 {
		return Result{}, badItem("The recipients are missing.")
	}
	given := Result{IsList: true}
	for _, who := range invited {
		user, ok := recipient(tx, who)
		if !ok {
			return Result{}, badItem("One or more users could not be resolved.")
		}
		p, err := permit(tx, bound, user, roles, parameters)
		if err != nil {
			return Result{}, err
		}
		given.Collection = append(given.Collection, p)
	}
	return given, nil
}

// knownRoles refuses roles that permissions of items do not have. Those that
// SharePoint has beside them have a prefix.
func knownRoles(roles []string) *grapherr.Error {
	for _, role := range roles {
		if !slices.Contains([]string{"read", "write", "owner"}, role) && !strings.HasPrefix(role, "sp.") {
			return badItem("The role " + role + " is not known.")
		}
	}
	return nil
}

// recipient is who is named by an address or an id, as an identity.
func recipient(tx Tx, who entity.Object) (entity.Object, bool) {
	email, id := text(who, "email"), text(who, "objectId")
	user, known := tx.Get(Root("users"), id)
	if !known && email != "" {
		user, known = userAt(tx, email)
	}
	switch {
	case known && email == "":
		email = text(user.Object, "userPrincipalName")
	case !known && email == "":
		return nil, false
	case !known:
		return fields("email", quoted(email)), true
	}
	return fields("displayName", jsonOf(user.Object, "displayName"), "email", quoted(email), "id", quoted(user.ID)), true
}

// permit gives somebody a permission, or changes the one that they have.
func permit(tx Tx, item *Entity, user entity.Object, roles json.RawMessage, parameters entity.Object) (Entity, *grapherr.Error) {
	email := text(user, "email")
	for p := range tx.All(Below(item.Ref, "permissions")) {
		if !present(p.Object, "link") && text(inner(inner(p.Object, "grantedToV2"), "user"), "email") == email {
			p.Set("roles", roles)
			expires(&p.Object, parameters)
			return p, tx.Replace(p.Ref, p.Object)
		}
	}
	to := `{"user":` + string(user.JSON()) + `}`
	permission := fields("id", quoted(tx.NewID()), "roles", string(roles), "grantedTo", to, "grantedToV2", to,
		"hasPassword", boolean(text(parameters, "password") != ""),
		"invitation", `{"email":`+quoted(email)+`,"signInRequired":`+boolean(parameters.True("requireSignIn"))+`}`)
	expires(&permission, parameters)
	return tx.Insert(Below(item.Ref, "permissions"), New(permission...))
}

// grantLink gives people the use of a link.
func grantLink(tx Tx, link *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	granted := list(link.Object, "grantedToIdentitiesV2")
	for _, who := range list(parameters, "recipients") {
		user, ok := recipient(tx, who)
		if !ok {
			return Result{}, badItem("One or more users could not be resolved.")
		}
		granted = append(granted, fields("user", string(user.JSON())))
	}
	use := fields("scope", `"users"`, "type", `"view"`, "webUrl", quoted(sharingURL(tx, link, hexSum(link.ID)[:24])), "preventsDownload", "false")
	roles, said := parameters.Get("roles")
	if !said {
		roles = json.RawMessage(`["read"]`)
	}
	if fault := knownRoles(texts(parameters, "roles")); fault != nil {
		return Result{}, fault
	}
	provide(&link.Object, []Default{{"hasPassword", "false"}, {"roles", string(roles)}, {"link", string(use.JSON())}})
	link.Set("grantedToIdentitiesV2", arrayOf(granted))
	link.Set("grantedToIdentities", arrayOf(granted))
	for p := range tx.Named(text(link.Object, "id")) { // the item's own, whose share this is
		if p.Ref != link.Ref && strings.HasSuffix(p.Type, ".permission") {
			if fault := tx.Replace(p.Ref, link.Object); fault != nil {
				return Result{}, fault
			}
		}
	}
	return ListOf(*link), nil
}

// previewItem tells where a file can be embedded for a while.
func previewItem(tx Tx, item *Entity, _ entity.Object) (Result, *grapherr.Error) {
	if present(item.Object, "folder") {
		return Result{}, badItem("Folders have no preview.")
	}
	url := sharingURL(tx, item, hexSum(item.ID + instant(tx.Now()))[:24])
	return Object(fields("getUrl", quoted(url+"?embed=1"), "postParameters", quoted("access_token="+hexSum(url)), "postUrl", quoted(url+"?embed=post"))), nil
}
