package graph

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// binName is the set that deleted directory objects are in for a while: they
// keep what they contain and their links, which nobody sees until they are
// restored (D, graph-behaviour §3.9).
const binName = "directory/deletedItems"

// ownBin is the bin that a type has for itself, and the set that its entities
// are deleted from and go back to.
type ownBin struct{ name, home string }

// ownBins are the types with bins of their own (D, pages
// identitygovernance-deleteditemcontainer-list and policydeletableitem, whose
// types are those of conditional access here).
var ownBins = map[string]ownBin{
	"microsoft.graph.identityGovernance.workflow":   {"identityGovernance/lifecycleWorkflows/deletedItems/workflows", "identityGovernance/lifecycleWorkflows/workflows"},
	"microsoft.graph.conditionalAccessPolicy":       {"identity/conditionalAccess/deletedItems/policies", "identity/conditionalAccess/policies"},
	"microsoft.graph.namedLocation":                 locationBin,
	"microsoft.graph.ipNamedLocation":               locationBin,
	"microsoft.graph.countryNamedLocation":          locationBin,
	"microsoft.graph.compliantNetworkNamedLocation": locationBin,
}

var locationBin = ownBin{"identity/conditionalAccess/deletedItems/namedLocations", "identity/conditionalAccess/namedLocations"}

// bins are all there are. A list asks for each of its items; going through a map
// would cost more than the rest of most of them.
var bins = func() []string {
	all := []string{binName}
	for _, own := range ownBins {
		if !slices.Contains(all, own.name) {
			all = append(all, own.name)
		}
	}
	return all
}()

// isBin reports whether a set is a bin.
func isBin(name string) bool { return slices.Contains(bins, name) }

// binOf is the bin of a type.
func binOf(typeName string) string { return cmp.Or(ownBins[typeName].name, binName) }

// returnsTo is the set that an entity of the bin goes back to; "" for none.
func (q *run) returnsTo(typeName string) string {
	typeName = q.binnedAs(typeName)
	return cmp.Or(ownBins[typeName].home, homeSets[typeName])
}

// binnedAs is the nearest of a type and its bases whose objects go to a bin; the type
// itself without any.
func (q *run) binnedAs(typeName string) string {
	for t := q.Call.Catalogue.Type(typeName); t != nil; t = t.Base() {
		if _, own := ownBins[t.Name]; own || binned[t.Name] != nil {
			return t.Name
		}
	}
	return typeName
}

// binTime is how long an object stays in the bin on the fake's clock.
const binTime = 30 * 24 * time.Hour

// binned are the types whose objects go to the bin, and which of them; of groups
// not the distribution lists (D, pages directory-deleteditems-list of both
// versions and group-delete, 2025). They go back to the set of their type.
var binned = map[string]func(json []byte) bool{
	"microsoft.graph.user":                       always,
	"microsoft.graph.application":                always,
	"microsoft.graph.servicePrincipal":           always,
	"microsoft.graph.administrativeUnit":         always,
	"microsoft.graph.externalUserProfile":        always,
	"microsoft.graph.pendingExternalUserProfile": always,
	"microsoft.graph.group":                      restorable,
}

func always([]byte) bool { return true }

// restorable reports whether a group is of Microsoft 365 or for security.
func restorable(json []byte) bool {
	types, _ := entity.Field(json, "groupTypes")
	mail, _ := entity.Field(json, "mailEnabled")
	security, _ := entity.Field(json, "securityEnabled")
	return bytes.Contains(types, []byte(`"Unified"`)) || string(security) == "true" || string(mail) != "true"
}

// discard removes an entity, or moves it to the bin.
func (q *run) discard(e store.Entity) *refusal {
	set, stored, err := q.reader.At(e.Ordinal)
	if err != nil {
		return broken(err)
	}
	name := stored.Type
	if t := q.homeType(set); name == "" && t != nil {
		name = t.Name
	}
	as := q.binnedAs(name)
	goes := binned[as]
	if _, own := ownBins[as]; own {
		goes = always
	}
	if goes == nil || isBin(set.Name) || !goes(stored.JSON) {
		return failed(q.writer.Delete(e.Ordinal))
	}
	return failed(q.bin(stored, name))
}

// bin moves an entity to the bin, in place of an older one with its id.
func (q *run) bin(e store.Entity, typeName string) error {
	bin := store.SetKey{Tenant: q.Call.Tenant, Name: binOf(typeName)}
	if err := q.sweep(bin); err != nil {
		return err
	}
	if old, err := q.reader.Get(bin, e.ID); err == nil {
		if err := q.writer.Delete(old.Ordinal); err != nil {
			return err
		}
	}
	o, err := entity.Members(e.JSON)
	if err != nil {
		return err
	}
	o = o.Clone()
	o.SetString("deletedDateTime", q.now.UTC().Format(time.RFC3339))
	e.Type, e.JSON = typeName, o.JSON()
	if _, err := q.writer.Replace(e.Ordinal, e); err != nil {
		return err
	}
	return q.writer.Move(e.Ordinal, bin)
}

// mostSwept is how many entities of the bin one deletion looks at.
const mostSwept = 100

// sweep removes some of what has been in the bin for too long.
func (q *run) sweep(bin store.SetKey) error {
	var old []store.Ordinal
	n := 0
	for e := range q.reader.Scan(bin, 0) {
		if n++; n > mostSwept {
			break
		}
		if q.expired(e) {
			old = append(old, e.Ordinal)
		}
	}
	for _, o := range old {
		if err := q.writer.Delete(o); err != nil {
			return err
		}
	}
	return nil
}

// expired reports whether an entity of the bin has been there for too long, so
// that nobody sees it any more.
func (q *run) expired(e store.Entity) bool {
	raw, _ := entity.Field(e.JSON, "deletedDateTime")
	text, ok := entity.Unquote(raw)
	if !ok {
		return false
	}
	at, err := time.Parse(time.RFC3339, text)
	return err == nil && q.now.Sub(at) > binTime
}

// binActions are the actions on what is in the bin.
var binActions = map[string]func(*run) (call.Response, *refusal){"restore": (*run).restore}

// restore takes the addressed entity out of the bin again.
func (q *run) restore() (call.Response, *refusal) {
	back, refused := q.unbin(q.place.entity)
	if refused != nil {
		return call.Response{}, refused
	}
	if refused = q.followReturn(back); refused != nil {
		return call.Response{}, refused
	}
	q.place.context = "directoryObjects"
	if own, ok := ownBins[back.Type]; ok {
		q.place.context = own.home
	}
	return q.entityResponse(q.success(200), back), nil
}

// followReturn lets behaviours do what follows from an entity's return.
func (q *run) followReturn(e store.Entity) *refusal {
	c := q.conductOf(q.typeNamed(e.Type))
	known, ok := tx{q}.Entity(behavior.Ref(e.Ordinal))
	if c.returned == nil || !ok {
		return nil
	}
	if fault := c.returned.Returned(tx{q}, known); fault != nil {
		return ruled(fault)
	}
	return nil
}

// unbin moves an entity of the bin back to the set of its type.
func (q *run) unbin(e store.Entity) (store.Entity, *refusal) {
	home := store.SetKey{Tenant: q.Call.Tenant, Name: q.returnsTo(e.Type)}
	if refused := q.returnable(e, home); refused != nil {
		return e, refused
	}
	err := q.writer.Move(e.Ordinal, home)
	if errors.Is(err, store.ErrExists) {
		return e, ruled(grapherr.Conflict(q.family(), "An object with the id '"+e.ID+"' already exists."))
	}
	if err != nil {
		return e, broken(err)
	}
	o, err := entity.Members(e.JSON)
	if err != nil {
		return e, broken(err)
	}
	o = o.Clone()
	o.Set("deletedDateTime", []byte("null"))
	back := e
	back.JSON = o.JSON()
	if t := q.homeType(home); t != nil && t.Name == e.Type {
		back.Type = ""
	}
	if back.Revision, err = q.writer.Replace(e.Ordinal, back); err != nil {
		return e, broken(err)
	}
	back.Type = e.Type
	return back, nil
}

// returnable refuses what has no set to go back to, and what another object's
// name is in the way of.
func (q *run) returnable(e store.Entity, home store.SetKey) *refusal {
	if home.Name == "" { // only a fixture puts such a thing into the bin
		return ruled(grapherr.Rule(q.family(), "", "Resource '"+e.ID+"' is of a type that cannot be restored."))
	}
	name := naturalKeys[e.Type]
	if name == "" {
		return nil
	}
	raw, _ := entity.Field(e.JSON, name)
	if text, ok := entity.Unquote(raw); ok && text != "" {
		if _, taken := ByText(q.reader, home, name, text); taken {
			return ruled(grapherr.Taken(q.family(), name))
		}
	}
	return nil
}

// failed is the refusal of a store that does not work, nil when it does.
func failed(err error) *refusal {
	if err == nil {
		return nil
	}
	return broken(err)
}
