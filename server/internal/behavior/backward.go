package behavior

import (
	"iter"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// backward lists what leads back to the owner of the list: a package's policies, whose
// navigation accessPackage names the package. Pages of both ends document the two
// directions; what a fixture says at this end counts as well.
type backward struct {
	navigation string // from each of them to the owner
	set        string // where they live, from the service root
	property   string // that names the owner by its id, too; "" for none
}

var _ Lister = backward{}

// List implements [Lister].
func (b backward) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	owner, c := ownerOfList(tx), tx.Collection()
	return func(yield func(Entity) bool) {
		seen := map[Ref]bool{}
		pass := func(all iter.Seq[Entity]) bool {
			for e := range all {
				if seen[e.Ref] {
					continue
				}
				seen[e.Ref] = true
				if !yield(e) {
					return false
				}
			}
			return true
		}
		if !pass(tx.All(c)) || !pass(tx.Linking(owner.Ref, b.navigation)) || b.property == "" {
			return
		}
		pass(tx.Having(Root(b.set), b.property, owner.ID))
	}, nil
}
