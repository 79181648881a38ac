package graph

import (
	"net/url"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
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
	if _, follows := q.special().(behavior.Tracker); !state.continues() || follows && state.Through == 0 {
		if refused = q.track(&state); refused != nil {
			return call.Response{}, refused
		}
	}
	refused = q.supplied(func() *refusal {
		refused = nil
		err := q.Store.View(func(tx store.Reader) error {
			q.reader = tx
			response, refused = q.deltaPage(state)
			return nil
		})
		return firstOf(refused, err)
	})
	return response, refused
}

// track begins to record the changes of the collections, and the round.
func (q *run) track(state *deltaState) *refusal {
	var refused *refusal
	err := q.Store.Update(func(tx store.Writer) error {
		q.reader, q.writer = tx, Indexed(tx)
		defer func() { q.writer = nil }()
		var sets []store.SetKey
		if sets, refused = q.trackedSets(); refused != nil {
			return refused
		}
		for _, set := range sets {
			if err := tx.Track(set); err != nil {
				return err
			}
		}
		state.Through = max(q.lastSeen(tx.Tick(), sets), state.Since)
		return nil
	})
	return firstOf(refused, err)
}

// deltaPage is one page of a round.
func (q *run) deltaPage(state deltaState) (call.Response, *refusal) {
	sets, refused := q.trackedSets()
	if refused != nil {
		return call.Response{}, refused
	}
	if state.Latest {
		return q.deltaAnswer(nil, state.finished()), nil
	}
	if state.Through == 0 {
		state.Through = max(q.lastSeen(q.reader.Tick(), sets), state.Since)
	}
	p := deltaPage{run: q, state: state, size: q.size(), links: linksPerPage}
	if refused := p.fill(sets); refused != nil {
		return call.Response{}, refused
	}
	if !p.full {
		p.state = p.state.finished()
	}
	return q.deltaAnswer(p.items, p.state), nil
}

// lastSeen is where a round ends: with the last change, or before the first one
// that reads do not see yet, which then belongs to a later round.
func (q *run) lastSeen(tick uint64, sets []store.SetKey) uint64 {
	unseen := q.lagging.of(q.Call.Tenant, q.now)
	if unseen == nil {
		return tick
	}
	for _, set := range sets {
		if first := q.lagging.floor(unseen, set, q.now); first != nil {
			q.note(first.reason)
			tick = min(tick, first.tick-1)
		}
	}
	return tick
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
	name, parameter := "@odata.nextLink", "$skiptoken"
	if state.Done {
		name, parameter = "@odata.deltaLink", "$deltatoken"
	}
	if q.op.Family == openapi.FamilyFiles {
		parameter = "token" // D: pages of the deltas of driveItem, listItem and site
	}
	b = appendLink(b, name, q.root()+q.deltaPath()+"?"+parameter+"="+url.QueryEscape(q.deltaToken(state)))
	b = append(append(b, `"value":[`...), items...)
	return q.json(q.success(200), append(b, ']', '}'))
}

// deltaPath is the path of the call, without the token that its function may have
// been called with.
func (q *run) deltaPath() string {
	path := q.Call.Path
	if i := strings.LastIndexByte(path, '('); i > strings.LastIndexByte(path, '/') && len(q.Call.Target.Segments[len(q.Call.Target.Segments)-1].Args()) > 0 {
		return path[:i]
	}
	return path
}

// deltaContext names the set of a root collection, else the type (D,
// graph-behaviour §8.4).
func (q *run) deltaContext() string {
	if q.place.set.Parent == 0 {
		return q.place.context + q.options.contextList()
	}
	return "Collection(" + strings.TrimPrefix(q.op.Response().Name, "microsoft.graph.") + ")"
}

// Restart is where a client begins anew whose delta token a scenario lets
// expire; false when the call is no delta.
func (e *Engine) Restart(c *call.Call) (url string, ok bool) {
	if c.Operation == nil || !isDelta(c.Operation, c.Target.Segments) {
		return "", false
	}
	q := &run{Engine: e, Request: Request{Call: c}, op: c.Operation, now: e.Clock.Now()}
	if _, refused := q.deltaState(); refused != nil && q.options.deltaQuery == "" {
		return q.root() + c.Path, true // a token that nobody can read
	}
	return q.restart(), true
}

// restart is the URL of the first call.
func (q *run) restart() string {
	if kept := q.options.deltaQuery; kept != "" {
		return q.root() + q.Call.Path + "?" + kept
	}
	return q.root() + q.Call.Path
}

// deltaGone is the answer to a token that leads nowhere any more, with the URL
// to start again from (D, graph-behaviour §8.4).
func (q *run) deltaGone(reason string) *refusal {
	return &refusal{err: grapherr.ForStatus(q.family(), 410).With("Location", q.restart()), reason: "delta: " + reason}
}
