// Package behavior owns what one resource does differently from every other:
// recalculated properties, defaults, uniqueness, actions. The general rules of
// OData and Graph live in package graph and need none of this.
//
// Each behaviour is one small file that opens with its evidence: the document
// or answer it models and one of documented, observed or assumed. It implements
// one or more of the one-method interfaces of hooks.go and is registered in
// the list of its area. What can be said as data is said in [Rules] instead.
// Deleting a file and its line there must leave a working fake.
//
// It must not know HTTP, the store, or the catalogue: all it may do is in [Tx].
// Start reading at list.go, then tx.go and hooks.go.
package behavior

// Registration ties a behaviour to one of five: an entity type (and those
// derived from it), a navigation, an operation that is bound to a type wherever the type is
// addressed, one operation by its method and template, or all that is asked of what a
// type's functions return or is below a navigation.
type Registration struct {
	Type       string // "microsoft.graph.cloudPcExternalPartner"
	Bound      string // "microsoft.graph.cloudPC/reboot"; on a whole collection "Collection(microsoft.graph.cloudPC)/validateBulkResize"
	Navigation string // "microsoft.graph.user/drive"; from the service root "/sites"; for a Supplier
	Operation  string // "GET /users/{id}/calendarView"; keys as {id}
	Kept       string // "microsoft.graph.workbookRange", "microsoft.graph.workbookTable/rows"; for a Keeper
	Behavior   any    // implements at least one interface of this package; nil where Rules say all
	Rules      *Rules // of Type; nil for none
}
