package behavior

// Evidence for delta of calendarView (graph-behaviour §8.3):
//   - documented: startDateTime and endDateTime are required on the first call
//     and kept by the tokens; single events and the occurrences of series in the
//     range are told, and what leaves it is removed.
//   - assumed (2026-11): a series is told as its master and its occurrences; a
//     series that goes is removed by its master's id.

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

// CalendarViewDelta follows what happens in a range of time.
type CalendarViewDelta struct{}

var _ Tracker = CalendarViewDelta{}

// Tracked implements [Tracker].
func (CalendarViewDelta) Tracked(tx Tx) ([]Collection, *grapherr.Error) {
	if _, _, err := askedRange(tx); err != nil {
		return nil, err
	}
	all := []Collection{tx.Collection()} // what a fixture put here
	if events, ok := eventsAsked(tx); ok {
		all = append(all, events)
	}
	return all, nil
}

// Seen implements [Tracker].
func (CalendarViewDelta) Seen(tx Tx, e Entity) []Entity {
	from, to, err := askedRange(tx)
	if err != nil {
		return nil
	}
	if !present(e.Object, "start") { // only a fixture makes such a thing: it is in every range
		return []Entity{e}
	}
	var seen []Entity
	for _, h := range happenings(e, from, to) {
		if len(seen) == 0 && h.event.ID != e.ID {
			seen = append(seen, e)
		}
		seen = append(seen, h.event)
	}
	return seen
}

// EventsDelta follows the events of a calendar, each as it stands, those alone
// that happen in a range of time where one is given.
type EventsDelta struct{}

var _ Tracker = EventsDelta{}

// Tracked implements [Tracker].
func (EventsDelta) Tracked(tx Tx) ([]Collection, *grapherr.Error) {
	if ranged(tx) {
		if _, _, err := askedRange(tx); err != nil {
			return nil, err
		}
	}
	return []Collection{tx.Collection()}, nil
}

// Seen implements [Tracker].
func (EventsDelta) Seen(tx Tx, e Entity) []Entity {
	if ranged(tx) {
		if from, to, err := askedRange(tx); err != nil || len(happenings(e, from, to)) == 0 {
			return nil
		}
	}
	return []Entity{e}
}

// ranged reports whether the request names a range of time.
func ranged(tx Tx) bool {
	_, from := tx.Query("startDateTime")
	_, to := tx.Query("endDateTime")
	return from || to
}
