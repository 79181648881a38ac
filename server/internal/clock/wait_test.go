package clock_test

import (
	"context"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/clock"
)

// A wait on a clock that stands still ends when somebody moves it far enough.
func TestWaitFrozen(t *testing.T) {
	c := new(clock.Clock)
	c.Freeze(true)
	until := c.Now().Add(time.Hour)
	done := make(chan error, 1)
	go func() { done <- c.Wait(context.Background(), until, nil) }()
	c.Advance(time.Minute)
	select {
	case err := <-done:
		t.Fatalf("ended too early: %v", err)
	case <-time.After(10 * time.Millisecond):
	}
	c.Advance(time.Hour)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// A running clock needs nobody.
func TestWaitRunning(t *testing.T) {
	c := new(clock.Clock)
	if err := c.Wait(context.Background(), c.Now().Add(time.Millisecond), nil); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := c.Wait(ctx, c.Now().Add(time.Hour), nil); err != context.Canceled {
		t.Errorf("%v", err)
	}
	early := make(chan struct{}, 1)
	early <- struct{}{}
	if err := c.Wait(context.Background(), time.Time{}, early); err != nil {
		t.Error(err)
	}
}
