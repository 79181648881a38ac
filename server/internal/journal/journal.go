// Package journal owns what was called and what was answered: a bounded list of
// the last calls of one server, for the tester to read, wait on and clear.
//
// It must not know scenarios, identity or HTTP: what decided about a call is
// handed over as plain values, and who shows the entries is the caller's
// business. Recording costs next to nothing, because it keeps pointers only;
// entries are rendered, and secrets redacted, when somebody reads them.
//
// Start reading at [Journal.Begin] and [Record.End], then [Entry] for what a
// reader sees and redact.go for what he does not see.
package journal

import (
	"sync"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// Limits that a journal has unless told otherwise.
const (
	DefaultEntries = 2_000
	DefaultBytes   = 16 << 20
)

// maxBody is how much of one body is kept.
const maxBody = 64 << 10

// Options is what a journal is made of. The zero value works.
type Options struct {
	Entries int              // how many calls are kept; 0 means DefaultEntries
	Bytes   int              // how many bytes their bodies may hold together, headers not counted; 0 means DefaultBytes
	Now     func() time.Time // the fake's time, for durations; nil leaves them 0

	// NearMisses says which rules nearly decided about a call. It is asked when
	// somebody reads an entry, not when the call is made; nil knows of none.
	NearMisses func(*call.Call) []NearMiss
}

// Journal keeps the last calls of a server. When it is full, the oldest make
// room. It is safe for concurrent use.
type Journal struct {
	now  func() time.Time
	near func(*call.Call) []NearMiss

	mu      sync.Mutex // holds for all below; nothing is rendered under it
	ring    ring
	number  uint64        // of the last call
	dropped uint64        // calls that made room since the last Clear of all
	changed chan struct{} // closed by the next call that ends; nil while nobody waits
}

// New returns an empty journal.
func New(o Options) *Journal {
	if o.Entries <= 0 {
		o.Entries = DefaultEntries
	}
	if o.Bytes <= 0 {
		o.Bytes = DefaultBytes
	}
	if o.Now == nil {
		o.Now = func() time.Time { return time.Time{} }
	}
	if o.NearMisses == nil {
		o.NearMisses = func(*call.Call) []NearMiss { return nil }
	}
	return &Journal{now: o.Now, near: o.NearMisses, ring: ring{limit: o.Entries, budget: o.Bytes}}
}

// Begin starts the record of a call. The call belongs to the journal from here
// on: nobody may change it, its header or its body any more. A record that is
// never ended leaves no trace.
func (j *Journal) Begin(c *call.Call) *Record { return &Record{journal: j, call: c} }

// Dropped is how many calls made room for newer ones since [Journal.Clear]
// removed all.
func (j *Journal) Dropped() uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.dropped
}

// Limits are how many calls are kept, and how many bytes of their bodies.
func (j *Journal) Limits() (entries, bytes int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.ring.limit, j.ring.budget
}

// Clear forgets the calls of one tenant, or all when tenant is "". Numbers go
// on from where they were, so no two calls ever share one.
func (j *Journal) Clear(tenant string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if tenant == "" {
		j.ring.clear()
		j.dropped = 0
		return
	}
	j.ring.remove(func(r *Record) bool { return r.ofTenant(tenant) })
}

// add numbers a record that has ended and keeps it.
func (j *Journal) add(r *Record) {
	j.mu.Lock()
	j.number++
	r.number = j.number
	j.dropped += uint64(j.ring.push(r))
	changed := j.changed
	j.changed = nil
	j.mu.Unlock()
	if changed != nil {
		close(changed)
	}
}

// records returns the calls with a number above after, oldest first. Records
// do not change any more once they are in the ring, so reading needs no lock.
func (j *Journal) records(after uint64) []*Record {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.ring.after(after)
}
