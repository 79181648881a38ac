package graph

import (
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
	ID   string // ignored where the path itself names the entity
	JSON []byte // members as written
}

// SeedError is an item that cannot be stored.
type SeedError struct {
	Path string
	Item int
	Text string
}

func (e *SeedError) Error() string { return fmt.Sprintf("%s/%d: %s", e.Path, e.Item, e.Text) }

// Plant stores what a seed says, replacing entities of the same id. Entities
// that the path leads through are created from their keys when they are
// missing.
func Plant(tx store.Writer, tenant string, s Seed) error {
	target, err := s.Version.Resolve(s.Path, nil)
	if err != nil {
		return &SeedError{s.Path, 0, err.Error()}
	}
	p := planter{tx: tx, at: place{set: store.SetKey{Tenant: tenant}}}
	for i := range target.Segments {
		if err := p.step(&target.Segments[i]); err != nil {
			return &SeedError{s.Path, 0, err.Error()}
		}
	}
	for i, item := range s.Items {
		if err := p.plant(item); err != nil {
			return &SeedError{s.Path, i, err.Error()}
		}
	}
	return nil
}

// planter walks a seed's path, making what is missing.
type planter struct {
	tx store.Writer
	at place
}

func (p *planter) step(s *openapi.Segment) error {
	switch s.Kind {
	case openapi.SetSegment, openapi.SingleSegment:
		return p.enter(s)
	case openapi.KeySegment:
		p.at.key = s.Text
		return nil
	}
	return fmt.Errorf("segment %q addresses no entities", s.Name)
}

func (p *planter) enter(s *openapi.Segment) error {
	set := p.at.set
	if p.at.key != "" {
		parent, err := p.parent()
		if err != nil {
			return err
		}
		set.Parent, set.Name = parent, s.Name
	} else {
		set.Name = join(set.Name, s.Name)
	}
	p.at = place{set: set, typ: s.Type(), single: s.Kind == openapi.SingleSegment}
	return nil
}

// parent is the entity that a path leads through; it is made when missing.
func (p *planter) parent() (store.Ordinal, error) {
	e, err := p.tx.Get(p.at.set, p.at.key)
	if err == nil {
		return e.Ordinal, nil
	}
	if !errors.Is(err, store.ErrNotFound) {
		return 0, err
	}
	return p.put(p.at.key, entity.Object{{Name: "id", Value: entity.Quote(nil, p.at.key)}})
}

func (p *planter) plant(item SeedItem) error {
	object, err := entity.Parse(item.JSON)
	if err != nil {
		return err
	}
	id := item.ID
	if !p.at.collection() {
		id = p.at.key
	}
	if id != "" {
		object.SetString("id", id)
	}
	_, err = p.put(id, object)
	return err
}

// put stores an entity under an id, in place of one that is there.
func (p *planter) put(id string, o entity.Object) (store.Ordinal, error) {
	e := store.Entity{ID: id, Type: p.derived(o)}
	e.JSON = complete(p.at.typ, plain(o)).JSON()
	old, err := p.tx.Get(p.at.set, id)
	if errors.Is(err, store.ErrNotFound) {
		return p.tx.Insert(p.at.set, e)
	}
	if err != nil {
		return 0, err
	}
	_, err = p.tx.Replace(old.Ordinal, e)
	return old.Ordinal, err
}

func (p *planter) derived(o entity.Object) string {
	name, ok := o.String("@odata.type")
	if !ok || p.at.typ == nil {
		return ""
	}
	if name = trimHash(name); name == p.at.typ.Name {
		return ""
	}
	return name
}

func trimHash(name string) string {
	if name != "" && name[0] == '#' {
		return name[1:]
	}
	return name
}

// plain is an object without control information.
func plain(o entity.Object) entity.Object {
	kept := make(entity.Object, 0, len(o))
	for _, m := range o {
		if !control(m.Name) {
			kept = append(kept, m)
		}
	}
	return kept
}
