package behavior

// Evidence for calendarView and instances (graph-behaviour §12):
//   - documented: startDateTime and endDateTime are required; what overlaps the
//     range is listed, recurring events as occurrences with seriesMasterId and
//     no recurrence, ordered by start; times without offset are UTC or of the
//     preferred zone.

import (
	"iter"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// CalendarView lists what happens in a range of time.
	CalendarView struct{}
	// EventInstances lists the occurrences of one event in a range of time.
	EventInstances struct{}
)

var (
	_ Lister = CalendarView{}
	_ Lister = EventInstances{}
)

// happening is an event at one time.
type happening struct {
	start time.Time
	event Entity
}

// List implements [Lister].
func (CalendarView) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	from, to, err := askedRange(tx)
	if err != nil {
		return nil, err
	}
	var all []happening
	all = eventsIn(tx, tx.Collection(), from, to) // what a fixture put here
	if events, ok := eventsAsked(tx); ok {
		all = append(all, eventsIn(tx, events, from, to)...)
	}
	return inOrder(tx, all), nil
}

// List implements [Lister].
func (EventInstances) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	from, to, err := askedRange(tx)
	if err != nil {
		return nil, err
	}
	e, ok := tx.Entity(tx.Parent())
	if !ok {
		return nil, itemMissing()
	}
	all := eventsIn(tx, tx.Home(e.Ref), from, to)
	return inOrder(tx, slices.DeleteFunc(all, func(h happening) bool {
		return h.event.ID != e.ID && text(h.event.Object, "seriesMasterId") != e.ID
	})), nil
}

func inOrder(tx Tx, all []happening) iter.Seq[Entity] {
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		return a.start.Compare(b.start) < 0
	})
	return func(yield func(Entity) bool) {
		for _, h := range all {
			h.event.Object = h.event.Object.Clone()
			Event{}.Read(tx, &h.event)
			if !yield(h.event) {
				return
			}
		}
	}
}

// eventsAsked are the events of the calendar that is asked for: the addressed one,
// the only one of a group, which lives in the group itself, or a user's default one.
func eventsAsked(tx Tx) (Collection, bool) {
	owner, _ := tx.Entity(tx.Parent())
	switch {
	case strings.HasSuffix(owner.Type, ".calendar"):
		return Below(owner.Ref, "events"), true
	case strings.HasSuffix(owner.Type, ".group"):
		return Below(owner.Ref, "calendar/events"), true
	}
	for c := range tx.All(Below(owner.Ref, "calendars")) {
		if c.True("isDefaultCalendar") {
			return Below(c.Ref, "events"), true
		}
	}
	return Collection{}, false
}

func askedRange(tx Tx) (from, to time.Time, fault *grapherr.Error) {
	_, place := preferredZone(tx)
	a, hasA := tx.Query("startDateTime")
	b, hasB := tx.Query("endDateTime")
	if !hasA || !hasB {
		return from, to, &grapherr.Error{Status: 400, Code: "ErrorInvalidParameter",
			Message: "This request requires a time window specified by the query string parameters StartDateTime and EndDateTime."}
	}
	from, okA := clockTime(strings.ReplaceAll(a, " ", "+"), place)
	to, okB := clockTime(strings.ReplaceAll(b, " ", "+"), place)
	if !okA || !okB {
		return from, to, &grapherr.Error{Status: 400, Code: "ErrorInvalidParameter",
			Message: "The value of the query string parameters StartDateTime or EndDateTime is invalid."}
	}
	if to.Before(from) {
		return from, to, &grapherr.Error{Status: 400, Code: "ErrorInvalidParameter", Message: "Invalid time window: the end is before the start."}
	}
	return from, to, nil
}

// happenings are the times at which an event overlaps a range.
func happenings(e Entity, from, to time.Time) []happening {
	start, okStart := plantedMoment(inner(e.Object, "start"))
	end, okEnd := plantedMoment(inner(e.Object, "end"))
	if !okStart || !okEnd {
		return nil
	}
	r, recurs := readRecurrence(e.Object)
	if !recurs {
		if overlaps(start, end, from, to) {
			return []happening{{start, e}}
		}
		return nil
	}
	var all []happening
	first := time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, time.UTC)
	for day := range r.days(first, to.AddDate(0, 0, 1)) {
		at := time.Date(day.Year(), day.Month(), day.Day(), start.Hour(), start.Minute(), start.Second(), 0, start.Location())
		if until := at.Add(end.Sub(start)); overlaps(at, until, from, to) {
			all = append(all, happening{at, occurrence(e, at, until)})
		}
	}
	return all
}

// plantedMoment is moment where a zone that nobody knows, such as one that a user
// of Outlook has made, counts as UTC: only a fixture puts such events here.
func plantedMoment(o entity.Object) (time.Time, bool) {
	if t, ok := moment(o); ok {
		return t, true
	}
	return clockTime(text(o, "dateTime"), time.UTC)
}

func overlaps(start, end, from, to time.Time) bool {
	return start.Before(to) && (end.After(from) || start.Equal(end) && !start.Before(from))
}

// occurrence is one time of a series as an event.
func occurrence(master Entity, start, end time.Time) Entity {
	e := Entity{Type: "microsoft.graph.event", Object: master.Object.Clone()}
	e.ID = occurrenceKey(master.ID, start)
	e.SetString("id", e.ID)
	e.SetString("type", "occurrence")
	e.SetString("seriesMasterId", master.ID)
	e.Set("recurrence", []byte("null"))
	e.SetString("occurrenceId", occurrenceID(master.ID, start))
	e.SetString("originalStart", start.UTC().Format(time.RFC3339))
	e.Delete("cancelledOccurrences")
	zone := text(inner(master.Object, "start"), "timeZone")
	e.Set("start", dateTimeTimeZone(start, zone))
	e.Set("end", dateTimeTimeZone(end, zone))
	return e
}
