package graph

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// run is the work on one call, inside one transaction.
type run struct {
	*Engine
	Request
	op      *openapi.Operation
	now     time.Time
	options options
	form    form
	reader  store.Reader
	writer  store.Writer // nil when the operation only reads
	place   place
	walk    walk     // along the path, to place
	asides  []string // other paths at which the read looked for something that had to be supplied
	echoed  []string // navigations of a new entity that its answer shows
	whole   bool     // listed entities show theirs unasked, as single ones do
	scope   scope    // of $filter, used again for each entity

	items    []store.Entity // room for a page, when no page has it
	lastView *typeView      // how entities of a type are seen, the latest asked for
	lastType *openapi.Type

	notes   []string // for X-Fake-Reason of an answer that succeeds
	applied []string // preferences that were honoured
	tipped  bool     // the answer has a tip

	made     bool     // the place's entity is of this call
	revealed []string // properties shown without $select, because this call has changed them
	begun    bool     // the singleton that this call changes was stored by it
	warn     []string // for Warning headers

	lacking  *lacking               // what suppliers have yet to make for what is expanded; nil for nothing
	outside  func() *grapherr.Error // work that a behaviour wants done without a transaction
	returned bool                   // it was done
	told     string                 // the tester's reason for a fault of that work

	sight    sight     // of the view
	eye      eye       // that the view is seen by
	watched  *watched  // nil when nothing is to be watched in reading
	recorder *recorder // nil when nothing follows from writing
	gathered bool      // what has accrued was made
}

// runs are those of calls that have ended, to be used again: a run is the
// largest thing that a read would leave to the garbage collector.
var runs = sync.Pool{New: func() any { return new(run) }}

// begin returns a run of an operation, empty otherwise.
func begin(op *openapi.Operation) *run {
	if !pooled(op) {
		return &run{op: op}
	}
	q := runs.Get().(*run)
	q.op = op
	return q
}

// end lets the run be used for another call.
func (q *run) end() {
	if !pooled(q.op) {
		return
	}
	items := q.items[:0]
	clear(items[:cap(items)])
	*q = run{items: items, eye: q.eye}
	runs.Put(q)
}

// pooled reports whether nothing outlives the call that knows its run: what
// writes may leave work behind it, and streams go on after their answer.
func pooled(op *openapi.Operation) bool {
	return op.Kind == openapi.Get || op.Kind == openapi.List || op.Kind == openapi.Count
}

// refusal is an error in Graph's words with the tester's reason.
type refusal struct {
	err      *grapherr.Error
	reason   string
	findings []openapi.Finding
}

func (r *refusal) Error() string { return r.reason }

func (q *run) family() string { return string(q.op.Family) }

// tellOld says why a call saw an old state.
func (q *run) tellOld(r *call.Response) {
	if q.watched == nil {
		return
	}
	for _, reason := range q.watched.reasons {
		r.Reason = strings.TrimPrefix(r.Reason+"; "+reason, "; ")
	}
}

// note tells the tester of something that Graph keeps silent about.
func (q *run) note(text string) {
	if !slices.Contains(q.notes, text) {
		q.notes = append(q.notes, text)
	}
}

// annotate puts notes and warnings on an answer that succeeds.
func (q *run) annotate(r *call.Response) {
	q.unheeded()
	for i, n := range q.notes {
		if i > 0 {
			r.Reason += "; "
		}
		r.Reason += n
	}
	if len(q.applied) > 0 {
		r.Set("Preference-Applied", strings.Join(q.applied, ", "))
	}
	r.Warnings = q.warn
	r.Findings = q.Findings
}
