package graph

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/odata"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// seek are values of indexed properties of which every entity that passes a
// filter has at least one. Finding them costs the same in a set of any size;
// the filter judges what is found.
type seek []seekKey

// seekKey is a text that a property, or an element of a collection, equals.
type seekKey struct{ name, text string }

// idKey is the name under which seeks hold the entities' own id.
const idKey = "id"

// mostSeeks bounds how many values are looked up one by one.
const mostSeeks = 64

// seekOf finds what a filter can be looked up by: nil when it has to be held
// against every entity.
func (q *run) seekOf(e odata.Expr) seek {
	switch n := e.(type) {
	case *odata.Binary:
		return q.seekBinary(n)
	case *odata.Lambda:
		return q.seekElement(n)
	}
	return nil
}

func (q *run) seekBinary(n *odata.Binary) seek {
	switch n.Op {
	case odata.OpAnd: // either side will do
		return fewest(q.seekOf(n.Left), q.seekOf(n.Right))
	case odata.OpOr: // both are needed
		return both(q.seekOf(n.Left), q.seekOf(n.Right))
	case odata.OpEq:
		if s := q.seekEqual(n.Left, n.Right); s != nil {
			return s
		}
		return q.seekEqual(n.Right, n.Left)
	case odata.OpIn:
		return q.seekIn(n)
	}
	return nil
}

func fewest(a, b seek) seek {
	if a == nil || b != nil && len(b) < len(a) {
		return b
	}
	return a
}

func both(a, b seek) seek {
	if a == nil || b == nil || len(a)+len(b) > mostSeeks {
		return nil
	}
	return append(slices.Clip(a), b...)
}

func (q *run) seekEqual(left, right odata.Expr) seek {
	path, isPath := left.(*odata.Path)
	if !isPath {
		return nil
	}
	return q.seekPath(path, right)
}

func (q *run) seekIn(n *odata.Binary) seek {
	list, isList := n.Right.(*odata.List)
	path, isPath := n.Left.(*odata.Path)
	if !isList || !isPath || len(list.Items) > mostSeeks {
		return nil
	}
	s := seek{}
	for _, item := range list.Items {
		one := q.seekPath(path, item)
		if one == nil {
			return nil
		}
		s = append(s, one...)
	}
	return s
}

// seekElement takes any(x:x eq 'text') over an indexed collection.
func (q *run) seekElement(n *odata.Lambda) seek {
	equal, isBinary := n.Predicate.(*odata.Binary)
	if n.All || !isBinary || equal.Op != odata.OpEq {
		return nil
	}
	variable, isPath := equal.Left.(*odata.Path)
	if !isPath || variable.Root != odata.RootVariable || len(variable.Segments) > 0 || !strings.EqualFold(variable.Variable, n.Variable) {
		return nil
	}
	return q.seekPath(n.Over, equal.Right)
}

// seekPath is an indexed property held against a text.
func (q *run) seekPath(path *odata.Path, value odata.Expr) seek {
	literal, isLiteral := value.(*odata.Literal)
	if !isLiteral || literal.Kind != odata.LiteralString && literal.Kind != odata.LiteralGUID {
		return nil
	}
	if path.Root != odata.RootImplicit || len(path.Segments) != 1 || path.Segments[0].Kind != odata.SegmentProperty {
		return nil
	}
	name := path.Segments[0].Name
	if strings.EqualFold(name, idKey) {
		return seek{{idKey, literal.Text}}
	}
	for _, known := range indexedBy(q.place.set) {
		if strings.EqualFold(name, known) && indexable(literal.Text) {
			return seek{{known, literal.Text}}
		}
	}
	return nil
}

// candidates yields, behind an ordinal, the members that may pass $filter.
func (q *run) candidates(after store.Ordinal) iter.Seq[store.Entity] {
	if s := q.plannedSeek(); s != nil {
		return q.sought(s, after)
	}
	return q.unread(after)
}

// plannedSeek is how $filter is looked up: only in a set of its own, whose
// index has all entities, and by what is stored as it is seen.
func (q *run) plannedSeek() seek {
	p := &q.place
	if q.options.condition == nil || p.virtual != nil || p.ref != nil || q.judgesComputed(store.Entity{}) {
		return nil
	}
	s := q.seekOf(q.options.condition)
	named := slices.ContainsFunc(s, func(k seekKey) bool { return k.name != idKey })
	if named && !isIndexed(p.set) {
		return nil
	}
	return s
}

// sought yields the members that a seek names, each once, by ordinal.
func (q *run) sought(s seek, after store.Ordinal) iter.Seq[store.Entity] {
	found := func(func(store.Entity) bool) {} // nothing passes "in ()"
	for i, k := range s {
		if one := q.withKey(k, after); i == 0 {
			found = one
		} else {
			found = merged(found, one)
		}
	}
	return q.shown(&q.place, found)
}

// withKey yields the entities of the place's set with one key, by ordinal.
func (q *run) withKey(k seekKey, after store.Ordinal) iter.Seq[store.Entity] {
	if k.name != idKey {
		return q.reader.Matches(q.place.set, KeyOf(k.name, k.text), after)
	}
	return func(yield func(store.Entity) bool) {
		if e, err := q.reader.Get(q.place.set, k.text); err == nil && e.Ordinal > after {
			yield(e)
		}
	}
}

// merged yields what either of two ordered sequences has, in order.
func merged(a, b iter.Seq[store.Entity]) iter.Seq[store.Entity] {
	return func(yield func(store.Entity) bool) {
		next, stop := iter.Pull(b)
		defer stop()
		other, more := next()
		for e := range a {
			for more && cmp.Less(other.Ordinal, e.Ordinal) {
				if !yield(other) {
					return
				}
				other, more = next()
			}
			if more && other.Ordinal == e.Ordinal {
				other, more = next()
			}
			if !yield(e) {
				return
			}
		}
		for ; more && yield(other); other, more = next() {
		}
	}
}
