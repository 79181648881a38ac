package behavior

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// tx is a transaction of nothing but maps; what it lacks panics.
type tx struct {
	Tx
	caller Caller
	at     Collection
	all    map[Collection][]Entity
	full   bool // Insert fails
	ids    int
}

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func (x *tx) Now() time.Time                    { return now }
func (x *tx) NewID() string                     { x.ids++; return fmt.Sprintf("id-%d", x.ids) }
func (x *tx) Caller() Caller                    { return x.caller }
func (x *tx) Collection() Collection            { return x.at }
func (x *tx) All(c Collection) iter.Seq[Entity] { return slices.Values(x.all[c]) }

func (x *tx) By(c Collection, property, value string) (Entity, bool) {
	for _, e := range x.all[c] {
		if text, _ := e.String(property); strings.EqualFold(text, value) {
			return e, true
		}
	}
	return Entity{}, false
}

func (x *tx) Insert(c Collection, e Entity) (Entity, *grapherr.Error) {
	if x.full {
		return e, grapherr.Internal()
	}
	if x.all == nil {
		x.all = map[Collection][]Entity{}
	}
	e.ID = x.NewID()
	e.SetString("id", e.ID)
	x.all[c] = append(x.all[c], e)
	return e, nil
}

func object(t *testing.T, text string) entity.Object {
	t.Helper()
	o, err := entity.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// stored is an entity that something may be kept below.
func stored(t *testing.T, text string) Entity {
	t.Helper()
	return Entity{Ref: 1, Object: object(t, text)}
}
