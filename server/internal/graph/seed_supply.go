package graph

import (
	"encoding/binary"
	"time"

	"github.com/google/uuid"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// passage is what a seed's path has gone through to its place: a navigation of an
// entity, or of the service root.
type passage struct {
	owner      store.Ordinal
	typ        *openapi.Type
	navigation string
}

// supplied lets the behaviours make what the place lacks, and reports whether one
// did.
func (p *planter) supplied() bool {
	if p.behaviors == nil {
		return false
	}
	from := p.supplier()
	if from == nil {
		return false
	}
	if _, accrues := from.(behavior.Accruing); accrues {
		return false
	}
	return p.run().supplyOnce(from, p.from.owner, p.at.key) == nil
}

// completed is an item with what its behaviour knows of the service.
func (p *planter) completed(t *openapi.Type, id string, o entity.Object) entity.Object {
	if p.behaviors == nil || t == nil {
		return o
	}
	for base := t; base != nil; base = base.Base() {
		if b, ok := p.behaviors.Type(base.Name).(behavior.Planted); ok {
			e := behavior.Entity{ID: id, Type: t.Name, Object: o}
			b.Planted(tx{p.run()}, &e)
			return e.Object
		}
	}
	return o
}

// run is what behaviours work in at the place.
func (p *planter) run() *run {
	return &run{
		Engine: &Engine{Behaviors: p.behaviors, NewID: p.stableIDs()}, now: firstDay,
		Request: Request{Call: &call.Call{Tenant: p.tenant, Catalogue: p.version, Origin: plantOrigin}},
		op:      &openapi.Operation{}, reader: p.tx, writer: p.tx, place: place{set: p.at.set, typ: p.at.typ},
	}
}

func (p *planter) supplier() behavior.Supplier {
	if p.from.owner == 0 {
		return p.behaviors.Supplier("", p.from.navigation)
	}
	for t := p.from.typ; t != nil; t = t.Base() {
		if from := p.behaviors.Supplier(t.Name, p.from.navigation); from != nil {
			return from
		}
	}
	return nil
}

// plantOrigin begins the addresses in what is supplied to seeds: no request has
// come yet.
const plantOrigin = "https://graph.microsoft.com"

// firstDay is when what is supplied to seeds was made: before all that a test does,
// and the same in each run.
var firstDay = time.Date(2021, 2, 3, 10, 15, 0, 0, time.UTC)

// stableIDs makes ids that are the same whenever the same file is planted.
func (p *planter) stableIDs() func() string {
	_, owner, _ := p.tx.At(p.from.owner) // none of the service root's
	space := uuid.NewSHA1(uuid.Nil, []byte(p.tenant+" "+owner.ID+" "+p.from.navigation))
	n := uint64(0)
	return func() string {
		n++
		return uuid.NewSHA1(space, binary.AppendUvarint(nil, n)).String()
	}
}
