package graph

import (
	"iter"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// reference is a navigation whose entities live elsewhere: links lead there,
// and each link is seen from both ends.
type reference struct {
	owner      store.Ordinal
	link       string // name under which the links are kept
	inverse    bool   // seen from the end that the links lead to
	transitive bool   // what is reached in any number of steps
	key        string // property that names the target by its id, where nothing is linked; "" for none
}

// views are navigations that show the links of another one (D,
// graph-behaviour §3.6).
var views = map[string]reference{
	"memberOf":           {link: "members", inverse: true},
	"transitiveMembers":  {link: "members", transitive: true},
	"transitiveMemberOf": {link: "members", inverse: true, transitive: true},
	"ownedObjects":       {link: "owners", inverse: true},
	"directReports":      {link: "manager", inverse: true},
	"ownedDevices":       {link: "registeredOwners", inverse: true},
	"registeredDevices":  {link: "registeredUsers", inverse: true},
}

// ownViews are views of one type's navigations, which the description calls
// contained although the entities live elsewhere, where they are made.
var ownViews = map[string]reference{
	"microsoft.graph.printer/shares":                     {link: "printer", inverse: true},
	"microsoft.graph.roleDefinition/roleAssignments":     {link: "roleDefinition", inverse: true},
	"microsoft.graph.appManagementPolicy/appliesTo":      {link: "appManagementPolicies", inverse: true},
	"microsoft.graph.claimsMappingPolicy/appliesTo":      {link: "claimsMappingPolicies", inverse: true},
	"microsoft.graph.homeRealmDiscoveryPolicy/appliesTo": {link: "homeRealmDiscoveryPolicies", inverse: true},
	"microsoft.graph.tokenIssuancePolicy/appliesTo":      {link: "tokenIssuancePolicies", inverse: true},
	"microsoft.graph.tokenLifetimePolicy/appliesTo":      {link: "tokenLifetimePolicies", inverse: true},
}

// ownViewNames are the navigations that a type has a view of its own for.
var ownViewNames = lastNames(ownViews)

// ownView is the view of a navigation that a type or one of its bases has.
func ownView(t *openapi.Type, name string) (reference, bool) {
	if !ownViewNames[name] { // nearly none
		return reference{}, false
	}
	for ; t != nil; t = t.Base() {
		if view, ok := ownViews[t.Name+"/"+name]; ok {
			return view, true
		}
	}
	return reference{}, false
}

// reference tells whether a segment is a navigation by reference from the
// entity that the walk has reached.
func (w *walk) reference(s *openapi.Segment) *reference {
	if !w.at.stands() {
		return w.held(s)
	}
	if w.at.within != "" {
		return referenceWithin(w.at.entity.Ordinal, w.at.within, s)
	}
	return referenceFrom(w.at.narrowest(), w.at.entity.Ordinal, s.Name)
}

// narrowest is the type that the path tells of the place: a cast's, else the
// declared one.
func (p *place) narrowest() *openapi.Type {
	if p.cast != nil {
		return p.cast
	}
	return p.typ
}

// held is the reference that a single value of an entity has: its links are the
// entity's, under the path that leads to them.
func (w *walk) held(s *openapi.Segment) *reference {
	if !w.at.single || w.at.set.Parent == 0 {
		return nil
	}
	return referenceWithin(w.at.set.Parent, join(w.at.set.Name, w.at.within), s)
}

// referenceWithin is the reference of something that an entity holds; nil where
// the description offers no links.
func referenceWithin(owner store.Ordinal, path string, s *openapi.Segment) *reference {
	if s.Contained() || !s.Item().Links() {
		return nil
	}
	return &reference{owner: owner, link: join(path, s.Name)}
}

// referenceFrom is the reference under a name of an entity; nil when the name
// is no navigation, or one that contains its entities.
func referenceFrom(t *openapi.Type, owner store.Ordinal, name string) *reference {
	if t == nil {
		return nil
	}
	p := t.Property(name)
	if view, ok := views[name]; ok && (p == nil || p.Navigation) {
		view.owner = owner
		return &view
	}
	if view, ok := ownView(t, name); ok {
		view.owner = owner
		return &view
	}
	if p == nil || !p.Navigation || p.Contained {
		return nil
	}
	return &reference{owner: owner, link: name, key: keyBeside(t, p)}
}

// boundSets are the entity sets that a navigation to a base type is bound to;
// they name its context (graph-behaviour §2.2).
var boundSets = map[string]string{"microsoft.graph.directoryObject": "directoryObjects"}

// shownSets are the entity sets that stand in the context of what a navigation
// leads to, while what lies below has the path (R: answers to /me/drive and
// /sites/{id}/drives, 2017 to 2024).
var shownSets = map[string]string{"microsoft.graph.drive": "drives"}

// fragment is the context of the place itself.
func (p *place) fragment() string {
	if p.typ != nil && shownSets[p.typ.Name] != "" {
		return shownSets[p.typ.Name]
	}
	return p.context
}

// refer goes into a navigation by reference.
func (w *walk) refer(s *openapi.Segment, r *reference) {
	context := join(contextKey(&w.at), s.Name)
	if t := s.Type(); t != nil && boundSets[t.Name] != "" {
		context = boundSets[t.Name]
	}
	w.at = place{
		set: store.SetKey{Tenant: w.at.set.Tenant, Name: s.Name}, typ: s.Type(), ref: r,
		single: s.Kind == openapi.SingleSegment, context: context,
	}
	if !w.at.single {
		return
	}
	for e := range w.run.linked(&w.at, 0) {
		w.at.entity, w.at.found = e, true
		return
	}
}

// pickLinked takes one of the linked entities by its id: at the cost of the id,
// not of the links, where one step leads there.
func (w *walk) pickLinked(id string) {
	if w.at.ref.transitive {
		for e := range w.run.linked(&w.at, 0) {
			if strings.EqualFold(e.ID, id) {
				w.at.entity, w.at.found = e, true
				return
			}
		}
		return
	}
	for set, e := range w.run.reader.Find(w.at.set.Tenant, id) {
		if isBin(set.Name) || !w.run.linksTo(w.at.ref, e.Ordinal) {
			continue
		}
		e.Type = w.run.ownType(w.at.typ, set, e)
		if w.at.cast == nil || w.run.isA(e.Type, &w.at) {
			w.at.entity, w.at.found = e, true
			return
		}
	}
}

// linksTo reports whether one step of a reference leads to an entity.
func (q *run) linksTo(r *reference, to store.Ordinal) bool {
	for o := range q.step(r, r.owner, to-1) {
		return o == to
	}
	return false
}

// linked yields the entities that a reference leads to, each naming its own
// type where that is not the declared one.
func (q *run) linked(p *place, after store.Ordinal) iter.Seq[store.Entity] {
	return func(yield func(store.Entity) bool) {
		found := false
		for o := range q.reached(p.ref, after) {
			set, e, err := q.reader.At(o)
			if err != nil || isBin(set.Name) {
				continue
			}
			e.Type = q.ownType(p.typ, set, e)
			if p.cast != nil && !q.isA(e.Type, p) {
				continue
			}
			if !yield(e) {
				return
			}
			found = true
		}
		if found || p.ref.key == "" {
			return
		}
		if e, ok := q.namedBeside(p); ok {
			yield(e)
		}
	}
}

// isA reports whether an entity's type passes the place's cast.
func (q *run) isA(name string, p *place) bool {
	t := p.typ
	if name != "" {
		t = q.Call.Catalogue.Type(name)
	}
	return t != nil && t.Is(p.cast)
}

// reached yields the ordinals at the other end of a reference's links.
func (q *run) reached(r *reference, after store.Ordinal) iter.Seq[store.Ordinal] {
	if r.transitive {
		return q.closure(r, after)
	}
	return q.step(r, r.owner, after)
}

func (q *run) step(r *reference, from, after store.Ordinal) iter.Seq[store.Ordinal] {
	if r.inverse {
		return q.reader.Backlinks(from, r.link, after)
	}
	return q.reader.Links(from, r.link, after)
}

// closure walks a reference in any number of steps, each entity once, and
// yields what it reached by ordinal: pages go on behind one.
func (q *run) closure(r *reference, after store.Ordinal) iter.Seq[store.Ordinal] {
	return func(yield func(store.Ordinal) bool) {
		seen := map[store.Ordinal]bool{r.owner: true}
		var found []store.Ordinal
		for queue := []store.Ordinal{r.owner}; len(queue) > 0; queue = queue[1:] {
			for o := range q.step(r, queue[0], 0) {
				if seen[o] {
					continue
				}
				seen[o] = true
				if set, _, err := q.reader.At(o); err != nil || isBin(set.Name) {
					continue
				}
				queue = append(queue, o)
				if o > after {
					found = append(found, o)
				}
			}
		}
		slices.Sort(found)
		for _, o := range found {
			if !yield(o) {
				return
			}
		}
	}
}

// members yields what the addressed collection holds, as readers see it.
func (q *run) members() iter.Seq[store.Entity] {
	if q.place.virtual != nil {
		return slices.Values(q.place.virtual)
	}
	return q.computedAll(q.unread(0))
}

// unread is members as the store has them.
func (q *run) unread(after store.Ordinal) iter.Seq[store.Entity] {
	switch {
	case q.place.virtual != nil:
		return q.place.listed(after)
	case q.place.ref != nil:
		return q.linked(&q.place, after)
	}
	return q.unhidden(q.membersOf(&q.place, after))
}

// unhidden leaves out what lists of the place's type do not show unasked.
func (q *run) unhidden(all iter.Seq[store.Entity]) iter.Seq[store.Entity] {
	if q.place.typ == nil {
		return all
	}
	h := behavior.HiddenOf(q.place.typ.Name)
	if h.Property == "" {
		return all
	}
	if asked, _ := (tx{q}).Query(h.Option); strings.EqualFold(asked, "true") {
		return all
	}
	return func(yield func(store.Entity) bool) {
		for e := range all {
			if raw, _ := entity.Field(e.JSON, h.Property); string(raw) != "true" && !yield(e) {
				return
			}
		}
	}
}

// membersOf yields what a place shows of its set.
func (q *run) membersOf(p *place, after store.Ordinal) iter.Seq[store.Entity] {
	if p.tree {
		return q.shown(p, q.collected(p.set, after))
	}
	if some, ok := q.parted(p, after); ok {
		return q.shown(p, some)
	}
	return q.shown(p, q.reader.Scan(p.set, after))
}

// shown leaves out of a set's entities those that a place does not show.
func (q *run) shown(p *place, all iter.Seq[store.Entity]) iter.Seq[store.Entity] {
	bin := isBin(p.set.Name)
	if p.cast == nil && !p.narrowed() && !bin {
		return all
	}
	return func(yield func(store.Entity) bool) {
		for e := range all {
			if (p.cast == nil || q.isA(e.Type, p)) && q.sees(p, e) && !(bin && q.expired(e)) && !yield(e) {
				return
			}
		}
	}
}
