package server

import (
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/batch"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// batchWorkers is how many steps of a batch run at once. Outlook runs four of
// one mailbox (D, graph-behaviour §7).
const batchWorkers = 4

// isBatch reports whether a call addresses $batch of its version. Inside a
// batch the reader has refused it already.
func isBatch(c *call.Call) bool {
	return !c.InBatch && (strings.EqualFold(c.Path, "/$batch") || strings.EqualFold(c.Path, "/%24batch"))
}

// batch answers POST of $batch: each step goes through the request path as a
// call of its own.
func (s *Server) batch(c *call.Call) call.Response {
	if c.Method != "POST" {
		return *s.refuse(c, grapherr.MethodNotAllowed([]string{"POST"}), c.Method+" is not offered for $batch")
	}
	if c.BodyError != nil {
		return *s.untaken(c)
	}
	b, bad := batch.Parse(c.Body, c.Catalogue.Name(), s.limits.Batch)
	if bad != nil {
		return *s.refuse(c, grapherr.BadPath(bad.Message), "batch: "+strings.Join(bad.Findings, "; "))
	}
	return s.runBatch(c, b)
}

// runBatch runs the steps level by level and puts their answers in the order of
// the list.
func (s *Server) runBatch(c *call.Call, b *batch.Batch) call.Response {
	answers := make([]batch.Answer, len(b.Steps))
	var delay time.Duration
	for level := range b.Levels() {
		delay += s.runLevel(c, b, level, answers)
	}
	r := call.Response{Status: 200, Body: batch.Append(nil, answers), Delay: delay}
	r.Set("Content-Type", "application/json")
	return r
}

// runLevel runs the steps of one level, the longest wait of which it returns.
// They are described and decided in the order of the list, so that counters of
// scenarios do not depend on chance, and done concurrently.
func (s *Server) runLevel(c *call.Call, b *batch.Batch, level int, answers []batch.Answer) time.Duration {
	run := make([]func(), 0, len(b.Steps))
	for i := range b.Steps {
		step := &b.Steps[i]
		if step.Level != level {
			continue
		}
		own := s.stepCall(c, step)
		answers[i] = batch.Answer{ID: step.ID, Common: commonFields(own)}
		if refused := refusedStep(step, answers); refused != nil {
			r := s.turnDown(own, refused, step.Reason)
			answers[i].Response = &r
			continue
		}
		w := s.begin(own)
		answers[i].Sound = w.decision == nil // nobody but the engine has written the body
		run = append(run, func() {
			r := s.guard(w)
			answers[i].Response = &r
		})
	}
	together(run)
	return longestDelay(b, level, answers)
}

// together runs functions with a bound. The caller is one of those who work, so
// one function alone needs no goroutine; more workers than processors would
// only wait for each other.
func together(run []func()) {
	var wg sync.WaitGroup
	var next atomic.Int32
	work := func() {
		for i := next.Add(1) - 1; int(i) < len(run); i = next.Add(1) - 1 {
			run[i]()
		}
	}
	for range min(len(run), batchWorkers, runtime.GOMAXPROCS(0)) - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
}

// refusedStep is why a step is not run: it is no request, or what it depends on
// has failed.
func refusedStep(step *batch.Step, answers []batch.Answer) *grapherr.Error {
	if step.After >= 0 && answers[step.After].Response.Status >= 400 {
		step.Reason = "not run: the request " + quote(answers[step.After].ID) + " that it depends on has failed"
		return grapherr.FailedDependency()
	}
	return step.Refused
}

// turnDown answers a step that is not run; the journal shows it all the same.
func (s *Server) turnDown(c *call.Call, err *grapherr.Error, reason string) call.Response {
	s.describe(c)
	record := s.journal.Begin(c)
	r := *s.refuse(c, err, reason)
	record.End(&r)
	s.report(c, &r)
	return r
}

// longestDelay returns the longest wait that scenarios give to the steps of a level:
// the batch waits as long as its slowest step.
func longestDelay(b *batch.Batch, level int, answers []batch.Answer) time.Duration {
	var longest time.Duration
	for i := range answers {
		if b.Steps[i].Level == level {
			longest = max(longest, answers[i].Response.Delay)
		}
	}
	return longest
}

// stepCall is a step as a call: the caller and the tenant are the batch's, all
// else its own.
func (s *Server) stepCall(c *call.Call, step *batch.Step) *call.Call {
	_, apart := step.Header["X-Fake-Tenant"]
	for _, name := range [...]string{"Authorization", "X-Fake-Tenant", "User-Agent", "Retry-Attempt"} {
		if v := c.Header[name]; len(v) > 0 && len(step.Header[name]) == 0 {
			step.Header[name] = v
		}
	}
	own := &call.Call{
		RequestID: s.ids.next(), ClientRequestID: step.Header.Get("Client-Request-Id"), Received: s.clock.Now(),
		Method: step.Method, Origin: c.Origin, Version: c.Version, Path: step.Path, RawQuery: step.RawQuery,
		Header: step.Header, Body: step.Body, InBatch: true,
	}
	if !apart {
		own.Principal, own.Tenant = c.Principal, c.Tenant
	}
	if own.ClientRequestID == "" {
		own.ClientRequestID = c.ClientRequestID
	}
	return own
}

func commonFields(c *call.Call) []call.Field {
	return []call.Field{
		{Name: "Cache-Control", Value: "no-cache"}, {Name: "OData-Version", Value: "4.0"}, {Name: "request-id", Value: c.RequestID},
	}
}

// guard finishes a step. One that breaks the fake fails alone, in Graph's
// words, and the log has the stack: no handler above could catch it.
func (s *Server) guard(w work) (r call.Response) {
	defer func() { s.metrics.Step(w.call.Method, kindOf(w.call), r.Status) }()
	defer func() {
		if p := recover(); p != nil {
			s.metrics.Panic()
			s.log.Error().Str("method", w.call.Method).Str("path", w.call.Path).Str("request", w.call.RequestID).
				Interface("panic", p).Bytes("stack", debug.Stack()).Msg("a request of a batch broke the fake")
			r = *s.refuse(w.call, grapherr.Internal(), "fakegraph broke on this request; its log has the stack")
		}
	}()
	r = s.finish(w)
	return s.withoutFault(w.call, r)
}

// withoutFault answers a step whose connection a scenario breaks as a gateway
// does that cannot reach its service: there is no connection to break.
func (s *Server) withoutFault(c *call.Call, r call.Response) call.Response {
	if r.Fault == "" {
		return r
	}
	status := 502
	if r.Fault == "stall" {
		status = 504
	}
	return grapherr.ForStatus(family(c), status).Response(c, s.clock.Now(), r.Reason+"; inside a batch the fault "+r.Fault+" is the gateway's "+strconv.Itoa(status))
}
