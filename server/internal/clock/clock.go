// Package clock owns the fake's time: every timestamp, expiry and window in a
// server comes from one [Clock], so that a test can freeze it or move it.
//
// It knows nothing of what the time is used for.
package clock

import (
	"sync"
	"sync/atomic"
	"time"
)

// Clock tells the fake's time: the machine's time plus an offset, or a frozen
// instant. The zero value runs with the machine. It is safe for concurrent use.
type Clock struct {
	state atomic.Pointer[state]

	mu      sync.Mutex
	changed chan struct{} // closed by the next change; nil while nobody waits
}

type state struct {
	offset time.Duration
	frozen *time.Time
}

// Now returns the fake's time in UTC.
func (c *Clock) Now() time.Time { return c.At(time.Now()) }

// At returns the fake's time at a time of the machine that was just read: for
// who needs both, and asks the machine, which takes its time, but once.
func (c *Clock) At(now time.Time) time.Time { return shown(c.state.Load(), now) }

// Frozen reports whether the clock stands still.
func (c *Clock) Frozen() bool {
	s := c.state.Load()
	return s != nil && s.frozen != nil
}

// Set moves the clock to t. A frozen clock stays frozen, a running one runs on.
func (c *Clock) Set(t time.Time) {
	c.change(func(old *state) *state { return at(t.UTC(), old) })
}

// Advance moves the clock by d, which may be negative.
func (c *Clock) Advance(d time.Duration) {
	c.change(func(old *state) *state { return at(current(old).Add(d), old) })
}

// Freeze stops the clock where it is, or lets it run on from there.
func (c *Clock) Freeze(frozen bool) {
	c.change(func(old *state) *state {
		now := current(old)
		if frozen {
			return &state{frozen: &now}
		}
		return &state{offset: time.Until(now)}
	})
}

// Reset lets the clock run with the machine again.
func (c *Clock) Reset() {
	c.state.Store(nil)
	c.tell()
}

func (c *Clock) change(next func(*state) *state) {
	for {
		old := c.state.Load()
		if c.state.CompareAndSwap(old, next(old)) {
			c.tell()
			return
		}
	}
}

func current(s *state) time.Time { return shown(s, time.Now()) }

func shown(s *state, now time.Time) time.Time {
	switch {
	case s == nil:
		return now.UTC()
	case s.frozen != nil:
		return *s.frozen
	default:
		return now.UTC().Add(s.offset)
	}
}

func at(t time.Time, old *state) *state {
	if old != nil && old.frozen != nil {
		return &state{frozen: &t}
	}
	return &state{offset: time.Until(t)}
}
