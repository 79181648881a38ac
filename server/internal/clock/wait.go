package clock

import (
	"context"
	"time"
)

// Wait returns nil when the fake's time has reached t, or when early has
// something to receive, and an error when ctx ends. While the clock stands
// still, only who moves it ends the wait. The zero time is never reached; early
// may be nil.
func (c *Clock) Wait(ctx context.Context, t time.Time, early <-chan struct{}) error {
	for {
		changed := c.watch()
		left := t.Sub(c.Now())
		if t.IsZero() {
			changed, left = nil, forever
		}
		if left <= 0 {
			return nil
		}
		if woken, err := c.pause(ctx, left, changed, early); woken || err != nil {
			return err
		}
	}
}

const forever = 1 << 62

// pause waits until the time is up, the clock was changed, or ctx ended; woken
// says that early ended it.
func (c *Clock) pause(ctx context.Context, left time.Duration, changed, early <-chan struct{}) (woken bool, err error) {
	var up <-chan time.Time
	if !c.Frozen() && left != forever {
		timer := time.NewTimer(left)
		defer timer.Stop()
		up = timer.C
	}
	select {
	case <-up:
	case <-changed:
	case <-early:
		return true, nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
	return false, nil
}

// watch returns a channel that the next change of the clock closes. It has to
// be asked for before the clock is read, or a change in between goes unseen.
func (c *Clock) watch() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.changed == nil {
		c.changed = make(chan struct{})
	}
	return c.changed
}

// tell ends the waits, each of which looks at the clock again.
func (c *Clock) tell() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.changed != nil {
		close(c.changed)
		c.changed = nil
	}
}
