package behavior

import (
	"iter"
	"slices"
	"sync"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// builtIns answers GET of a collection that every tenant has from the start and
// that is not stored: the built-in entities, and what was stored beside them or,
// with the id of one, in its place.
type builtIns struct {
	collection Collection
	entities   func() []Entity
}

// builtIn answers GET of one of them by its id.
type builtIn struct{ among builtIns }

var (
	_ Lister  = builtIns{}
	_ Invoker = builtIn{}
)

// entities makes an entity of each row of a table, when they are first asked
// for: most processes never do, and all would wait for them at their start.
func entities[Row any](rows []Row, entity func(Row) Entity) func() []Entity {
	return sync.OnceValue(func() []Entity {
		made := make([]Entity, len(rows))
		for i, row := range rows {
			made[i] = entity(row)
		}
		return made
	})
}

func (b builtIns) all(tx Tx) iter.Seq[Entity] {
	return func(yield func(Entity) bool) {
		for _, e := range b.entities() {
			if stored, there := tx.Get(b.collection, e.ID); there {
				e = stored
			}
			if !yield(e) {
				return
			}
		}
		for e := range tx.All(b.collection) {
			if !b.has(e.ID) && !yield(e) {
				return
			}
		}
	}
}

func (b builtIns) has(id string) bool {
	return slices.ContainsFunc(b.entities(), func(e Entity) bool { return sameID(e.ID)(id) })
}

// List implements [Lister].
func (b builtIns) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) { return b.all(tx), nil }

// Invoke implements [Invoker].
func (b builtIn) Invoke(tx Tx, _ *Entity, _ entity.Object) (Result, *grapherr.Error) {
	for e := range b.among.all(tx) {
		if sameID(e.ID)(tx.Key()) {
			return Result{Entity: &e}, nil
		}
	}
	return Result{}, grapherr.NotFound("directory", tx.Key())
}
