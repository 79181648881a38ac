package behavior

// Rules are what the service demands and sets of a type beyond its description,
// as data: the OpenAPI document marks most properties optional and writable
// although the services refuse it (graph-behaviour §3.4, §12). Those of base
// types count too.
type Rules struct {
	Required  []string  // a create must name them, neither null nor ""
	Waived    []Waiver  // what makes some of them not required
	Defaults  []Default // what a create leaves out; in complex values member by member
	Completed []string  // paths of complex values that show all members of their type, as entities do
	Computed  []string  // set by the service alone
	Immutable []string  // given on create, fixed afterwards
	Unique    []string  // no two entities of the collection have the same text, or one of several, case apart
	WriteOnly []string  // taken and kept, but always null to readers
	ToldOnce  []string  // shown in the answer to the create, and always null later
	Masked    []string  // shown in the answer to the create, and as asterisks later
	Created   []string  // set to the time of the create
	Modified  []string  // set to the time of the create and of each change
	Shown     []string  // navigations that an answer with one entity has unasked, and a change replaces
	Merged    []string  // of Shown: a change keeps the members that it does not name
	Brief     []Brief   // navigations that every answer has unasked, with some properties
	Echoed    []string  // navigations that the answer to a create has, when the body had them
	Numbered  []string  // navigations whose entities have their place as id, if a body brings them along
	OwnID     string    // property whose value is the id: "id" keeps the client's
	Refuses   []string  // methods that callers cannot use: "POST" creates, "PATCH" and "DELETE"
	Replaced  []string  // what a PUT that leaves it out clears; all else stays, as with PATCH
	Upserted  bool      // a PUT creates what is not there
	Patched   bool      // a PATCH creates what is not there
	Believed  bool      // a reference to one that is not there makes it, or an action of it: the service lists thousands, the fake none
	Upserts   int       // status of such a create, and of the first change of a singleton; 0: as of any
}

// Brief is a navigation and what is shown of the entity that it leads to.
type Brief struct {
	Navigation string
	Properties []string
}

// Waiver says that a create which has one property need not have others.
type Waiver struct {
	With string
	Not  []string
}

// Default is what a property is when a create leaves it out.
type Default struct {
	Name string
	JSON string
}
