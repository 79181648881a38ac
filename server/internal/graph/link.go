package graph

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// readLinks answers GET …/$ref with references instead of entities
// (graph-behaviour §3.6).
func (q *run) readLinks() (call.Response, *refusal) {
	if refused := q.locate(); refused != nil {
		return call.Response{}, refused
	}
	if q.place.single || q.place.key != "" {
		if !q.place.found {
			return call.Response{}, q.missing(&q.place)
		}
		b := append(q.open("$ref"), `"@odata.id":`...)
		return q.json(q.success(200), append(entity.Quote(b, q.idURL(q.place.entity)), '}')), nil
	}
	return q.listAs("Collection($ref)", q.appendRef)
}

// appendRef appends a reference to an entity.
func (q *run) appendRef(b []byte, e store.Entity) []byte {
	return append(entity.Quote(append(b, `{"@odata.id":`...), q.idURL(e)), '}')
}

// idURL is the canonical URL of an entity wherever it lives.
func (q *run) idURL(e store.Entity) string {
	set, _, err := q.reader.At(e.Ordinal)
	if err != nil || set.Parent != 0 {
		return q.root() + "/directoryObjects/" + url.PathEscape(e.ID)
	}
	return q.root() + "/" + set.Name + "/" + url.PathEscape(e.ID)
}

// addLink answers POST …/$ref.
func (q *run) addLink() (call.Response, *refusal) {
	target, refused := q.linkEnds()
	if refused != nil {
		return call.Response{}, refused
	}
	added, refused := q.link(q.place.ref, target)
	if refused != nil {
		return call.Response{}, refused
	}
	if !added {
		return call.Response{}, ruled(grapherr.AlreadyLinked(q.place.ref.link))
	}
	return call.Response{Status: q.success(204)}, nil
}

// setLink answers PUT …/$ref of a single-valued navigation: what was linked is
// replaced. Nothing in its place is for a navigation of a complex value alone (D,
// page b2xidentityuserflow-put-apiconnectorconfiguration).
func (q *run) setLink() (call.Response, *refusal) {
	if refused := q.locateReference(); refused == nil && len(q.Payload) == 0 && strings.Contains(q.place.ref.link, "/") {
		return call.Response{Status: q.success(204)}, q.unlinkAll(q.place.ref)
	}
	target, refused := q.linkEnds()
	if refused != nil {
		return call.Response{}, refused
	}
	if refused := q.unlinkAll(q.place.ref); refused != nil {
		return call.Response{}, refused
	}
	if _, refused := q.link(q.place.ref, target); refused != nil {
		return call.Response{}, refused
	}
	return call.Response{Status: q.success(204)}, nil
}

// dropLink answers DELETE …/$ref, of one member or of a single-valued
// navigation.
func (q *run) dropLink() (call.Response, *refusal) {
	if refused := q.locateReference(); refused != nil {
		return call.Response{}, refused
	}
	if id := q.referenceOption(); q.place.collection() && id != "" {
		e, refused := q.follow(id)
		if refused != nil {
			return call.Response{}, refused
		}
		q.place.key, q.place.entity, q.place.found = e.ID, e, true
	}
	if !q.place.found {
		return call.Response{}, q.missing(&q.place)
	}
	removed, refused := q.unlink(q.place.ref, q.place.entity.Ordinal)
	if refused != nil {
		return call.Response{}, refused
	}
	if !removed {
		return call.Response{}, q.missing(&q.place)
	}
	return call.Response{Status: q.success(204)}, nil
}

// referenceOption is the reference to drop as the query names it: $id in OData's
// words, @id in those of Graph's pages.
func (q *run) referenceOption() string {
	if q.options.id != "" {
		return q.options.id
	}
	values, err := url.ParseQuery(q.Call.RawQuery)
	if err != nil {
		return ""
	}
	return values.Get("@id")
}

// linkEnds finds both ends of the link that a body asks for.
func (q *run) linkEnds() (store.Entity, *refusal) {
	if refused := q.locateReference(); refused != nil {
		return store.Entity{}, refused
	}
	target, ok := q.Payload.String("@odata.id")
	if !ok {
		return store.Entity{}, ruled(grapherr.BadReference("@odata.id"))
	}
	return q.follow(target)
}

func (q *run) locateReference() *refusal {
	if refused := q.locate(); refused != nil {
		return refused
	}
	if q.place.ref == nil || q.place.ref.transitive {
		return &refusal{err: grapherr.MethodNotAllowed(nil), reason: "$ref: " + q.place.set.Name + " holds its entities itself: there are no links to change"}
	}
	return nil
}

// follow finds the entity that a URL of a reference names: host and version do
// not count (C, graph-behaviour §3.6).
func (q *run) follow(target string) (store.Entity, *refusal) {
	path := referencePath(target)
	found, err := q.Call.Catalogue.Resolve(path, make([]openapi.Segment, 0, 8))
	if err != nil {
		return store.Entity{}, ruled(grapherr.BadReference(target))
	}
	w := walk{run: q, at: place{set: store.SetKey{Tenant: q.Call.Tenant}}}
	for i := range found.Segments {
		found.Segments[i].Text = unbraced(found.Segments[i].Text)
		if refused := w.step(&found.Segments[i]); refused != nil {
			return store.Entity{}, refused
		}
		if refused := q.believe(&w.at); refused != nil {
			return store.Entity{}, refused
		}
	}
	if w.at.collection() {
		return store.Entity{}, ruled(grapherr.BadReference(target))
	}
	if !w.at.found {
		return store.Entity{}, q.missing(&w.at)
	}
	return w.at.entity, nil
}

// unbraced is a key of a reference that may stand in braces, as GUIDs do in Windows:
// "directoryObjects/{id}" (R, Microsoft365DSC and scripts without number).
func unbraced(key string) string {
	if n := len(key); n > 2 && key[0] == '{' && key[n-1] == '}' {
		return key[1 : n-1]
	}
	return key
}

// believe takes it that what the service lists has one of the id that a reference
// names, or an action is for: clients know these ids from the service itself (assumed,
// 2026-11).
func (q *run) believe(at *place) *refusal {
	if at.found || at.key == "" || at.typ == nil || !q.conductOf(at.typ).rules.Believed || q.writer == nil {
		return nil
	}
	e := store.Entity{ID: at.key, JSON: fresh(at.typ, entity.Object{}).JSON()}
	o, err := entity.Members(e.JSON)
	if err != nil {
		return broken(err)
	}
	o.SetString("id", at.key)
	e.JSON = o.JSON()
	if e.Ordinal, err = q.writer.Insert(at.set, e); err != nil {
		return broken(err)
	}
	q.note(at.typ.Name + " " + at.key + ": the fake lacks what the service lists, and takes it that there is one")
	at.entity, at.found = e, true
	return nil
}

// referencePath is the path below the version of a reference's URL, whatever
// its host: "https://graph.microsoft.com/v1.0/users/x", "/users/x", "users('x')",
// "https://graph.microsoft.com/odata/groups('x')" (D, page mobiledevicemanagementpolicies-post-includedgroups).
func referencePath(target string) string {
	if _, rest, ok := strings.Cut(target, "://"); ok {
		_, path, _ := strings.Cut(rest, "/")
		target = path
	}
	target = strings.TrimPrefix(target, "/")
	if first, rest, ok := strings.Cut(target, "/"); ok && (versionLike(first) || first == "odata") {
		target = rest
	}
	return "/" + target
}

func versionLike(segment string) bool {
	return slices.Contains([]string{"v1.0", "beta"}, strings.ToLower(segment))
}

// link adds a link of a reference and reports whether it is new.
func (q *run) link(r *reference, target store.Entity) (bool, *refusal) {
	from, to := r.owner, target.Ordinal
	if r.inverse {
		from, to = to, from
	}
	if refused := q.linkable(from, r.link, to); refused != nil {
		return false, refused
	}
	if refused := q.approve(from, r.link, to, false); refused != nil {
		return false, refused
	}
	added, err := q.writer.Link(from, r.link, to)
	if err != nil {
		return false, broken(err)
	}
	return added, nil
}

func (q *run) unlink(r *reference, target store.Ordinal) (bool, *refusal) {
	from, to := r.owner, target
	if r.inverse {
		from, to = to, from
	}
	if refused := q.approve(from, r.link, to, true); refused != nil {
		return false, refused
	}
	removed, err := q.writer.Unlink(from, r.link, to)
	if err != nil {
		return false, broken(err)
	}
	return removed, nil
}

// approve lets the behaviour of the entity that keeps a link refuse or follow
// its change.
func (q *run) approve(from store.Ordinal, navigation string, to store.Ordinal, remove bool) *refusal {
	set, e, err := q.reader.At(from)
	if err != nil {
		return nil
	}
	linker := q.conductOf(q.typeNamed(q.ownType(nil, set, e))).linker
	if linker == nil {
		return nil
	}
	owner := (tx{q}).known(set, e)
	target, _ := (tx{q}).Entity(behavior.Ref(to))
	if fault := linker.Link(tx{q}, behavior.Link{Owner: owner, Navigation: navigation, Target: target, Remove: remove}); fault != nil {
		return ruled(fault)
	}
	return nil
}

func (q *run) unlinkAll(r *reference) *refusal {
	for o := range q.reached(r, 0) {
		if _, refused := q.unlink(r, o); refused != nil {
			return refused
		}
	}
	return nil
}

// maxBinds is how many members one request may bind (D, graph-behaviour §3.3).
const maxBinds = 20

func (q *run) tooManyBinds() *refusal {
	n := 0
	for _, m := range q.Payload {
		if strings.HasSuffix(m.Name, "@odata.bind") {
			n += len(bindTargets(m.Value))
		}
	}
	if n <= maxBinds {
		return nil
	}
	return option("The request binds too many objects.", fmt.Sprintf("@odata.bind: %d targets, at most %d in one request", n, maxBinds))
}
