package graph

import (
	"errors"
	"net/url"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/odata"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// isDelta reports whether an operation is the function that tracks the changes
// of the collection before it (graph-behaviour §8).
func isDelta(op *openapi.Operation, path []openapi.Segment) bool {
	return op.Kind == openapi.Function && path[len(path)-1].Name == "delta" && op.Response().Collection
}

// onlyNamesID reports whether a filter looks at nothing but ids.
func onlyNamesID(filter odata.Expr) bool {
	only := true
	odata.Walk(filter, func(e odata.Expr) bool {
		if p, ok := e.(*odata.Path); ok {
			only = only && len(p.Segments) == 1 && strings.EqualFold(p.Segments[0].Name, "id")
		}
		return true
	})
	return only
}

// delta answers one page of a round: first all that is there, later what
// changed since the round before.
func (q *run) delta() (response call.Response, refused *refusal) {
	state, refused := q.deltaState()
	if refused != nil {
		return call.Response{}, refused
	}
	if !state.continues() {
		if refused = q.track(&state); refused != nil {
			return call.Response{}, refused
		}
	}
	err := q.Store.View(func(tx store.Reader) error {
		q.reader = tx
		response, refused = q.deltaPage(state)
		return nil
	})
	return response, firstOf(refused, err)
}

// track begins to record the changes of the collection, and the round.
func (q *run) track(state *deltaState) *refusal {
	var refused *refusal
	err := q.Store.Update(func(tx store.Writer) error {
		q.reader, q.writer = tx, Indexed(tx)
		defer func() { q.writer = nil }()
		if refused = q.locateTracked(); refused != nil {
			return refused
		}
		if err := tx.Track(q.place.set); err != nil {
			return err
		}
		state.Through = q.lastSeen(tx.Tick())
		return nil
	})
	return firstOf(refused, err)
}

// locateTracked finds the collection whose changes are asked for.
func (q *run) locateTracked() *refusal {
	if refused := q.locate(); refused != nil {
		return refused
	}
	if q.place.key != "" && !q.place.found {
		return q.missing(&q.place)
	}
	if q.place.ref != nil {
		return &refusal{err: grapherr.ForStatus(q.family(), 400), reason: "delta: " + q.place.set.Name + " shows links, whose entities have deltas of their own"}
	}
	return nil // of an item its drive's changes are meant
}

// deltaPage is one page of a round.
func (q *run) deltaPage(state deltaState) (call.Response, *refusal) {
	if refused := q.locateTracked(); refused != nil {
		return call.Response{}, refused
	}
	if state.Latest {
		return q.deltaAnswer(nil, state.finished()), nil
	}
	if state.Since == 0 {
		return q.deltaFirst(state)
	}
	if state.Through == 0 {
		state.Through = max(q.lastSeen(q.reader.Tick()), state.Since)
	}
	return q.deltaLater(state)
}

// lastSeen is where a round ends: with the last change, or before the first one
// that reads do not see yet, which then belongs to a later round.
func (q *run) lastSeen(tick uint64) uint64 {
	unseen := q.lagging.of(q.Call.Tenant, q.now)
	if unseen == nil {
		return tick
	}
	first := q.lagging.floor(unseen, q.place.set, q.now)
	if first == nil {
		return tick
	}
	q.note(first.reason)
	return min(tick, first.tick-1)
}

// deltaFirst lists what was there when the round began and has not changed
// since: what has is part of the next round, so that each client sees it once.
func (q *run) deltaFirst(state deltaState) (call.Response, *refusal) {
	var items []byte
	n := 0
	for e := range q.reader.Scan(q.place.set, store.Ordinal(state.At)) {
		if uint64(e.Ordinal) > state.Through {
			break
		}
		if e.Revision > state.Through || !q.matches(e) {
			continue
		}
		if n == q.size() {
			return q.deltaAnswer(items, state), nil
		}
		items = q.deltaEntity(items, e, 0)
		state.At = uint64(e.Ordinal)
		n++
	}
	return q.deltaAnswer(items, state.finished()), nil
}

// deltaLater lists what changed since the round before.
func (q *run) deltaLater(state deltaState) (call.Response, *refusal) {
	changes, err := q.reader.Changes(q.place.set, max(state.At, state.Since))
	if errors.Is(err, store.ErrForgotten) {
		return call.Response{}, q.deltaGone("the changes since then are not recorded any more")
	}
	if err != nil {
		return call.Response{}, broken(err)
	}
	var items []byte
	n := 0
	for c := range changes {
		if c.Tick > state.Through {
			break
		}
		if n == q.size() {
			return q.deltaAnswer(items, state), nil
		}
		before := len(items)
		items = q.deltaChange(items, c, state.Since)
		if len(items) > before {
			n++
		}
		state.At = c.Tick
	}
	return q.deltaAnswer(items, state.finished()), nil
}

// deltaChange appends what became of one entity; nothing when it does not
// concern the client.
func (q *run) deltaChange(b []byte, c store.Change, since uint64) []byte {
	if c.Deleted {
		if uint64(c.Ordinal) > since && !q.recycled(c.ID) {
			return b // made and deleted between two rounds
		}
		if _, err := q.reader.Get(q.place.set, c.ID); err == nil {
			return b // it is back, which is a later change
		}
		return q.deltaRemoved(b, c.ID, q.removal(c.ID))
	}
	_, e, err := q.reader.At(c.Ordinal)
	if err != nil {
		return b
	}
	if q.matches(e) {
		return q.deltaEntity(b, e, since)
	}
	if uint64(e.Ordinal) > since || q.options.filterByID {
		return b
	}
	return q.deltaRemoved(b, e.ID, "changed")
}

// recycled reports whether an entity is in the directory's bin.
func (q *run) recycled(id string) bool {
	_, err := q.reader.Get(store.SetKey{Tenant: q.Call.Tenant, Name: binName}, id)
	return err == nil
}

// removal is the reason of a removal: what is in the bin may come back (D,
// graph-behaviour §8.2).
func (q *run) removal(id string) string {
	if q.recycled(id) {
		return "changed"
	}
	return "deleted"
}

func (q *run) deltaRemoved(b []byte, id, reason string) []byte {
	b = entity.Quote(append(separated(b), `{"id":`...), id)
	if q.op.Family == openapi.FamilyFiles {
		return append(b, `,"deleted":{"state":"deleted"}}`...)
	}
	return append(append(append(b, `,"@removed":{"reason":"`...), reason...), `"}}`...)
}

// deltaEntity appends an entity as it is now, with what became of its links
// since a tick; 0 gives all of them.
func (q *run) deltaEntity(b []byte, e store.Entity, since uint64) []byte {
	b = q.own(q.annotated(append(separated(b), '{'), e, e.Type), e, true)
	for _, nav := range q.trackedLinks() {
		b = q.deltaLinks(b, e, nav, since)
	}
	return b
}

// deltaNavigations are the relations that delta tells without being asked (D,
// graph-behaviour §8.2).
var deltaNavigations = map[string][]string{
	"microsoft.graph.group":              {"members", "owners"},
	"microsoft.graph.administrativeUnit": {"members"},
	"microsoft.graph.directoryRole":      {"members"},
}

// trackedLinks are the relations that the client wants to hear of.
func (q *run) trackedLinks() []string {
	if q.place.typ == nil {
		return nil
	}
	if q.options.selection == nil {
		return deltaNavigations[q.place.typ.Name]
	}
	var list []string
	for _, name := range q.options.selection.names {
		if p := q.place.typ.Property(name); p != nil && p.Navigation {
			list = append(list, name)
		}
	}
	return list
}

// deltaLinks appends "members@delta" into the object that b ends with.
func (q *run) deltaLinks(b []byte, e store.Entity, nav string, since uint64) []byte {
	var list []byte
	if since == 0 {
		for o := range q.reader.Links(e.Ordinal, nav, 0) {
			if set, other, err := q.reader.At(o); err == nil && set.Name != binName {
				list = q.deltaLink(list, other.ID, q.linkedType(set, other), false)
			}
		}
	}
	if since > 0 {
		for c := range q.reader.LinkChanges(e.Ordinal, nav, since) {
			typ := c.Type
			if set, other, err := q.reader.At(c.To); err == nil {
				typ, c.Removed = q.linkedType(set, other), c.Removed || set.Name == binName
			}
			list = q.deltaLink(list, c.ID, typ, c.Removed)
		}
	}
	if len(list) == 0 {
		return b
	}
	b = b[:len(b)-1] // the brace
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	b = append(entity.Quote(b, nav+"@delta"), `:[`...)
	return append(append(b, list...), "]}"...)
}

func (q *run) linkedType(set store.SetKey, e store.Entity) string {
	if e.Type != "" {
		return e.Type
	}
	if t := q.homeType(set); t != nil {
		return t.Name
	}
	return ""
}

func (q *run) deltaLink(b []byte, id, typ string, removed bool) []byte {
	b = append(separated(b), '{')
	if typ != "" && !q.bare() {
		b = appendType(b, typ)
	}
	b = entity.Quote(append(b, `"id":`...), id)
	if removed {
		b = append(b, `,"@removed":{"reason":"deleted"}`...)
	}
	return append(b, '}')
}

// separated puts a comma behind what is there.
func separated(b []byte) []byte {
	if len(b) == 0 {
		return b
	}
	return append(b, ',')
}

// deltaAnswer is a page: with the link of the next, or of the next round.
func (q *run) deltaAnswer(items []byte, state deltaState) call.Response {
	q.applySize()
	b := q.open(q.deltaContext())
	name, parameter := "@odata.nextLink", "$skiptoken="
	if state.Done {
		name, parameter = "@odata.deltaLink", "$deltatoken="
	}
	b = appendLink(b, name, q.root()+q.Call.Path+"?"+parameter+url.QueryEscape(q.deltaToken(state)))
	b = append(append(b, `"value":[`...), items...)
	return q.json(q.success(200), append(b, ']', '}'))
}

// deltaContext names the set of a root collection, else the type (D,
// graph-behaviour §8.4).
func (q *run) deltaContext() string {
	if q.place.set.Parent == 0 {
		return q.place.context + q.options.contextList()
	}
	return "Collection(" + strings.TrimPrefix(q.op.Response().Name, "microsoft.graph.") + ")"
}

// deltaGone is the answer to a token that leads nowhere any more, with the URL
// to start again from (D, graph-behaviour §8.4).
func (q *run) deltaGone(reason string) *refusal {
	again := q.root() + q.Call.Path
	if kept := q.options.deltaQuery; kept != "" {
		again += "?" + kept
	}
	return &refusal{err: grapherr.ForStatus(q.family(), 410).With("Location", again), reason: "delta: " + reason}
}
