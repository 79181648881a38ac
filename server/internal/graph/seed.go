package graph

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Seed is what a fixture says is there at one path.
type Seed struct {
	Version *openapi.Version // whose schema the path and the items follow
	Path    string           // "/groups", "/organization/1"
	Items   []SeedItem       // one, when the path addresses an entity or a singleton
}

// SeedItem is one entity of a seed.
type SeedItem struct {
	ID    string // ignored where the path itself names the entity
	JSON  []byte // members as written
	Binds []SeedBind
}

func (s SeedItem) member(name string) (json.RawMessage, bool) { return entity.Field(s.JSON, name) }

// SeedBind is one "…@odata.bind" member of an item.
type SeedBind struct {
	Navigation string
	Targets    []string // paths or URLs
}

// SeedError is an item that cannot be stored.
type SeedError struct {
	Path string
	Item int
	Text string
}

func (e *SeedError) Error() string { return fmt.Sprintf("%s/%d: %s", e.Path, e.Item, e.Text) }

// Plant stores what seeds say, replacing entities of the same id, then makes
// the links that they bind. Entities that a path leads through, and those that
// a link leads to, are created from their keys when they are missing; what the
// service has by itself, such as a user's drive or inbox, is made by those of the
// behaviours that supply it, without any from its key as well.
func Plant(tx store.Writer, tenant string, seeds []Seed, behaviors *behavior.Set) error {
	g := ground{tx: Indexed(tx), tenant: tenant, behaviors: behaviors}
	for _, s := range seeds {
		if err := g.plantAll(s); err != nil {
			return err
		}
	}
	for _, s := range seeds {
		if err := g.bindAll(s); err != nil {
			return err
		}
	}
	return nil
}

// ground is where seeds are planted.
type ground struct {
	tx        store.Writer
	tenant    string
	behaviors *behavior.Set // nil for none
}

func (g ground) plantAll(s Seed) error {
	for i, item := range s.Items {
		p, err := g.walk(s.Version, s.Path)
		if err == nil {
			_, err = p.plant(item)
		}
		if err != nil {
			return &SeedError{s.Path, i, err.Error()}
		}
	}
	return nil
}

func (g ground) bindAll(s Seed) error {
	for i, item := range s.Items {
		for _, b := range item.Binds {
			if err := g.bind(s, item, b); err != nil {
				return &SeedError{s.Path, i, b.Navigation + ": " + err.Error()}
			}
		}
	}
	return nil
}

func (g ground) bind(s Seed, item SeedItem, b SeedBind) error {
	p, err := g.walk(s.Version, s.Path)
	if err != nil {
		return err
	}
	owner, err := g.tx.Get(p.home(nil), p.idOf(item))
	if err != nil {
		return err
	}
	for _, target := range b.Targets {
		to, err := g.walk(s.Version, referencePath(target))
		if err != nil {
			return err
		}
		ordinal, err := to.parent()
		if err != nil {
			return err
		}
		if _, err := g.tx.Link(owner.Ordinal, b.Navigation, ordinal); err != nil {
			return err
		}
	}
	return nil
}

// planter walks a seed's path, making what is missing.
type planter struct {
	ground
	at      place
	args    []openapi.Arg // of the last key, when it is an alternate one
	from    passage
	listing *listing // that the place is; nil for none

	version *openapi.Version
}

func (g ground) walk(v *openapi.Version, path string) (*planter, error) {
	target, err := v.Resolve(path, nil)
	if err != nil {
		return nil, err
	}
	p := &planter{ground: g, version: v, at: place{set: store.SetKey{Tenant: g.tenant}}}
	for i := range target.Segments {
		if err := p.step(&target.Segments[i]); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *planter) step(s *openapi.Segment) error {
	switch s.Kind {
	case openapi.SetSegment, openapi.SingleSegment:
		return p.enter(s)
	case openapi.KeySegment:
		p.at.key, p.args = keyText(s), s.Args()
		return nil
	case openapi.CastSegment:
		p.at.cast = s.Type()
		return nil
	case openapi.PropertySegment:
		p.at.within = join(p.at.within, s.Name)
		return nil
	}
	return fmt.Errorf("segment %q addresses no entities", s.Name)
}

// keyText is the key that a path gives, in either form.
func keyText(s *openapi.Segment) string {
	if s.HasArgs() {
		return s.Args()[0].Value
	}
	return s.Text
}

func (p *planter) enter(s *openapi.Segment) error {
	if path := selfAt(&p.at, s); path != "" {
		p.at = place{set: store.SetKey{Tenant: p.at.set.Tenant, Name: selves[path]}, typ: s.Type(), self: path}
		return nil
	}
	if d, ok := p.through(s); ok {
		return p.open(d, s)
	}
	if l, ok := p.listed(s); ok {
		return p.show(l, s)
	}
	set, ref := p.at.set, (*reference)(nil)
	switch {
	case p.stands():
		parent, err := p.parent()
		if err != nil {
			return err
		}
		p.from = passage{owner: parent, typ: p.at.typ, navigation: s.Name}
		set.Parent, set.Name = parent, s.Name
		if d, ok := doorFrom(p.at.typ, s.Name); ok && d.of != "" {
			set.Name = d.of
		}
		if ref = referenceFrom(p.at.narrowest(), parent, s.Name); p.at.within != "" {
			ref = referenceWithin(parent, p.at.within, s)
		}
	default:
		if p.at.single && set.Parent != 0 {
			ref = referenceWithin(set.Parent, join(set.Name, p.at.within), s)
		}
		p.from = passage{owner: set.Parent, typ: p.at.typ, navigation: s.Name}
		set.Name = canonical(join(set.Name, s.Name))
		if set.Parent == 0 {
			p.from = passage{navigation: set.Name}
		}
	}
	p.listing = nil
	p.at = place{set: set, typ: s.Type(), single: s.Kind == openapi.SingleSegment, ref: ref}
	return nil
}

// parent is the entity that a path leads through; it is made when missing.
func (p *planter) parent() (store.Ordinal, error) {
	if p.at.self != "" {
		return p.selfParent()
	}
	if ordinal, err := p.present(); ordinal != 0 || err != nil {
		return ordinal, err
	}
	if p.supplied() {
		if ordinal, err := p.present(); ordinal != 0 || err != nil {
			return ordinal, err
		}
	}
	if p.at.solid {
		return p.plant(SeedItem{JSON: []byte("{}")})
	}
	o := entity.Object{{Name: "id", Value: entity.Quote(nil, p.at.key)}}
	for _, a := range p.args {
		o.SetString(a.Name, a.Value)
	}
	takeKey(&o, p.at.typ, p.at.key)
	return p.put(p.at.key, o)
}

// present is the entity that a path leads through, if it is there; else 0.
func (p *planter) present() (store.Ordinal, error) {
	if p.at.solid {
		e, _ := p.standing()
		return e.Ordinal, nil
	}
	if e, err := p.tx.Get(p.home(nil), p.at.key); err == nil {
		return e.Ordinal, nil
	} else if !errors.Is(err, store.ErrNotFound) {
		return 0, err
	}
	if p.listing != nil {
		if e, err := p.tx.Get(store.SetKey{Tenant: p.tenant, Name: p.listing.set}, p.at.key); err == nil {
			return e.Ordinal, nil
		}
	}
	if e, ok := p.byName(); ok {
		return e.Ordinal, nil
	}
	if ordinal, err := p.elsewhere(); ordinal != 0 || err != nil || len(p.args) == 0 {
		return ordinal, err
	}
	e, _ := byKeys(p.tx, p.at.set, p.args)
	return e.Ordinal, nil
}

// byName is the entity that a key stands for which is no id: a natural key, or the
// name of a tenant's first site.
func (p *planter) byName() (store.Entity, bool) {
	t := p.at.typ
	switch {
	case t == nil:
	case naturalKeys[t.Name] != "":
		return ByText(p.tx, p.at.set, naturalKeys[t.Name], p.at.key)
	case shortName(t.Name) == "site" && strings.EqualFold(p.at.key, "root"):
		return rootOf(p.tx, p.at.set)
	}
	return store.Entity{}, false
}

// selfParent is the caller's own entity as a fixture sees it.
func (p *planter) selfParent() (store.Ordinal, error) {
	if id, ok := p.tx.Value(selfSpace+p.at.self, p.at.set.Tenant); ok {
		if e, err := p.tx.Get(p.at.set, string(id)); err == nil {
			return e.Ordinal, nil
		}
	}
	for e := range p.tx.Scan(p.at.set, 0) {
		return e.Ordinal, nil
	}
	return p.plant(SeedItem{JSON: []byte("{}")})
}

// plant stores one item at the place.
func (p *planter) plant(item SeedItem) (store.Ordinal, error) {
	object, err := entity.Parse(item.JSON)
	if err != nil {
		return 0, err
	}
	id := p.idOf(item)
	if e, found := p.known(&object); found {
		id = e.ID
	}
	if id != "" {
		object.SetString("id", id)
		takeKey(&object, p.at.typ, id)
	} else if !object.Has("id") {
		name(&object, p.at.typ, lastOf(p.at.set.Name))
	}
	return p.put(id, object)
}

// known gives an item the alternate key of its path, and finds the entity that
// has it.
func (p *planter) known(o *entity.Object) (store.Entity, bool) {
	if len(p.args) == 0 {
		return store.Entity{}, false
	}
	for _, a := range p.args {
		if !o.Has(a.Name) {
			o.SetString(a.Name, a.Value)
		}
	}
	return byKeys(p.tx, p.at.set, p.args)
}

// name gives a singleton that has an id its name for one.
func name(o *entity.Object, t *openapi.Type, own string) {
	if t == nil || t.Property("id") == nil {
		return
	}
	if id := t.Property("id"); id.Type.Name != "Edm.String" {
		o.Set("id", leastValue(id.Type, 0))
		return
	}
	o.SetString("id", own)
}

// idOf is the id under which an item is kept: that of the path, else its own.
func (p *planter) idOf(item SeedItem) string {
	switch {
	case p.at.self != "":
		return p.selfID(item)
	case p.at.key != "":
		return p.at.key
	case p.at.solid:
		return p.solidID(item)
	case givenKey(p.at.typ, item.member) != "":
		return givenKey(p.at.typ, item.member)
	case p.at.single && p.at.ref == nil:
		return ""
	case item.ID == "" && p.at.single:
		if raw, ok := entity.Field(item.JSON, "id"); ok {
			id, _ := entity.Unquote(raw)
			return id
		}
	}
	return item.ID
}

// demoSelf is the id of a caller's own entity that a fixture gives none.
const demoSelf = "48d31887-5fad-4d73-a9f5-3c356e68a038"

func (p *planter) selfID(item SeedItem) string {
	if raw, ok := entity.Field(item.JSON, "id"); ok {
		if id, isText := entity.Unquote(raw); isText {
			return id
		}
	}
	if id, ok := p.tx.Value(selfSpace+p.at.self, p.at.set.Tenant); ok {
		return string(id)
	}
	return demoSelf
}
