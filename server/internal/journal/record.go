package journal

import (
	"bytes"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// Record is one call while it is under way. Until End it belongs to one
// goroutine; after it, to the journal.
type Record struct {
	journal    *Journal
	call       *call.Call
	response   *call.Response // nil when there was no answer
	ended      time.Time
	number     uint64
	early      time.Duration // how much sooner than told the client retried
	delivery   *Delivery     // nil for a request of a client
	rule       Rule          // zero when no rule decided
	permission Permission    // Source is "" when none was checked
	held       int           // bytes that the bodies hold
	size       [2]int        // of the bodies of request and response, as they were
}

// Decided notes the rule that decided about the call.
func (r *Record) Decided(rule Rule) { r.rule = rule }

// RetriedEarly notes how much sooner the client came than it was told to.
func (r *Record) RetriedEarly(by time.Duration) { r.early = by }

// Checked notes how the check of permissions came out. The slices belong to
// the journal from here on.
func (r *Record) Checked(p Permission) { r.permission = p }

// End puts the call into the journal with its answer, nil when there was none.
// The response belongs to the journal from here on: nobody may change it, its
// header or its body, nor put any of them into a pool. End is called once.
func (r *Record) End(resp *call.Response) {
	r.ended = r.journal.now()
	r.keepRequest()
	r.keepResponse(resp)
	r.journal.add(r)
}

// keepRequest leaves a large body to the garbage collector: a copy of the call
// stands in for it, with the body's beginning.
func (r *Record) keepRequest() {
	body := r.call.Body
	r.size[0] = len(body)
	if content := r.call.Content; content != nil {
		r.size[0] = max(int(content.Length), 0)
	}
	if cap(body) > maxBody || r.call.Content != nil {
		c := *r.call
		c.Body, c.Content = beginning(body), nil
		r.call, body = &c, c.Body
	}
	r.held += cap(body)
}

// keepResponse is keepRequest for the answer.
func (r *Record) keepResponse(resp *call.Response) {
	if r.response = resp; resp == nil {
		return
	}
	body := resp.Body
	r.size[1] = len(body) + int(resp.Length)
	if cap(body) > maxBody || resp.Stream != nil {
		short := *resp
		short.Body, short.Stream = beginning(body), nil
		r.response, body = &short, short.Body
	}
	r.held += cap(body)
}

// beginning copies as much of a body as is kept.
func beginning(body []byte) []byte { return bytes.Clone(body[:min(len(body), maxBody)]) }

// ofTenant reports whether the call worked on a tenant.
func (r *Record) ofTenant(tenant string) bool { return strings.EqualFold(r.call.Tenant, tenant) }

// status is the answer's, 0 when there was none.
func (r *Record) status() int {
	if r.response == nil {
		return 0
	}
	return r.response.Status
}

// path is the call's path with its version, as scenarios match it.
func (r *Record) path() string {
	if r.call.Version == "" {
		return r.call.Path
	}
	return "/" + r.call.Version + r.call.Path
}
