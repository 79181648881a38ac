package openapi

import (
	"slices"
	"sync/atomic"
)

// PathItem is what the catalogue knows of one path: its template and the
// operations it has. A path that only leads to others has none.
type PathItem struct {
	at       *node
	template atomic.Pointer[string]
	methods  atomic.Pointer[[]string]
	casts    atomic.Pointer[[]*Operation] // of a cast, those asked for; see narrowed.go
	read     *Operation                   // GET of a node that follows from the type; nil for others
}

// Template is the path with its parameters in braces, below the version:
// "/users/{user-id}/messages".
func (p *PathItem) Template() string {
	if known := p.template.Load(); known != nil {
		return *known
	}
	p.template.CompareAndSwap(nil, new(p.at.template()))
	return *p.template.Load()
}

// Operation returns the operation for a method in capitals, nil when the path
// does not have it.
func (p *PathItem) Operation(method string) *Operation {
	if p.read != nil && p.read.Method == method {
		return p.read
	}
	first, end := p.rows()
	for row := first; row < end; row++ {
		if p.at.in.table.Method(row) == method {
			return p.at.in.operation(row)
		}
	}
	if op := p.narrowed(method); op != nil || method != "PATCH" && method != "DELETE" {
		return op
	}
	return p.ofMember(method)
}

// ofMember is what can be done with an item of a collection that a function of
// the collection takes: rows/itemAt(index=0) is one of rows/{id}.
func (p *PathItem) ofMember(method string) *Operation {
	n := p.at
	if n.kind != FunctionSegment || n.value.Collection || n.value.of == nil {
		return nil
	}
	from := n.parent
	for from != nil && from.kind == FunctionSegment {
		from = from.parent // what the form is of
	}
	if from == nil || !from.collection() || from.value.of != n.value.of {
		return nil
	}
	if key := from.keyed(); key != nil {
		return key.item.Operation(method)
	}
	return nil
}

// Links reports whether the path is a navigation whose links may be changed.
func (p *PathItem) Links() bool {
	if p == nil {
		return false
	}
	ref := p.at.literal("$ref")
	return ref != nil && (ref.item.Operation("POST") != nil || ref.item.Operation("PUT") != nil)
}

// rows are the rows of the path's operations in the table.
func (p *PathItem) rows() (first, end int) {
	if p.at.row < 0 {
		return 0, 0
	}
	return p.at.in.table.NodeOperations(p.at.row)
}

// empty reports whether the path has no operations.
func (p *PathItem) empty() bool {
	first, end := p.rows()
	return first == end && p.read == nil
}

// Methods lists the methods that the path has, sorted. The slice is shared: do
// not change it.
func (p *PathItem) Methods() []string {
	if known := p.methods.Load(); known != nil {
		return *known
	}
	var methods []string
	if p.read != nil {
		methods = append(methods, p.read.Method)
	}
	first, end := p.rows()
	for row := first; row < end; row++ {
		methods = append(methods, p.at.in.table.Method(row))
	}
	for _, method := range changes {
		if !slices.Contains(methods, method) && p.narrowed(method) != nil {
			methods = append(methods, method)
		}
	}
	slices.Sort(methods)
	p.methods.CompareAndSwap(nil, &methods)
	return *p.methods.Load()
}
