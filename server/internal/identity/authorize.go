package identity

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Decision is what the permission check of a call found; the journal keeps it.
type Decision struct {
	Allowed bool        `json:"allowed"`
	Checked bool        `json:"checked"` // false when nothing was compared: --auth off, a token that names no permissions, an unknown operation
	Scheme  call.Scheme `json:"scheme,omitempty"`
	Needed  []string    `json:"needed,omitempty"` // any one of these, least privileged first
	Held    []string    `json:"held,omitempty"`   // what the token names
	Source  string      `json:"source,omitempty"` // how Needed is known: openapi.PermissionsDocumented and its like
}

// Decide compares what the call's operation needs with what its token has. It
// depends on the call alone, so it can be asked again when the journal is read.
func (s *Service) Decide(c *call.Call) Decision {
	if c.Operation == nil {
		return Decision{Allowed: true, Source: openapi.PermissionsUnknown}
	}
	p := &c.Principal
	needed, source := c.Operation.Permissions(string(p.Scheme)), c.Operation.PermissionSource()
	if s.config.Mode == Off || p.Opaque || p.Scheme == "" {
		return Decision{Allowed: true, Scheme: p.Scheme, Needed: needed, Source: source}
	}
	d := judge(p, needed, source)
	if d.Allowed && d.Checked {
		d.Allowed = complete(c.Operation.Grants(string(p.Scheme)), d.Held)
	}
	return d
}

// complete reports whether one of the permissions is held together with one of
// those that it needs beside it (identity-behaviour §6.1, AlsoRequires).
func complete(grants []openapi.Permission, held []string) bool {
	return slices.ContainsFunc(grants, func(p openapi.Permission) bool {
		return containsFold(held, p.Name) && (len(p.Also) == 0 ||
			slices.ContainsFunc(p.Also, func(also string) bool { return containsFold(held, also) }))
	})
}

// judge holds a token to its permissions. A false 403 costs more than a missing
// one: where nothing is listed for the token's scheme, only documentation is
// reason enough to say that no permission would do.
func judge(p *call.Principal, needed []string, source string) Decision {
	d := Decision{Checked: true, Scheme: p.Scheme, Needed: needed, Held: p.Scopes, Source: source}
	if p.Scheme == call.Application {
		d.Held = p.Roles
	}
	if len(needed) == 0 && source != openapi.PermissionsDocumented {
		d.Allowed, d.Checked, d.Source = true, false, openapi.PermissionsUnknown
		return d
	}
	d.Allowed = slices.ContainsFunc(needed, func(permission string) bool { return containsFold(d.Held, permission) })
	return d
}

// Authorize refuses a call whose token lacks the permission: nil, or 403 in
// the dialect of the operation's family.
func (s *Service) Authorize(c *call.Call) *call.Response {
	d := s.Decide(c)
	if d.Allowed {
		return nil
	}
	return Refuse(c, d)
}

// Refuse words the refusal of a call: as its service does, and at the gateway
// where a personal account has no way in (identity-behaviour §5.3).
func Refuse(c *call.Call, d Decision) *call.Response {
	family := string(c.Operation.Family)
	if d.Scheme == call.DelegatedPersonal && len(d.Needed) == 0 {
		family = ""
	}
	e := grapherr.Forbidden(family, d.Scheme == call.Application, d.Needed, d.Held)
	return refusal(c, e, d.reason(c.Operation))
}

// reason tells the tester what would have done, and what was there.
func (d Decision) reason(op *openapi.Operation) string {
	var b strings.Builder
	b.WriteString(op.Method + " " + op.Template + " (" + string(d.Scheme) + ") ")
	grants := op.Grants(string(d.Scheme))
	switch len(d.Needed) {
	case 0:
		b.WriteString("offers no permission to such tokens")
	case 1:
		b.WriteString("needs " + wanted(grants, d.Needed[0]))
	default:
		b.WriteString("needs " + wanted(grants, d.Needed[0]) + " (least privileged), or " + listed(d.Needed[1:]))
	}
	if d.Source == openapi.PermissionsInherited {
		b.WriteString(" (inherited from a related operation)")
	}
	b.WriteString("; the token has " + listed(d.Held))
	return b.String()
}

// wanted is a permission with what it needs beside it.
func wanted(grants []openapi.Permission, name string) string {
	for _, p := range grants {
		if p.Name == name && len(p.Also) > 0 {
			return name + " together with " + strings.Join(p.Also, " or ")
		}
	}
	return name
}

const listedPermissions = 5

// listed joins names, few enough to leave room for the rest of the line.
func listed(names []string) string {
	switch n := len(names); {
	case n == 0:
		return "none"
	case n > listedPermissions:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:listedPermissions], ", "), n-listedPermissions)
	}
	return strings.Join(names, ", ")
}
