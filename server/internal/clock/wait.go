package clock

import (
	"context"
	"time"
)

// Wait returns when the fake's time has reached t, or with an error when ctx
// ends. While the clock stands still, only who moves it ends the wait.
func (c *Clock) Wait(ctx context.Context, t time.Time) error {
	for {
		changed := c.watch()
		left := t.Sub(c.Now())
		if left <= 0 {
			return nil
		}
		if err := c.pause(ctx, left, changed); err != nil {
			return err
		}
	}
}

// pause waits until the time is up, the clock was changed, or ctx ended.
func (c *Clock) pause(ctx context.Context, left time.Duration, changed <-chan struct{}) error {
	var up <-chan time.Time
	if !c.Frozen() {
		timer := time.NewTimer(left)
		defer timer.Stop()
		up = timer.C
	}
	select {
	case <-up:
	case <-changed:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
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
