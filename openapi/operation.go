package openapi

import (
	"sort"
	"time"
)

// PathItem is what the catalogue knows of one path: its template and the
// operations it has. A path that only leads to others has none.
type PathItem struct {
	template   string
	operations []*Operation // sorted by method
	methods    []string
}

// Template is the path with its parameters in braces, below the version:
// "/users/{user-id}/messages".
func (p *PathItem) Template() string { return p.template }

// Operation returns the operation for a method in capitals, nil when the path
// does not have it.
func (p *PathItem) Operation(method string) *Operation {
	for _, op := range p.operations {
		if op.Method == method {
			return op
		}
	}
	return nil
}

// Methods lists the methods that the path has, sorted. The slice is shared: do
// not change it.
func (p *PathItem) Methods() []string { return p.methods }

// add puts an operation in its place among the others.
func (p *PathItem) add(op *Operation) {
	i := sort.SearchStrings(p.methods, op.Method)
	p.methods = append(p.methods, "")
	copy(p.methods[i+1:], p.methods[i:])
	p.methods[i] = op.Method
	p.operations = append(p.operations, nil)
	copy(p.operations[i+1:], p.operations[i:])
	p.operations[i] = op
}

// Operation is one method of one path, as described. It does not change.
type Operation struct {
	ID       string // operationId; empty when the description has none
	Method   string // in capitals
	Template string // path below the version
	Kind     Kind
	Status   int // documented success status
	Family   Family

	in          *Version
	request     TypeRef
	response    TypeRef
	body        *bodyRule // nil: a body is not looked at
	parameters  []*Property
	options     []string // documented system query options
	arguments   []argument
	permissions [3][]string
	source      string
	deprecation *Deprecation
	clouds      []string
}

// argument is a parameter of the path, of the query or of the header that is
// not a system query option.
type argument struct {
	in, name string
	required bool
	value    *Property // type and limits of its value
}

// bodyRule says what an operation takes in its body.
type bodyRule struct {
	required bool
	media    []string // media types without parameters
	shape    *Type    // type of the JSON object; nil: JSON is not looked into
	inline   []string // properties required at the operation itself
	partial  bool     // what the types require does not count: PATCH
}

// Names of the schemes that permissions are listed under.
const (
	SchemeDelegatedWork     = "DelegatedWork"
	SchemeDelegatedPersonal = "DelegatedPersonal"
	SchemeApplication       = "Application"
)

// permissionSchemes gives the schemes their place in Operation.permissions.
var permissionSchemes = [3]string{SchemeDelegatedWork, SchemeDelegatedPersonal, SchemeApplication}

// Sources of permissions.
const (
	PermissionsDocumented = "documented" // named for this very operation
	PermissionsInherited  = "inherited"  // taken from a rule or a neighbour
	PermissionsUnknown    = "unknown"    // nothing is known
)

// Request is the type of the body; its Name is empty when there is no body or
// when the body is a list of parameters.
func (op *Operation) Request() TypeRef { return op.request }

// Response is the type of the answer without its envelope: a list's element
// type with Collection set; Name is empty when nothing comes back.
func (op *Operation) Response() TypeRef { return op.response }

// Parameters lists what an action takes in its body, or a function in its
// parentheses. The slice is shared: do not change it.
func (op *Operation) Parameters() []*Property { return op.parameters }

// QueryOptions lists the documented system query options with their "$",
// sorted. The slice is shared: do not change it.
func (op *Operation) QueryOptions() []string { return op.options }

// Permissions lists the permissions of which one is needed, least privileged
// first. An empty list with a known [Operation.PermissionSource] means that the
// scheme is not supported. The slice is shared: do not change it.
func (op *Operation) Permissions(scheme string) []string {
	for i, name := range permissionSchemes {
		if name == scheme {
			return op.permissions[i]
		}
	}
	return nil
}

// PermissionSource says how the permissions are known: [PermissionsDocumented],
// [PermissionsInherited] or [PermissionsUnknown].
func (op *Operation) PermissionSource() string { return op.source }

// Deprecation returns the notice that the operation is going away, nil when it
// is not.
func (op *Operation) Deprecation() *Deprecation { return op.deprecation }

// Clouds names the clouds that have the operation ("global", "usgov",
// "usgovdod", "china"); nil means all. The slice is shared: do not change it.
func (op *Operation) Clouds() []string { return op.clouds }

// Deprecation is the notice that an element of the model is going away
// (graph-behaviour §5.3). Its times are the end of their days in UTC, as the
// headers have them.
type Deprecation struct {
	Element   string // "cloudPcExternalPartnerSetting"
	Version   string // Graph version: "beta"
	Announced time.Time
	Removal   time.Time
	Link      string // page of the announcement, without brackets
}
