package graph

import (
	"iter"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
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
	reader  store.Reader
	writer  store.Writer // nil when the operation only reads
	place   place
	scope   scope    // of $filter, used again for each entity
	notes   []string // for X-Fake-Reason of an answer that succeeds
	warn    []string // for Warning headers
}

// refusal is an error in Graph's words with the tester's reason.
type refusal struct {
	err      *grapherr.Error
	reason   string
	findings []openapi.Finding
}

func (r *refusal) Error() string { return r.reason }

func (q *run) family() string { return string(q.op.Family) }

// note tells the tester of something that Graph keeps silent about.
func (q *run) note(text string) { q.notes = append(q.notes, text) }

// annotate puts notes and warnings on an answer that succeeds.
func (q *run) annotate(r *call.Response) {
	for i, n := range q.notes {
		if i > 0 {
			r.Reason += "; "
		}
		r.Reason += n
	}
	r.Warnings = q.warn
	r.Findings = q.Findings
}

// The methods below make a run the behavior.Tx of its transaction.

var _ behavior.Tx = (*run)(nil)

// Now implements [behavior.Tx].
func (q *run) Now() time.Time { return q.now }

// NewID implements [behavior.Tx].
func (q *run) NewID() string { return q.Engine.NewID() }

// Caller implements [behavior.Tx].
func (q *run) Caller() behavior.Caller {
	p := &q.Call.Principal
	return behavior.Caller{AppID: p.AppID, AppName: p.AppName, UPN: p.UPN, User: p.UPN != "" || len(p.Scopes) > 0}
}

// Siblings implements [behavior.Tx].
func (q *run) Siblings() iter.Seq[entity.Object] { return q.objects(q.place.set) }

// Children implements [behavior.Tx].
func (q *run) Children(navigation string) iter.Seq[entity.Object] {
	return q.objects(q.childSet(navigation))
}

// AddChild implements [behavior.Tx].
func (q *run) AddChild(navigation string, child entity.Object) error {
	id, _ := child.String("id")
	_, err := q.writer.Insert(q.childSet(navigation), store.Entity{ID: id, JSON: child.JSON()})
	return err
}

func (q *run) childSet(navigation string) store.SetKey {
	return store.SetKey{Tenant: q.Call.Tenant, Parent: q.place.entity.Ordinal, Name: navigation}
}

func (q *run) objects(set store.SetKey) iter.Seq[entity.Object] {
	return func(yield func(entity.Object) bool) {
		for e := range q.reader.Scan(set, 0) {
			o, err := entity.Members(e.JSON)
			if err == nil && !yield(o) {
				return
			}
		}
	}
}
