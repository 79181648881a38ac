package behavior

import (
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// tx is a transaction of nothing but maps.
type tx struct {
	caller   Caller
	siblings []entity.Object
	children map[string][]entity.Object
	full     bool // AddChild fails
	ids      int
}

var (
	_   Tx = (*tx)(nil)
	now    = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
)

func (x *tx) Now() time.Time                            { return now }
func (x *tx) NewID() string                             { x.ids++; return fmt.Sprintf("id-%d", x.ids) }
func (x *tx) Caller() Caller                            { return x.caller }
func (x *tx) Siblings() iter.Seq[entity.Object]         { return slices.Values(x.siblings) }
func (x *tx) Children(n string) iter.Seq[entity.Object] { return slices.Values(x.children[n]) }

func (x *tx) AddChild(n string, child entity.Object) error {
	if x.full {
		return fmt.Errorf("no room")
	}
	if x.children == nil {
		x.children = map[string][]entity.Object{}
	}
	x.children[n] = append(x.children[n], child)
	return nil
}

func object(t *testing.T, text string) entity.Object {
	t.Helper()
	o, err := entity.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return o
}
