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
}

// Segment says what one segment of the path is.
type Segment struct {
	Name      string // literal name, or the parameter's name for keys
	Kind      string // set, single, key, property, cast, action, function, count, ref, value
	Type      string // qualified name of what stands there, element type of sets; "" when not known
	Contained bool   // of navigation: the entity lives below its parent; false for references and root sets
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
}

// Permission is one accepted permission under one scheme.
type Permission struct {
	Scheme string // DelegatedWork, DelegatedPersonal, Application
	Name   string
	Also   []string // one of these is needed as well; nil for none
	Least  bool     // the least privileged for this operation and scheme
}

// Deprecation is when an element was announced to go and goes.
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
	Open          bool
	Keys          []string // key properties when not just id
	AlternateKeys [][]string
	Properties    []Property // own ones, in the model's order where known
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
	Contained  bool // of navigation
}

// Enum is an enumeration with its members in declared order.
type Enum struct {
	Name    string
	Flags   bool
	Members []string
}
