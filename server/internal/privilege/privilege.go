// Package privilege owns the question which permissions calls need: the least
// privileged set that would do for all of them, and what their tokens had beyond
// it. It needs the catalogue and nothing else, so it works offline.
//
// It must not know journals, tokens or HTTP: calls come in as plain values.
// Start reading at [Analyse].
package privilege

import (
	"slices"
	"sort"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
)

// Call is one call to Graph.
type Call struct {
	Version string // "v1.0", "beta"
	Method  string
	Path    string // escaped, below the version
	App     string // client id; "" when the token does not say
	Scheme  string // as [openapi.SchemeApplication]; "" when the token does not say
	Held    []string
}

// Report is what calls need.
type Report struct {
	Groups  []Group  `json:"groups"`            // one per application and scheme
	Unknown []string `json:"unknown,omitempty"` // operations of which no permission is known, so that any token may call them
	Strange []string `json:"strange,omitempty"` // calls that Graph does not describe
}

// Group is the calls of one application under one scheme.
type Group struct {
	App        string      `json:"app,omitempty"`
	Scheme     string      `json:"scheme"`
	Assumed    bool        `json:"assumed,omitempty"` // no token said the scheme: this is what it would need
	Calls      int         `json:"calls"`
	Least      []string    `json:"least"`  // needed, by name
	Excess     []string    `json:"excess"` // held and not needed
	Operations []Operation `json:"operations"`
}

// Operation is one described operation among the calls.
type Operation struct {
	Method   string   `json:"method"`
	Template string   `json:"template"`
	Calls    int      `json:"calls"`
	By       string   `json:"by,omitempty"`   // the one of Least that allows it; "" when the scheme offers none
	Also     string   `json:"also,omitempty"` // needed beside it
	Others   []string `json:"others"`         // that would do as well, less privileged first
	Source   string   `json:"source"`         // documented or inherited

	grants []openapi.Permission
}

// Analyse finds what calls need. Calls whose tokens name no scheme are answered
// for an application and for a signed-in user.
func Analyse(c *openapi.Catalogue, calls []Call) Report {
	r := Report{Groups: []Group{}}
	for _, call := range calls {
		op := describe(c, call)
		switch {
		case op == nil:
			r.Strange = addOnce(r.Strange, call.Method+" /"+call.Version+call.Path)
		case op.PermissionSource() == openapi.PermissionsUnknown || op.PermissionSource() == "":
			r.Unknown = addOnce(r.Unknown, op.Method+" "+op.Template)
		case call.Scheme == "":
			r.count(call, op, openapi.SchemeApplication, true)
			r.count(call, op, openapi.SchemeDelegatedWork, true)
		default:
			r.count(call, op, call.Scheme, false)
		}
	}
	for i := range r.Groups {
		r.Groups[i].settle()
	}
	return r
}

func describe(c *openapi.Catalogue, call Call) *openapi.Operation {
	v := c.Version(call.Version)
	if v == nil {
		return nil
	}
	target, err := v.Resolve(call.Path, make([]openapi.Segment, 0, 8))
	if err != nil {
		return nil
	}
	return target.Item.Operation(call.Method)
}

// count adds a call to its group.
func (r *Report) count(call Call, op *openapi.Operation, scheme string, assumed bool) {
	i := slices.IndexFunc(r.Groups, func(g Group) bool { return g.App == call.App && g.Scheme == scheme && g.Assumed == assumed })
	if i < 0 {
		i = len(r.Groups)
		r.Groups = append(r.Groups, Group{App: call.App, Scheme: scheme, Assumed: assumed, Excess: []string{}})
	}
	g := &r.Groups[i]
	g.Calls++
	for _, name := range call.Held {
		g.Excess = addOnce(g.Excess, name)
	}
	j := slices.IndexFunc(g.Operations, func(o Operation) bool { return o.Method == op.Method && o.Template == op.Template })
	if j < 0 {
		j = len(g.Operations)
		g.Operations = append(g.Operations, Operation{Method: op.Method, Template: op.Template, Source: op.PermissionSource(), grants: op.Grants(scheme)})
	}
	g.Operations[j].Calls++
}

// settle chooses the permissions: the least privileged of each operation, less
// those that another one, chosen anyway, makes superfluous.
func (g *Group) settle() {
	chosen := []string{}
	for _, o := range g.Operations {
		if len(o.grants) > 0 {
			chosen = addOnce(chosen, o.grants[0].Name)
		}
	}
	slices.Sort(chosen)
	for _, name := range slices.Clone(chosen) {
		without := slices.DeleteFunc(slices.Clone(chosen), func(s string) bool { return s == name })
		if g.enough(without) {
			chosen = without
		}
	}
	g.Least = chosen
	for i := range g.Operations {
		if o := &g.Operations[i]; o.allow(chosen) {
			g.Least = addOnce(g.Least, o.Also)
		}
	}
	g.Least = slices.DeleteFunc(g.Least, func(s string) bool { return s == "" })
	slices.Sort(g.Least)
	g.Excess = slices.DeleteFunc(g.Excess, func(s string) bool { return contains(g.Least, s) || contains(openID, s) })
	slices.Sort(g.Excess)
	sort.SliceStable(g.Operations, func(i, j int) bool {
		a, b := g.Operations[i], g.Operations[j]
		return strings.Compare(a.Template+" "+a.Method, b.Template+" "+b.Method) < 0
	})
}

// openID are scopes of the sign-in, which no operation asks for.
var openID = []string{"openid", "profile", "email", "offline_access"}

// enough reports whether permissions allow every operation that any allows.
func (g *Group) enough(permissions []string) bool {
	return !slices.ContainsFunc(g.Operations, func(o Operation) bool {
		return len(o.grants) > 0 && !slices.ContainsFunc(o.grants, func(p openapi.Permission) bool { return contains(permissions, p.Name) })
	})
}

// allow notes by which of the chosen an operation is allowed.
func (o *Operation) allow(chosen []string) bool {
	o.Others = []string{}
	for _, p := range o.grants {
		switch {
		case o.By == "" && contains(chosen, p.Name):
			o.By = p.Name
			if len(p.Also) > 0 {
				o.Also = p.Also[0]
			}
		default:
			o.Others = append(o.Others, p.Name)
		}
	}
	return o.By != ""
}

func contains(list []string, s string) bool {
	return slices.ContainsFunc(list, func(v string) bool { return strings.EqualFold(v, s) })
}

func addOnce(list []string, s string) []string {
	if contains(list, s) {
		return list
	}
	return append(list, s)
}
