package openapi

import "github.com/fakegraph/fakegraph/openapi/internal/table"

// SegmentKind says what a path segment is in the model.
type SegmentKind uint8

// Kinds of path segments; graph-behaviour §1.
const (
	SetSegment      SegmentKind = iota + 1 // entity set or collection-valued navigation property
	SingleSegment                          // singleton or single-valued navigation property
	KeySegment                             // key of the set before it
	PropertySegment                        // structural property
	CastSegment                            // type cast
	ActionSegment                          // bound or unbound action
	FunctionSegment                        // bound or unbound function
	CountSegment                           // $count
	RefSegment                             // $ref
	ValueSegment                           // $value or a stream property
)

// Kind says what an operation does.
type Kind uint8

// Kinds of operations.
const (
	List     Kind = iota + 1 // GET of a collection
	Get                      // GET of one entity, singleton or property
	Create                   // POST to a collection
	Update                   // PATCH
	Replace                  // PUT
	Delete                   // DELETE
	Count                    // GET …/$count
	Action                   // POST of an action
	Function                 // GET of a function
	LinkRead                 // GET …/$ref
	LinkAdd                  // POST …/$ref
	LinkSet                  // PUT …/$ref
	LinkDrop                 // DELETE …/$ref
	Stream                   // GET or PUT of bytes
)

// word is the kind as facts have it.
func (k Kind) word() string { return table.OperationKind(uint8(k)) }

// word is the kind as facts have it.
func (k SegmentKind) word() string { return table.SegmentKind(uint8(k)) }

// String returns the kind's name: "list", "get", "linkAdd".
func (k Kind) String() string { return k.word() }
