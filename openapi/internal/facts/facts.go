// Package facts owns the plain form of a Graph version's description: what a
// generator finds and what the compact tables are written from. It is used at
// generation time and by tests; a running server never builds it.
//
// Names, types, flags, paths and status codes only: no descriptions.
package facts

import "time"

// Version is everything known of one Graph version. Lists are sorted by name,
// operations by path and method, so that equal facts give equal bytes.
type Version struct {
	Name       string // "v1.0", "beta"
	Title      string // of an OpenAPI document; "" for Graph itself
	Operations []Operation
	Types      []Type
	Enums      []Enum
}

// Operation is one method of one path.
type Operation struct {
	Method      string // upper case
	Path        string // template below the version: "/users/{user-id}/messages/{message-id}", "/users/{user-id}/reminderView(StartDateTime='{StartDateTime}')"
	Segments    []Segment
	Kind        string      // list, get, create, update, replace, delete, count, action, function, linkRead, linkAdd, linkSet, linkDrop, stream
	Request     TypeRef     // zero when there is no body, or an action's parameters are listed
	Response    TypeRef     // zero when nothing is returned
	Query       []string    // system query options offered, without "$", sorted
	Parameters  []Parameter // of an action's body or a function's parentheses, in declared order
	Status      int         // success status; 0: by the general rules
	StatusFrom  string      // documented, model or rule
	Permissions []Permission
	PermFrom    string // documented, inherited or unknown
	Deprecation *Deprecation
	Clouds      []string // nil: not known, all
	Overlay     bool     // added by rule or overlay, not in the SDK's request builders
	ID          string   // operationId; "" when not known

	Body      string     // "" by the rules of BodyRule; required, optional, or open: nothing is known, all is taken
	Media     []string   // media types of the body; nil: application/json
	Required  []string   // properties that this operation requires in the body whatever the type says, on PATCH too; sorted
	Arguments []Argument // keys, query parameters and headers that have a type or are required; not the system query options
}

// What an operation's body may be.
const (
	BodyRequired = "required"
	BodyOptional = "optional"
	BodyOpen     = "open"
)

// BodyRule is what Body is when it is "": required where an entity is created,
// changed or replaced, where a link is made, and for an action that requires a
// parameter; optional for other actions; open for all else, and where the
// request's type is not known.
func (o *Operation) BodyRule() string {
	switch o.Kind {
	case "create", "update", "replace":
		if o.Request.Name != "" {
			return BodyRequired
		}
	case "linkAdd", "linkSet":
		return BodyRequired
	case "action":
		for i := range o.Parameters {
			if o.Parameters[i].Required {
				return BodyRequired
			}
		}
		return BodyOptional
	}
	return BodyOpen
}

// Segment says what one segment of the path is. There is one per piece between
// slashes: an alternate key, "users(userPrincipalName='{userPrincipalName}')",
// is one segment of kind key, its Name that of the set.
type Segment struct {
	Name       string // literal name without namespace and parentheses, or the parameter's name for keys
	Kind       string // set, single, key, property, cast, action, function, count, ref, value
	Type       string // qualified name of what stands there, element type of sets; "" when not known
	Collection bool   // a collection of it stands there; not said of sets and of casts of sets, where it goes without
	Contained  bool   // of navigation: the entity lives below its parent; false for references and root sets
}

// TypeRef names a type: "microsoft.graph.user", "Edm.String".
type TypeRef struct {
	Name       string
	Collection bool
}

// Parameter is one parameter of an action or function.
type Parameter struct {
	Name     string
	Type     TypeRef
	Nullable bool
	Required bool    // of an action: the body must name it
	Limits   *Limits // nil for none
}

// Argument is a parameter of the path, the query or the header.
type Argument struct {
	Parameter
	In string // path, query, header
}

// Limits are the facets of a value. Zero and nil mean no limit.
type Limits struct {
	MinLength, MinItems uint64
	MaxLength, MaxItems *uint64
	Min, Max            *float64
	UniqueItems         bool
	NullItems           bool // null is allowed among the items of a collection
	Pattern             string
}

// Permission is one accepted permission under one scheme.
type Permission struct {
	Scheme string // DelegatedWork, DelegatedPersonal, Application
	Name   string
	Also   []string // one of these is needed as well; nil for none
	Least  bool     // the least privileged for this operation and scheme
}

// Deprecation is when an element was announced to go and goes: days, at
// midnight UTC; zero when not known.
type Deprecation struct {
	Element   string
	Announced time.Time
	Removal   time.Time
}

// Type is an entity type or a complex type.
type Type struct {
	Name          string // qualified
	Base          string // qualified; "" for none
	Entity        bool
	Abstract      bool
	Open          bool     // has whatever properties one likes
	Extensible    bool     // has extension properties beside its own, but not whatever one likes
	Stream        bool     // media entity: $value is its content
	Keys          []string // key properties when not just id
	AlternateKeys [][]string
	Properties    []Property // own ones, in the model's order where known
	Required      []string   // inherited properties that a create must name; sorted
}

// Property is a structural or navigation property.
type Property struct {
	Name       string
	Type       TypeRef
	Nullable   bool
	ReadOnly   bool
	CreateOnly bool
	Required   bool // on create
	Navigation bool
	Contained  bool    // of navigation
	Limits     *Limits // nil for none
}

// Enum is an enumeration with its members in declared order.
type Enum struct {
	Name    string
	Flags   bool
	Members []string
}

// PermissionID is the GUID under which a permission is granted.
type PermissionID struct {
	Name   string // "User.Read.All"
	Scheme string // DelegatedWork, DelegatedPersonal, Application
	ID     string

	Admin   bool // only an administrator may consent to it
	Derived bool // the id is made up: nobody published one
}
