package clock

import (
	"sync"
	"testing"
	"time"
)

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

// near reports whether a running clock shows t, give or take what a busy
// machine needs between two lines.
func near(c *Clock, t time.Time) bool {
	d := c.Now().Sub(t)
	return d >= 0 && d < 10*time.Second
}

func TestZeroRunsWithTheMachine(t *testing.T) {
	var c Clock
	if !near(&c, time.Now()) || c.Frozen() || c.Now().Location() != time.UTC {
		t.Errorf("%v, frozen %v", c.Now(), c.Frozen())
	}
}

func TestFrozen(t *testing.T) {
	var c Clock
	c.Freeze(true)
	c.Set(noon.In(time.FixedZone("", 3600)))
	if now := c.Now(); now != noon || !c.Frozen() {
		t.Errorf("set: %v", now)
	}
	c.Advance(90 * time.Second)
	c.Advance(-30 * time.Second)
	if now := c.Now(); now != noon.Add(time.Minute) || !c.Frozen() {
		t.Errorf("advanced: %v", now)
	}
	c.Freeze(true)
	if now := c.Now(); now != noon.Add(time.Minute) {
		t.Errorf("frozen again: %v", now)
	}
}

func TestRunning(t *testing.T) {
	var c Clock
	c.Set(noon)
	if !near(&c, noon) || c.Frozen() {
		t.Errorf("set: %v", c.Now())
	}
	c.Advance(time.Hour)
	if !near(&c, noon.Add(time.Hour)) {
		t.Errorf("advanced: %v", c.Now())
	}
	c.Freeze(true)
	stopped := c.Now()
	c.Freeze(false)
	if !near(&c, stopped) || c.Frozen() {
		t.Errorf("let go at %v: %v", stopped, c.Now())
	}
	before := c.Now()
	for !c.Now().After(before) {
	}
}

func TestReset(t *testing.T) {
	var c Clock
	c.Freeze(true)
	c.Set(noon)
	c.Reset()
	if c.Frozen() || !near(&c, time.Now()) {
		t.Errorf("%v, frozen %v", c.Now(), c.Frozen())
	}
}

// No step of concurrent movers is lost, and a reader never sees time outside
// of what was set.
func TestConcurrent(t *testing.T) {
	var c Clock
	c.Freeze(true)
	c.Set(noon)
	var movers sync.WaitGroup
	for range 8 {
		movers.Go(func() {
			for range 1000 {
				c.Advance(time.Second)
				if now := c.Now(); now.Before(noon) || now.After(noon.Add(8000*time.Second)) {
					t.Errorf("read %v", now)
				}
			}
		})
	}
	movers.Wait()
	if now := c.Now(); now != noon.Add(8000*time.Second) {
		t.Errorf("%v steps arrived", now.Sub(noon)/time.Second)
	}
}
