// Package graph owns what OData and Graph mean by a request: it resolves the
// path to a place in the store, reads, creates, merges, deletes and invokes,
// and renders the answer with its annotations.
//
// It knows no HTTP, no tokens, no scenarios and no single resource: what one
// resource does differently is a behaviour. Start reading at [Engine.Do].
package graph

import (
	"sync"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/clock"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Engine answers calls from a store. All fields are set before the first call
// and read-only afterwards.
type Engine struct {
	Store     store.Store
	Clock     *clock.Clock
	Behaviors *behavior.Set
	NewID     func() string      // lower-case GUIDs
	Lenient   bool               // unknown properties are stored and warned of
	Secret    []byte             // seals the tokens and signs the URLs that clients bring back
	Catalogue *openapi.Catalogue // all versions of the data; nil: the call's own alone

	// Handshake proves that a URL takes a tenant's notifications, or says in
	// Graph's words why it does not, with the tester's reason; nil proves all.
	Handshake func(tenant, url string) (fault *grapherr.Error, reason string)

	views    typeViews
	conducts sync.Map // *openapi.Type -> *conduct
	specials sync.Map // *openapi.Operation -> behaviour registered by operation, or nil
	uploads  uploads
	lagging  lagging
	moves    moves
	trail    trail
}

// Request is a described, authorised call with what its body holds.
type Request struct {
	Call     *call.Call
	HasBody  bool
	Payload  entity.Object     // the body's members; nil without a body
	Findings []openapi.Finding // about the body; judged once the entity is known
	Notes    []string          // for X-Fake-Reason of an answer that succeeds

	Lag         *Lag          // of what the call changes; nil: it is seen at once
	Transitions []*Transition // that hold for the tenant
}

// Forget drops what is kept beside the store about a tenant, or about all for
// "", whose state was put back: what reads do not see yet, what waits to move on,
// and what has happened.
func (e *Engine) Forget(tenant string) {
	e.lagging.forget(tenant)
	e.moves.forget(tenant)
	e.trail.forget(tenant)
}

// Added tells of entities that came to a tenant otherwise than by a call.
func (e *Engine) Added(tenant string) { e.moves.search(tenant) }

// Do answers one call. The operation is known and the caller may use it.
func (e *Engine) Do(r Request) call.Response {
	q := begin(r.Call.Operation)
	defer q.end()
	q.Engine, q.Request, q.now, q.notes = e, r, e.nowOf(&r), r.Notes
	q.readAccept()
	response, refused := q.settled()
	if refused != nil && refused.err == nil {
		refused.err = grapherr.Internal() // a supplier was asked for where none can work
	}
	if refused != nil {
		response = refused.err.Response(r.Call, q.now, refused.reason)
		response.Findings = refused.findings
		q.tellOld(&response)
		return response
	}
	q.annotate(&response)
	q.tellOld(&response)
	return response
}

// nowOf is the time of a call: that of a read its arrival, which is known, that
// of a write when it is its turn.
func (e *Engine) nowOf(r *Request) time.Time {
	if pooled(r.Call.Operation) && !r.Call.InBatch && !r.Call.Received.IsZero() {
		return r.Call.Received
	}
	return e.Clock.Now()
}

// settled answers a call after what is due has moved on, and counts its reads.
func (q *run) settled() (call.Response, *refusal) {
	if refused := q.moveDue(); refused != nil {
		return call.Response{}, refused
	}
	response, refused := q.do()
	if q.watched == nil || len(q.watched.read) == 0 {
		return response, refused
	}
	return response, firstOf(refused, errorOf(q.move(q.moves.count(q.Call.Tenant, q.watched.read))))
}

// errorOf is a refusal as an error; nil for none.
func errorOf(r *refusal) error {
	if r == nil {
		return nil
	}
	return r
}

func (q *run) do() (call.Response, *refusal) {
	q.preferences()
	if isDelta(q.op, q.Call.Target.Segments) {
		return q.delta()
	}
	if refused := q.readOptions(); refused != nil {
		return call.Response{}, refused
	}
	if _, own := q.special().(behavior.Invoker); own {
		if q.op.Method == "GET" {
			return q.view()
		}
		return q.update()
	}
	if _, kept := q.special().(*keeping); kept && q.op.Kind != openapi.Stream {
		if q.op.Method == "GET" {
			return q.view()
		}
		return q.update()
	}
	if q.op.Kind == openapi.Action && q.op.Response().Name == sessionType {
		return q.openSession()
	}
	switch q.op.Kind {
	case openapi.List, openapi.Get, openapi.Count, openapi.Function, openapi.LinkRead:
		return q.view()
	case openapi.Create, openapi.Update, openapi.Replace, openapi.Delete, openapi.Action,
		openapi.LinkAdd, openapi.LinkSet, openapi.LinkDrop:
		return q.update()
	case openapi.Stream:
		if names, raw := propertyPath(q.Call.Target.Segments); raw && len(names) > 0 && q.op.Method == "GET" {
			return q.view() // the raw value of a property, no stream
		}
		return q.stream()
	}
	return call.Response{}, q.unserved()
}

func (q *run) view() (call.Response, *refusal) { return q.inView((*run).seek) }

func (q *run) update() (response call.Response, refused *refusal) {
	begun := *q
	for {
		response, refused = q.inUpdate(q.change)
		if q.outside == nil {
			return response, refused
		}
		if refused = q.goOutside(); refused != nil {
			return call.Response{}, refused
		}
		*q = begun
		q.returned = true
	}
}

// seek answers an operation that only reads.
func (q *run) seek() (call.Response, *refusal) {
	if _, own := q.special().(behavior.Invoker); own {
		return q.invoke()
	}
	if response, refused, done := q.byKeeper(); done {
		return response, refused
	}
	switch q.op.Kind {
	case openapi.List:
		return q.list()
	case openapi.Get, openapi.Stream:
		return q.get()
	case openapi.Count:
		return q.count()
	case openapi.LinkRead:
		return q.readLinks()
	}
	return q.invoke()
}

// change answers an operation that may write.
func (q *run) change() (call.Response, *refusal) {
	if _, own := q.special().(behavior.Invoker); own {
		return q.invoke()
	}
	if response, refused, done := q.byKeeper(); done {
		return response, refused
	}
	switch q.op.Kind {
	case openapi.Create:
		return q.create()
	case openapi.Update:
		return q.patch()
	case openapi.Replace:
		return q.put()
	case openapi.LinkAdd:
		return q.addLink()
	case openapi.LinkSet:
		return q.setLink()
	case openapi.LinkDrop:
		return q.dropLink()
	case openapi.Delete:
		return q.delete()
	}
	return q.invoke()
}

// unserved is for operations of a description whose kind has no general rule
// yet.
func (q *run) unserved() *refusal {
	return &refusal{
		err:    grapherr.ForStatus(string(q.op.Family), 501),
		reason: "fakegraph does not serve " + q.op.Method + " " + q.op.Template + " yet: no behaviour and no general rule for it",
	}
}

// firstOf prefers the refusal of a closure to the error by which it was undone.
func firstOf(refused *refusal, err error) *refusal {
	if refused != nil || err == nil {
		return refused
	}
	return &refusal{err: grapherr.Internal(), reason: "store: " + err.Error()}
}
