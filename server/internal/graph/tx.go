package graph

import (
	"iter"
	"net/url"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// A run is the behavior.Tx of its transaction: here what it tells of the
// request and reads, in tx_write.go what it writes.
type tx struct{ *run }

var _ behavior.Tx = tx{}

func (q tx) Now() time.Time  { return q.now }
func (q tx) NewID() string   { return q.Engine.NewID() }
func (q tx) Tenant() string  { return q.Call.Tenant }
func (q tx) Version() string { return q.Call.Catalogue.Name() }
func (q tx) Family() string  { return q.family() }
func (q tx) Note(why string) { q.note(why) }

func (q tx) Caller() behavior.Caller {
	p := &q.Call.Principal
	anybody := p.AppID == "" && p.ObjectID == "" // whom /me shows
	return behavior.Caller{
		ID: p.ObjectID, AppID: p.AppID, AppName: p.AppName, UPN: p.UPN,
		User: p.UPN != "" || len(p.Scopes) > 0 || anybody,
	}
}

func (q tx) URL(path string) string          { return q.root() + path }
func (q tx) Header(name string) string       { return q.Call.Header.Get(name) }
func (q tx) Target() behavior.Ref            { return behavior.Ref(q.place.entity.Ordinal) }
func (q tx) Parent() behavior.Ref            { return behavior.Ref(q.place.from()) }
func (q tx) Opener() behavior.Ref            { return behavior.Ref(q.place.opener) }
func (q tx) Collection() behavior.Collection { return collectionOf(q.place.set) }

func (q tx) Key() string {
	segments := q.Call.Target.Segments
	for i := len(segments) - 1; i >= 0; i-- {
		if segments[i].Kind == openapi.KeySegment {
			return keyText(&segments[i])
		}
	}
	return ""
}

func (q tx) Query(name string) (string, bool) {
	raw := q.Call.RawQuery
	if q.options.deltaQuery != "" { // a later call of a delta speaks as the first
		raw = q.options.deltaQuery
	}
	for part := range strings.SplitSeq(raw, "&") {
		key, value, _ := strings.Cut(part, "=")
		if decoded, err := url.QueryUnescape(key); err == nil && strings.EqualFold(strings.TrimPrefix(decoded, "$"), strings.TrimPrefix(name, "$")) {
			value, err = url.QueryUnescape(value)
			return value, err == nil
		}
	}
	return "", false
}

func (q tx) Creating() bool { return q.op.Kind == openapi.Create }

func (q tx) Prefers(wish string) bool { return q.wishesFor(wish) }

func (q tx) Applied(preference string) { q.honour(preference) }

func (q tx) Self() (behavior.Entity, bool) {
	p, set := &q.Call.Principal, behavior.Root("users")
	if p.ObjectID != "" {
		if e, ok := q.Find(p.ObjectID); ok {
			return e, true
		}
	}
	if p.UPN != "" {
		return q.By(set, "userPrincipalName", p.UPN)
	}
	if p.AppID != "" && len(p.Scopes) == 0 {
		return q.By(behavior.Root("servicePrincipals"), "appId", p.AppID)
	}
	w := walk{run: q.run, at: place{set: q.setOf(set)}}
	w.fallback("me")
	return q.known(w.at.set, w.at.entity), w.at.found
}

func (q tx) Entity(ref behavior.Ref) (behavior.Entity, bool) {
	set, e, err := q.reader.At(store.Ordinal(ref))
	return q.known(set, e), err == nil
}

func (q tx) Home(ref behavior.Ref) behavior.Collection {
	set, _, _ := q.reader.At(store.Ordinal(ref))
	return collectionOf(set)
}

func (q tx) Get(c behavior.Collection, id string) (behavior.Entity, bool) {
	set := q.setOf(c)
	e, err := q.reader.Get(set, id)
	found := err == nil
	if !found && behavior.IsImmutableID(id) {
		e, found = byImmutableID(q.reader, set, id)
	}
	return q.known(set, e), found
}

func (q tx) Find(id string) (behavior.Entity, bool) {
	for set, e := range q.reader.Find(q.Call.Tenant, id) {
		if set.Parent == 0 {
			return q.known(set, e), true
		}
	}
	return behavior.Entity{}, false
}

func (q tx) Named(id string) iter.Seq[behavior.Entity] {
	return func(yield func(behavior.Entity) bool) {
		for set, e := range q.reader.Find(q.Call.Tenant, id) {
			if !isBin(set.Name) && !yield(q.known(set, e)) {
				return
			}
		}
	}
}

func (q tx) By(c behavior.Collection, property, value string) (behavior.Entity, bool) {
	e, ok := ByText(q.reader, q.setOf(c), property, value)
	return q.known(q.setOf(c), e), ok
}

func (q tx) Having(c behavior.Collection, property, value string) iter.Seq[behavior.Entity] {
	set := q.setOf(c)
	return func(yield func(behavior.Entity) bool) {
		for e := range having(q.reader, set, property, value, 0) {
			if !yield(q.known(set, e)) {
				return
			}
		}
	}
}

func (q tx) All(c behavior.Collection) iter.Seq[behavior.Entity] {
	set := q.setOf(c)
	return func(yield func(behavior.Entity) bool) {
		for e := range q.reader.Scan(set, 0) {
			if !yield(q.known(set, e)) {
				return
			}
		}
	}
}

func (q tx) Linked(from behavior.Ref, navigation string) iter.Seq[behavior.Entity] {
	return q.entities(q.reader.Links(store.Ordinal(from), navigation, 0))
}

func (q tx) Linking(to behavior.Ref, navigation string) iter.Seq[behavior.Entity] {
	return q.entities(q.reader.Backlinks(store.Ordinal(to), navigation, 0))
}

func (q tx) entities(ordinals iter.Seq[store.Ordinal]) iter.Seq[behavior.Entity] {
	return func(yield func(behavior.Entity) bool) {
		for o := range ordinals {
			if set, e, err := q.reader.At(o); err == nil && !yield(q.known(set, e)) {
				return
			}
		}
	}
}

func (q tx) Resolve(target string) (behavior.Entity, bool) {
	e, refused := q.follow(target)
	if refused != nil {
		return behavior.Entity{}, false
	}
	return q.Entity(behavior.Ref(e.Ordinal))
}

func (q tx) Keywords(query string) func(behavior.Entity) bool {
	holds := keywords(query)
	return func(e behavior.Entity) bool {
		return holds(&scope{run: q.run, item: item{data: e.JSON()}})
	}
}

// known is a stored entity as behaviours see it, with its type by name.
func (q tx) known(set store.SetKey, e store.Entity) behavior.Entity {
	if e.Ordinal == 0 {
		return behavior.Entity{}
	}
	o, _ := entity.Members(e.JSON)
	return behavior.Entity{Ref: behavior.Ref(e.Ordinal), ID: e.ID, Type: q.ownType(nil, set, e), Object: o}
}

func (q *run) setOf(c behavior.Collection) store.SetKey {
	return store.SetKey{Tenant: q.Call.Tenant, Parent: store.Ordinal(c.Parent), Name: c.Name}
}

func collectionOf(set store.SetKey) behavior.Collection {
	return behavior.Collection{Parent: behavior.Ref(set.Parent), Name: set.Name}
}

// from is the entity whose navigation leads to the place; 0 at the root.
func (p *place) from() store.Ordinal {
	if p.ref != nil {
		return p.ref.owner
	}
	if p.owner != 0 {
		return p.owner
	}
	return p.set.Parent
}

// typeNamed is a type of the call's version, else of another one.
func (q *run) typeNamed(name string) *openapi.Type {
	if t := q.Call.Catalogue.Type(name); t != nil {
		return t
	}
	for _, v := range q.otherVersions() {
		if t := v.Type(name); t != nil {
			return t
		}
	}
	return nil
}
