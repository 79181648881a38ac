package graph

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/fakegraph/fakegraph/openapi"
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
// a link leads to, are created from their keys when they are missing.
func Plant(tx store.Writer, tenant string, seeds []Seed) error {
	tx = Indexed(tx)
	for _, s := range seeds {
		if err := plantAll(tx, tenant, s); err != nil {
			return err
		}
	}
	for _, s := range seeds {
		if err := bindAll(tx, tenant, s); err != nil {
			return err
		}
	}
	return nil
}

func plantAll(tx store.Writer, tenant string, s Seed) error {
	for i, item := range s.Items {
		p, err := walkSeed(tx, tenant, s.Version, s.Path)
		if err == nil {
			_, err = p.plant(item)
		}
		if err != nil {
			return &SeedError{s.Path, i, err.Error()}
		}
	}
	return nil
}

func bindAll(tx store.Writer, tenant string, s Seed) error {
	for i, item := range s.Items {
		for _, b := range item.Binds {
			if err := bindSeed(tx, tenant, s, item, b); err != nil {
				return &SeedError{s.Path, i, b.Navigation + ": " + err.Error()}
			}
		}
	}
	return nil
}

func bindSeed(tx store.Writer, tenant string, s Seed, item SeedItem, b SeedBind) error {
	p, err := walkSeed(tx, tenant, s.Version, s.Path)
	if err != nil {
		return err
	}
	owner, err := tx.Get(p.home(nil), p.idOf(item))
	if err != nil {
		return err
	}
	for _, target := range b.Targets {
		to, err := walkSeed(tx, tenant, s.Version, referencePath(target))
		if err != nil {
			return err
		}
		ordinal, err := to.parent()
		if err != nil {
			return err
		}
		if _, err := tx.Link(owner.Ordinal, b.Navigation, ordinal); err != nil {
			return err
		}
	}
	return nil
}

// planter walks a seed's path, making what is missing.
type planter struct {
	tx   store.Writer
	at   place
	args []openapi.Arg // of the last key, when it is an alternate one

	version *openapi.Version
}

func walkSeed(tx store.Writer, tenant string, v *openapi.Version, path string) (*planter, error) {
	target, err := v.Resolve(path, nil)
	if err != nil {
		return nil, err
	}
	p := &planter{tx: tx, version: v, at: place{set: store.SetKey{Tenant: tenant}}}
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
	set, ref := p.at.set, (*reference)(nil)
	switch {
	case p.stands():
		parent, err := p.parent()
		if err != nil {
			return err
		}
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
		set.Name = canonical(join(set.Name, s.Name))
	}
	p.at = place{set: set, typ: s.Type(), single: s.Kind == openapi.SingleSegment, ref: ref}
	return nil
}

// parent is the entity that a path leads through; it is made when missing.
func (p *planter) parent() (store.Ordinal, error) {
	if p.at.self != "" {
		return p.selfParent()
	}
	if p.at.solid {
		if e, ok := p.standing(); ok {
			return e.Ordinal, nil
		}
		return p.plant(SeedItem{JSON: []byte("{}")})
	}
	if e, err := p.tx.Get(p.home(nil), p.at.key); err == nil {
		return e.Ordinal, nil
	} else if !errors.Is(err, store.ErrNotFound) {
		return 0, err
	}
	if p.at.typ != nil && naturalKeys[p.at.typ.Name] != "" {
		if e, ok := ByText(p.tx, p.at.set, naturalKeys[p.at.typ.Name], p.at.key); ok {
			return e.Ordinal, nil
		}
	}
	if ordinal, err := p.elsewhere(); ordinal != 0 || err != nil {
		return ordinal, err
	}
	o := entity.Object{{Name: "id", Value: entity.Quote(nil, p.at.key)}}
	if len(p.args) > 0 {
		if e, found := byKeys(p.tx, p.at.set, p.args); found {
			return e.Ordinal, nil
		}
		for _, a := range p.args {
			o.SetString(a.Name, a.Value)
		}
	}
	takeKey(&o, p.at.typ, p.at.key)
	return p.put(p.at.key, o)
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

// home is the set in which the place's entities live.
func (p *planter) home(o entity.Object) store.SetKey {
	if p.at.ref == nil {
		return p.at.set
	}
	name := derivedOf(p.at.typ, o)
	if name == "" && p.at.cast != nil {
		name = p.at.cast.Name
	}
	if name == "" && p.at.typ != nil {
		name = p.at.typ.Name
	}
	if name == "microsoft.graph.driveItem" && p.at.solid {
		return p.at.set
	}
	return homeOf(p.at.set.Tenant, name, p.at.ref.owner, p.at.ref.link)
}

// put stores an entity under an id, in place of one that is there, and links
// it where the place is a navigation by reference.
func (p *planter) put(id string, o entity.Object) (store.Ordinal, error) {
	ordinal, err := p.store(id, o)
	if err != nil {
		return 0, err
	}
	if p.at.self != "" {
		if err := p.tx.SetValue(selfSpace+p.at.self, p.at.set.Tenant, []byte(id)); err != nil {
			return 0, err
		}
	}
	if r := p.at.ref; r != nil {
		from, to := r.owner, ordinal
		if r.inverse {
			from, to = to, from
		}
		_, err = p.tx.Link(from, r.link, to)
	}
	return ordinal, err
}

func (p *planter) store(id string, o entity.Object) (store.Ordinal, error) {
	if known := p.led(id, o); known != 0 {
		return known, nil
	}
	t := actual(p.at.typ, p.at.cast, o)
	p.belong(id, &o)
	own, below := split(t, o)
	if p.at.set.Parent == 0 {
		id, own = standingWith(p.at.set, id, own)
	}
	if ownKey(t) != "" && t.Property("id") == nil {
		own.Delete("id")
	}
	e := store.Entity{ID: id, Type: p.typeOf(o), JSON: fresh(t, plain(own)).JSON()}
	set := p.home(o)
	old, err := p.tx.Get(set, id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		if old.Ordinal, err = p.tx.Insert(set, e); err != nil {
			return 0, err
		}
	case err != nil:
		return 0, err
	default:
		if _, err = p.tx.Replace(old.Ordinal, e); err != nil {
			return 0, err
		}
	}
	n := 0
	return old.Ordinal, insertNested(p.tx, set.Tenant, old.Ordinal, below, nesting{newID: func() string { n++; return fmt.Sprintf("%s-%d", id, n) }})
}
