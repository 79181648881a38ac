package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// schemes in the order of the output.
var schemes = []string{"DelegatedWork", "DelegatedPersonal", "Application"}

// How the permissions of an operation are known (identity-behaviour §6.5).
const (
	fromDocumentation = "documented"
	fromInheritance   = "inherited"
	fromNowhere       = "unknown"
)

// grant is one permission accepted for one method of one path.
type grant struct {
	Scheme, Name string
	Also         []string
	Least        bool // claims to be the least privileged one
	Level        int  // privilege level in the scheme; 0 when not said
	Methods      int  // how many methods of the path it covers in the scheme
}

// permissionMap is the published map of permissions to paths, by normalised
// path and method.
type permissionMap struct {
	paths   map[string]map[string][]grant
	loose   map[string]string             // paths without the arguments of functions, to one of those with
	keyed   map[string]string             // paths with a key where the map names one, such as "inbox", to one of those
	ours    map[string]map[string][]grant // rules for what lies below a path, by path and method
	names   map[string]bool               // every name that stands in some path
	leading map[string]bool               // every path that a path begins with
	schemes map[string]bool               // "DelegatedWork User.Read.All": what exists, and whether only an administrator may consent
	Count   int
}

type permissionFile struct {
	Permissions map[string]struct {
		AuthorizationType string
		Schemes           map[string]struct {
			PrivilegeLevel       int
			RequiresAdminConsent bool
		}
		PathSets []struct {
			SchemeKeys []string
			Methods    []string
			Paths      map[string]string
		}
	}
}

// readPermissions reads the map. Permissions that a resource's owner consents
// to are left out: no token of a tenant carries them.
func readPermissions(path string) (*permissionMap, error) {
	var file permissionFile
	if err := readJSON(path, &file); err != nil {
		return nil, err
	}
	p := &permissionMap{paths: map[string]map[string][]grant{}, loose: map[string]string{}, keyed: map[string]string{}, ours: map[string]map[string][]grant{}, names: map[string]bool{}, leading: map[string]bool{}, schemes: map[string]bool{}}
	for _, name := range sortedKeys(file.Permissions) {
		permission := file.Permissions[name]
		if permission.AuthorizationType == "RSC" {
			continue
		}
		p.Count++
		for scheme, s := range permission.Schemes {
			p.schemes[scheme+" "+name] = s.RequiresAdminConsent
		}
		for _, set := range permission.PathSets {
			for _, route := range sortedKeys(set.Paths) {
				least, also := readRouteValue(set.Paths[route])
				for _, scheme := range set.SchemeKeys {
					g := grant{Scheme: scheme, Name: name, Also: also, Least: slices.Contains(least, scheme), Level: permission.Schemes[scheme].PrivilegeLevel}
					p.add(normalPath(route), set.Methods, g)
				}
			}
		}
	}
	p.countMethods()
	p.noteKeys()
	return p, nil
}

func readJSON(path string, into any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// readRouteValue reads "least=DelegatedWork,Application;AlsoRequires=A,B".
func readRouteValue(text string) (least, also []string) {
	for part := range strings.SplitSeq(text, ";") {
		key, value, _ := strings.Cut(part, "=")
		switch {
		case strings.EqualFold(key, "least"):
			least = strings.Split(value, ",")
		case strings.EqualFold(key, "AlsoRequires"):
			also = strings.Split(value, ",")
		}
	}
	return least, also
}

func (p *permissionMap) add(route string, methods []string, g grant) {
	if p.paths[route] == nil {
		p.paths[route] = map[string][]grant{}
		loose := withoutArguments(route)
		if p.loose[loose] == "" || route < p.loose[loose] {
			p.loose[loose] = route
		}
		for _, name := range pieces(loose) {
			p.names[name] = true
		}
		for at := route; at != ""; at = at[:strings.LastIndexByte(at, '/')] {
			p.leading[at] = true
		}
	}
	for _, method := range methods {
		p.paths[route][method] = append(p.paths[route][method], g)
	}
}

// supplement adds a grant of ours: as if a page said so, or as a rule for what
// lies below.
func (p *permissionMap) supplement(route, method string, documented bool, g grant) {
	if documented {
		p.add(route, []string{method}, g)
		return
	}
	if p.ours[route] == nil {
		p.ours[route] = map[string][]grant{}
	}
	p.ours[route][method] = append(p.ours[route][method], g)
}

// countMethods notes for each grant how much of its path it covers: of several
// that claim to be the least, the narrowest is (identity-behaviour §6.4).
func (p *permissionMap) countMethods() {
	for _, methods := range p.paths {
		covered := map[string]int{}
		for _, grants := range methods {
			for _, g := range grants {
				covered[g.Scheme+" "+g.Name]++
			}
		}
		for _, grants := range methods {
			for i := range grants {
				grants[i].Methods = covered[grants[i].Scheme+" "+grants[i].Name]
			}
		}
	}
}

// normalPath brings a path to the form in which sources are compared: lower
// case, keys without names, arguments sorted, no namespace before casts and
// functions (identity-behaviour §6.3).
func normalPath(path string) string {
	path, _, _ = strings.Cut(strings.ToLower(path), "?")
	all := pieces(strings.TrimSuffix(path, "/"))
	for i, piece := range all {
		all[i] = normalPiece(piece)
	}
	return "/" + strings.Join(all, "/")
}

func normalPiece(piece string) string {
	if strings.HasPrefix(piece, "{") && strings.HasSuffix(piece, "}") {
		return "{}"
	}
	name, arguments := literalName(piece), argumentNames(piece)
	if len(arguments) == 0 {
		return name
	}
	slices.Sort(arguments)
	return name + "(" + strings.Join(arguments, "={},") + "={})"
}

func withoutArguments(path string) string {
	all := pieces(path)
	for i := range all {
		all[i], _, _ = strings.Cut(all[i], "(")
	}
	return "/" + strings.Join(all, "/")
}

// apply fills the permissions of an operation; source is the path that its own
// is a copy of, or the same.
func (p *permissionMap) apply(op *facts.Operation, source string) {
	grants, from := p.find(op.Method, normalPath(op.Path), normalPath(source))
	op.Permissions, op.PermFrom = choose(grants), from
}

// methods is what the map itself has at a path, or at the other way to the same
// user; nil where it does not know it.
func (p *permissionMap) methods(path string) map[string][]grant {
	route := normalPath(path)
	if methods := p.paths[route]; methods != nil {
		return methods
	}
	return p.paths[otherUser(route)]
}

// leadsOver tells whether the map has a path or one below it.
func (p *permissionMap) leadsOver(path string) bool {
	route := normalPath(path)
	return p.leading[route] || p.leading[otherUser(route)]
}

// find applies the rules of identity-behaviour §6.5 in their order. A copy of a
// path has what the map says of that beside what it inherits.
func (p *permissionMap) find(method, path, source string) ([]grant, string) {
	if grants := p.direct(method, path); grants != nil {
		return grants, fromDocumentation
	}
	cut := strings.LastIndexByte(path, '/')
	if last := path[cut+1:]; last == "$count" || last == "$ref" || last == "$value" {
		path = path[:cut]
		if grants := p.direct(method, path); grants != nil {
			return grants, fromDocumentation
		}
	}
	grants := append(slices.Clip(p.direct(method, source)), p.inherited(method, path)...)
	if grants == nil {
		return nil, fromNowhere
	}
	return grants, fromInheritance
}

// inherited is what a method takes from the nearest path above that has any.
func (p *permissionMap) inherited(method, path string) []grant {
	for ; path != ""; path = path[:strings.LastIndexByte(path, '/')] {
		for _, door := range doors(path) {
			if grants := p.inherit(method, door); grants != nil {
				return grants
			}
		}
	}
	return nil
}

// direct is what the map says of a method at a path or at the other way to the
// same user: /me and /users/{id} stand for each other.
func (p *permissionMap) direct(method, path string) []grant {
	for _, route := range append([]string{path, otherUser(path)}, otherPages(path)...) {
		methods := p.paths[route]
		if methods == nil {
			methods = p.paths[p.loose[withoutArguments(route)]]
		}
		if methods == nil {
			methods = p.paths[p.keyed[route]]
		}
		if grants := methods[method]; grants != nil {
			return grants
		}
	}
	return nil
}

// inherit is what a method may take from a path that the map has: its own kind
// of access, else for writing the writing counterparts of the readers, for
// reading anything.
func (p *permissionMap) inherit(method, path string) []grant {
	methods := p.paths[path]
	if methods == nil {
		methods = p.ours[path]
	}
	if methods == nil {
		return nil
	}
	if grants := methods[method]; grants != nil {
		return grants
	}
	var writers []grant
	for _, write := range []string{"PATCH", "PUT", "POST", "DELETE"} {
		writers = append(writers, methods[write]...)
	}
	if method == "GET" || len(writers) > 0 {
		return writers
	}
	return p.counterparts(methods["GET"])
}

// counterparts are X.ReadWrite* for X.Read*, where such a permission exists.
func (p *permissionMap) counterparts(readers []grant) []grant {
	var writers []grant
	for _, g := range readers {
		if !strings.Contains(g.Name, ".ReadWrite") {
			g.Name = strings.Replace(g.Name, ".Read", ".ReadWrite", 1)
		}
		if _, exists := p.schemes[g.Scheme+" "+g.Name]; exists && strings.Contains(g.Name, ".ReadWrite") {
			writers = append(writers, g)
		}
	}
	return writers
}

// choose turns grants into facts: one per scheme, permission and what else it
// needs, the least privileged first.
func choose(grants []grant) []facts.Permission {
	grants = slices.Clone(grants)
	slices.SortStableFunc(grants, func(a, b grant) int {
		return cmp.Or(slices.Index(schemes, a.Scheme)-slices.Index(schemes, b.Scheme),
			leastFirst(a, b), cmp.Compare(a.Level, b.Level), strings.Compare(a.Name, b.Name), slices.Compare(a.Also, b.Also))
	})
	var all []facts.Permission
	for i, g := range grants {
		permission := facts.Permission{Scheme: g.Scheme, Name: g.Name, Also: g.Also}
		permission.Least = g.Least && (i == 0 || grants[i-1].Scheme != g.Scheme)
		if !slices.ContainsFunc(all, func(p facts.Permission) bool {
			return p.Scheme == g.Scheme && p.Name == g.Name && slices.Equal(p.Also, g.Also)
		}) {
			all = append(all, permission)
		}
	}
	return all
}

// leastFirst puts those that claim to be the least first, the narrowest of
// them before the others.
func leastFirst(a, b grant) int {
	switch {
	case a.Least && b.Least:
		return cmp.Compare(a.Methods, b.Methods)
	case a.Least:
		return -1
	case b.Least:
		return 1
	}
	return 0
}

// readPermissionIDs lists the permissions of the map with the GUIDs under which
// they are granted. One that nobody published is derived from the names, so
// that the permission can be granted all the same (identity-behaviour §6.6).
func readPermissionIDs(path string, p *permissionMap) ([]facts.PermissionID, error) {
	var file struct {
		PermissionDeployments map[string][]struct{ ID, Scheme, Environment string }
	}
	if err := readJSON(path, &file); err != nil {
		return nil, err
	}
	published := map[string]string{}
	for name, deployments := range file.PermissionDeployments {
		for _, d := range deployments {
			if key := d.Scheme + " " + name; uuid.Validate(d.ID) == nil && published[key] == "" { // one is misspelt
				published[key] = strings.ToLower(d.ID)
			}
		}
	}
	var ids []facts.PermissionID
	for _, key := range sortedKeys(p.schemes) {
		scheme, name, _ := strings.Cut(key, " ")
		id := facts.PermissionID{Name: name, Scheme: scheme, ID: published[key], Admin: p.schemes[key]}
		if id.Derived = id.ID == ""; id.Derived {
			id.ID = derivedID(key)
		}
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b facts.PermissionID) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(slices.Index(schemes, a.Scheme), slices.Index(schemes, b.Scheme)))
	})
	return ids, nil
}

// permissionSpace is the namespace of permission ids that nobody published.
var permissionSpace = uuid.MustParse("0f1e9a52-7a55-5c33-9a0e-3b6f7f0c9d41")

func derivedID(names string) string { return uuid.NewSHA1(permissionSpace, []byte(names)).String() }
