package control

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// clockState is the answer of GET and PUT /_fake/clock.
type clockState struct {
	Now    time.Time `json:"now"`
	Frozen bool      `json:"frozen"`
}

func (c *control) readClock(*request) reply {
	return ok(clockState{c.Clock.Now(), c.Clock.Frozen()})
}

// clockChange is the body of PUT /_fake/clock. What is absent stays.
type clockChange struct {
	Now     string `json:"now"`     // RFC 3339
	Advance string `json:"advance"` // duration; "-90s" goes back
	Frozen  *bool  `json:"frozen"`
}

func (c *control) setClock(r *request) reply {
	var change clockChange
	if err := decode(r.body, &change); err != nil {
		return problem(http.StatusBadRequest, "%v", err)
	}
	if err := c.changeClock(change); err != nil {
		return problem(http.StatusBadRequest, "%v", err)
	}
	return c.readClock(r)
}

// changeClock freezes first and thaws last, so that a time that is set together
// with frozen is exact.
func (c *control) changeClock(change clockChange) error {
	move, err := c.clockMove(change)
	if err != nil {
		return err
	}
	if change.Frozen != nil && *change.Frozen {
		c.Clock.Freeze(true)
	}
	move()
	if change.Frozen != nil && !*change.Frozen {
		c.Clock.Freeze(false)
	}
	return nil
}

// clockMove checks how the hands shall move, before anything does.
func (c *control) clockMove(change clockChange) (func(), error) {
	switch {
	case change.Now != "" && change.Advance != "":
		return nil, errors.New("now and advance exclude each other")
	case change.Now != "":
		now, err := time.Parse(time.RFC3339, change.Now)
		if err != nil {
			return nil, fmt.Errorf("now %q: want a time such as 2026-03-01T12:00:00Z", change.Now)
		}
		return func() { c.Clock.Set(now) }, checkYear(now)
	case change.Advance != "":
		by, err := time.ParseDuration(change.Advance)
		if err != nil {
			return nil, fmt.Errorf("advance %q: want a duration such as 90s or 1h30m", change.Advance)
		}
		return func() { c.Clock.Advance(by) }, checkYear(c.Clock.Now().Add(by))
	case change.Frozen == nil:
		return nil, errors.New("nothing to change (name now, advance or frozen)")
	}
	return func() {}, nil
}

// checkYear keeps the clock where timestamps can be written.
func checkYear(t time.Time) error {
	if year := t.UTC().Year(); year < 1 || year > 9998 {
		return fmt.Errorf("the clock cannot go to the year %d", year)
	}
	return nil
}
