package graph

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// place is what a path addresses in the store: a collection, one entity of it,
// or a singleton, and the segments that say what to do there.
type place struct {
	set       store.SetKey  // the collection, or the one that the entity lives in
	typ       *openapi.Type // declared type of the entity or of the members
	entity    store.Entity  // the addressed entity; valid until the transaction ends
	found     bool          // entity is there
	key       string        // the entity's id as addressed; "" for collections and singletons
	alternate bool          // key is the value of another property than the id
	single    bool          // a singleton or single-valued navigation property
	context   string        // fragment of @odata.context up to here, without select list and /$entity
	cast      *openapi.Type // type cast behind it; nil for none
	as        string        // the cast behind a key as the context has it: "/microsoft.graph.roomList"
	ref       *reference    // set when the entities live elsewhere
	unborn    *unborn       // set when the entity is not there, but may be made by its path
	solid     bool          // a single entity that lives in a set: what it contains is below it
	where     []string      // member that must be value, for an entity of the set to be seen from here; nil for all
	value     string
	named     bool           // where names an owner that entities of the set need not have
	owner     store.Ordinal  // of what shares its id, as the team of a group
	opener    store.Ordinal  // of the door that it was reached by, if what is shown lives elsewhere
	top       bool           // what names none of among is seen, too
	among     store.SetKey   // what value names one of; with top
	marked    string         // member that must be there, and not false; "" for all
	virtual   []store.Entity // what a behaviour lists here; nil: what is stored
	beside    store.Ordinal  // of what an entity that is not kept shares what is below it with
	within    string         // path of the property that the walk has gone into, from the entity
	tree      bool           // what lies in sets of the same navigation further below is seen, too
	result    bool           // below what a function returns, which is not kept
	self      string         // name of the singleton that stands for the caller's own entity; seeds only
}

// collection reports whether the place is a whole collection.
func (p *place) collection() bool { return !p.single && p.key == "" }

// locate walks the segments of the call's path. An entity in the middle of the
// path that is not there is a refusal; the last one may be absent.
func (q *run) locate() *refusal {
	q.walk = walk{run: q, at: place{set: store.SetKey{Tenant: q.Call.Tenant}}}
	w := &q.walk
	for i := range q.Call.Target.Segments {
		if refused := w.step(&q.Call.Target.Segments[i]); refused != nil {
			return refused
		}
	}
	q.place = w.at
	return w.supplyShown()
}

// walk is a place on its way along the path.
type walk struct {
	run *run
	at  place
}

func (w *walk) step(s *openapi.Segment) *refusal {
	switch s.Kind {
	case openapi.SetSegment, openapi.SingleSegment:
		return w.enter(s)
	case openapi.KeySegment:
		return w.pick(s)
	case openapi.CastSegment:
		w.at.castTo(s.Type())
	case openapi.PropertySegment:
		w.at.within = join(w.at.within, s.Name)
	case openapi.FunctionSegment:
		w.one(s)
		w.at.result = true
	}
	return nil // operations and $ segments act on the place reached
}

// enter goes into a collection or a singleton below the place.
func (w *walk) enter(s *openapi.Segment) *refusal {
	if w.at.beside != 0 && w.at.entity.Ordinal == 0 {
		w.at.entity.Ordinal = w.at.beside
	}
	if w.at.key != "" && !w.at.found {
		return w.run.missing(&w.at)
	}
	if path := selfAt(&w.at, s); path != "" {
		return w.self(path, s)
	}
	if refused := w.supply(s); refused != nil {
		return refused
	}
	if d, ok := w.through(s); ok {
		return w.open(d, s)
	}
	if r := w.reference(s); r != nil {
		w.refer(s, r)
		return nil
	}
	w.inside(s)
	return nil
}

// inside goes to what the place itself contains.
func (w *walk) inside(s *openapi.Segment) {
	set, context := w.at.set, onward(contextKey(&w.at), s)
	switch {
	case w.at.stands():
		set.Parent, set.Name = w.at.entity.Ordinal, s.Name
	case set.Name == w.at.context && w.at.as == "":
		set.Name = canonical(context) // one string for both, as below most singletons
	default:
		set.Name = canonical(join(set.Name, s.Name))
	}
	w.at = place{set: set, typ: s.Type(), single: s.Kind == openapi.SingleSegment, context: context, result: w.at.result}
	if w.at.single && (set.Parent != 0 || !w.run.leadsOn(s)) { // one at the root does not matter for what is below it
		w.read("")
	}
}

// pick takes one entity of the collection.
func (w *walk) pick(s *openapi.Segment) *refusal {
	w.at.key = s.Text
	switch {
	case s.HasArgs():
		w.lookup(s.Args())
		return nil
	case w.at.ref != nil && strings.EqualFold(s.Text, "root") && w.at.typ != nil && shortName(w.at.typ.Name) == "site":
		w.first() // /groups/{id}/sites/root
		return nil
	case w.at.ref != nil:
		w.pickLinked(s.Text)
		return nil
	case w.address(s.Text), w.itself(s.Text):
		return nil
	}
	w.read(s.Text)
	if w.foreign() {
		w.at.entity, w.at.found = store.Entity{}, false
		return nil
	}
	if !w.at.found {
		w.immutable(s.Text)
	}
	if !w.at.found {
		w.natural(s.Text)
	}
	if !w.at.found {
		w.kin(s.Text)
	}
	if !w.at.found {
		w.listedAtRoot(s.Text)
	}
	if !w.at.found && w.at.tree {
		w.deeper(s.Text)
	}
	if !w.at.found {
		w.umbrella(s.Text)
	}
	if !w.at.found {
		w.bareKey(s.Text)
	}
	if !w.at.found {
		w.named(s.Text)
	}
	if !w.at.found {
		w.child(s.Text)
	}
	if w.at.found {
		return nil
	}
	if refused := w.find(s.Text); refused != nil || w.run.op.Kind != openapi.Action {
		return refused
	}
	return w.run.believe(&w.at)
}

func (w *walk) read(id string) {
	e, err := w.run.reader.Get(w.at.set, id)
	if err == nil && isBin(w.at.set.Name) && w.run.expired(e) {
		return
	}
	w.at.entity, w.at.found = e, err == nil
	if err != nil && id != "" && w.at.set.Parent == 0 && id == lastOf(w.at.set.Name) {
		w.read("") // a singleton, where another version has a collection of one
	}
}

// lookup finds an entity by alternate key (graph-behaviour §1.5).
func (w *walk) lookup(keys []openapi.Arg) {
	w.at.key, w.at.alternate = keys[0].Value, !strings.EqualFold(keys[0].Name, idKey)
	if w.at.ref != nil {
		w.lookupLinked(keys)
		return
	}
	w.at.entity, w.at.found = byKeys(w.run.reader, w.at.set, keys)
}

// lookupLinked is lookup among the entities that a reference leads to.
func (w *walk) lookupLinked(keys []openapi.Arg) {
	for e := range w.run.linked(&w.at, 0) {
		if hasKeys(e.JSON, keys) {
			w.at.entity, w.at.found = e, true
			return
		}
	}
}

// byKeys finds the entity of a set whose properties have the values of a key.
func byKeys(tx store.Reader, set store.SetKey, keys []openapi.Arg) (store.Entity, bool) {
	candidates := tx.Scan(set, 0)
	if k := keys[0]; set.Parent == 0 && slices.Contains(indexed[set.Name], k.Name) {
		candidates = tx.Matches(set, KeyOf(k.Name, k.Value), 0)
	}
	for e := range candidates {
		if hasKeys(e.JSON, keys) {
			return e, true
		}
	}
	return store.Entity{}, false
}

// bareKey takes a key that is no id for an alternate one without parentheses, as
// in /directoryRoles/roleTemplateId=… (D, graph-behaviour §1.5).
func (w *walk) bareKey(text string) {
	name, value, ok := strings.Cut(text, "=")
	if !ok || w.at.typ == nil {
		return
	}
	if p := w.at.typ.PropertyFold(name); p != nil { // most ids of mailboxes end with "="
		w.at.entity, w.at.found = byKeys(w.run.reader, w.at.set, []openapi.Arg{{Name: p.Name, Value: value}})
	}
}

// named takes the key of what every tenant has in any letter case: it is a name
// (R, 2023 to 2026: authenticationMethodConfigurations/x509Certificate, fido2).
func (w *walk) named(text string) {
	if w.at.set.Parent != 0 {
		return
	}
	if e, ok := behavior.StandingIn(w.at.set.Name, text, w.at.set.Tenant); ok && e.ID != text {
		w.read(e.ID)
	}
}

func hasKeys(data []byte, keys []openapi.Arg) bool {
	for _, k := range keys {
		raw, _ := entity.Field(data, k.Name)
		if text, ok := entity.Unquote(raw); !ok || !strings.EqualFold(text, k.Value) {
			return false
		}
	}
	return true
}

// missing is the answer to an entity that is not there.
func (q *run) missing(p *place) *refusal {
	if refused := q.malformed(p); refused != nil {
		return refused
	}
	name := p.key
	if name == "" && p.single {
		name = lastOf(p.set.Name) // R: "Resource 'manager' does not exist …"
	}
	return &refusal{
		err:    grapherr.NotFound(q.family(), name),
		reason: "no entity with this id in " + p.set.Name + " of tenant " + q.Call.Tenant,
	}
}

// contextKey is the fragment of the place as a parent of what follows:
// contained navigation below a key is written set('key').
func contextKey(p *place) string {
	if p.key == "" {
		return p.context + p.as
	}
	return p.context + "('" + fragmentEscape(p.key) + "')" + p.as
}

// castTo narrows the place to a type. In the context the directory names the
// set of that type (D, graph-behaviour §2.2), all others the type (O).
func (p *place) castTo(t *openapi.Type) {
	p.cast = t
	switch {
	case t == nil:
	case p.ofDirectory() && homeSets[t.Name] != "":
		p.context = homeSets[t.Name]
	case p.collection():
		p.context = join(p.context, t.Name)
	default:
		p.as = "/" + t.Name
	}
}

// ofDirectory reports whether the place holds directory objects of all types.
func (p *place) ofDirectory() bool {
	return p.typ != nil && boundSets[p.typ.Name] != "" || isBin(p.set.Name)
}

// onward is join of a path and a segment's name, without making a string where
// the description has it: as long as no key has come.
func onward(path string, s *openapi.Segment) string {
	way := s.Way()
	if n := len(way) - len(s.Name) - 1; n > 0 && way[:n] == path && way[n+1:] == s.Name {
		return way
	}
	return join(path, s.Name)
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "/" + name
}
