package graph

import (
	"errors"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// listing is a navigation that shows some of what lives in a set of the root, as a
// behaviour works it out. What a fixture has there is planted in that set, and made
// to be seen from the owner; where it says itself that it is another's, it stays at
// the path.
type listing struct {
	set   string
	claim func(p *planter, owner store.Entity, id string, o *entity.Object) (bool, error)
}

// listings are keyed by the type gone through, without its namespace, and the
// navigation.
var listings = map[string]*listing{
	"user/joinedTeams":   {"teams", (*planter).join},
	"plannerGroup/plans": {"planner/plans", (*planter).own},
	"plannerUser/tasks":  {"planner/tasks", (*planter).assign},
}

// listedFrom are the sets of the root whose entities lists below users and groups
// show: they are addressed below them, too.
var listedFrom = map[string]string{"joinedTeams": "teams", "planner/plans": "planner/plans", "planner/tasks": "planner/tasks"}

// listedAtRoot takes an entity that the addressed list shows from a set of the root.
func (w *walk) listedAtRoot(id string) {
	from := listedFrom[w.at.set.Name]
	if w.at.set.Parent == 0 || from == "" {
		return
	}
	set := store.SetKey{Tenant: w.at.set.Tenant, Name: from}
	if e, err := w.run.reader.Get(set, id); err == nil {
		w.at.set, w.at.entity, w.at.found = set, e, true
	}
}

// listed finds the listing that a segment is, from where the planter stands.
func (p *planter) listed(s *openapi.Segment) (*listing, bool) {
	if p.at.typ == nil || !p.stands() && !p.at.single {
		return nil, false
	}
	l, ok := listings[shortName(p.at.typ.Name)+"/"+s.Name]
	return l, ok
}

// show goes to a listing, whose entities are planted in its set where they are its
// owner's.
func (p *planter) show(l *listing, s *openapi.Segment) error {
	owner, own := p.at.set.Parent, store.SetKey{Tenant: p.tenant, Name: canonical(join(p.at.set.Name, s.Name))}
	if p.stands() {
		var err error
		if owner, err = p.parent(); err != nil {
			return err
		}
		own.Name = s.Name
	}
	own.Parent = owner
	p.from = passage{owner: owner, typ: p.at.typ, navigation: s.Name}
	p.at, p.listing = place{set: own, typ: s.Type()}, l
	return nil
}

// seenIn is the set in which an item of a listing lives; none where there is no
// listing, or the item is another's.
func (p *planter) seenIn(id string, o *entity.Object) (store.SetKey, error) {
	if p.listing == nil {
		return store.SetKey{}, nil
	}
	_, owner, err := p.tx.At(p.from.owner)
	if err != nil {
		return store.SetKey{}, err
	}
	claimed, err := p.listing.claim(p, owner, id, o)
	if !claimed || err != nil {
		return store.SetKey{}, err
	}
	return store.SetKey{Tenant: p.tenant, Name: p.listing.set}, nil
}

// own makes a plan that of a group, unless it is another's.
func (p *planter) own(group store.Entity, _ string, plan *entity.Object) (bool, error) {
	if raw, ok := plan.Get("container"); ok && string(raw) != "null" {
		return fieldText(raw, "containerId") == group.ID, nil
	}
	if raw, ok := plan.Get("owner"); ok && string(raw) != "null" {
		text, _ := entity.Unquote(raw)
		return text == group.ID, nil
	}
	var container entity.Object
	container.SetString("containerId", group.ID)
	container.SetString("type", "group")
	plan.Set("container", container.JSON())
	plan.SetString("owner", group.ID)
	return true, nil
}

// assign gives a task to a user, unless it is another's.
func (p *planter) assign(user store.Entity, _ string, task *entity.Object) (bool, error) {
	raw, _ := task.Get("assignments")
	assignments, _ := entity.Members(raw)
	if len(assignments) > 0 {
		return assignments.Has(user.ID), nil
	}
	var to entity.Object
	to.SetString("@odata.type", "#microsoft.graph.plannerAssignment")
	to.SetString("orderHint", " !")
	assignments.Set(user.ID, to.JSON())
	task.Set("assignments", assignments.JSON())
	return true, nil
}

// join makes a team's group, if it is not there, and the user a member of it.
func (p *planter) join(user store.Entity, id string, team *entity.Object) (bool, error) {
	if id == "" {
		return false, nil
	}
	set := store.SetKey{Tenant: p.tenant, Name: "groups"}
	group, err := p.tx.Get(set, id)
	if errors.Is(err, store.ErrNotFound) {
		group = store.Entity{ID: id, JSON: groupOf(id, team).JSON()}
		group.Ordinal, err = p.tx.Insert(set, group)
	}
	if err == nil {
		_, err = p.tx.Link(group.Ordinal, "members", user.Ordinal)
	}
	return true, err
}

// groupOf is the group of a team.
func groupOf(id string, team *entity.Object) (o entity.Object) {
	o.SetString("id", id)
	for _, name := range []string{"displayName", "description", "visibility"} {
		if raw, ok := team.Get(name); ok {
			o.Set(name, raw)
		}
	}
	o.Set("groupTypes", []byte(`["Unified"]`))
	o.Set("resourceProvisioningOptions", []byte(`["Team"]`))
	o.Set("mailEnabled", []byte("true"))
	o.Set("securityEnabled", []byte("false"))
	return o
}
