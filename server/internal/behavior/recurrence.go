package behavior

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// recurrence is a patternedRecurrence, read.
type recurrence struct {
	Pattern struct {
		Type           string   `json:"type"`
		Interval       int      `json:"interval"`
		Month          int      `json:"month"`
		DayOfMonth     int      `json:"dayOfMonth"`
		DaysOfWeek     []string `json:"daysOfWeek"`
		FirstDayOfWeek string   `json:"firstDayOfWeek"`
		Index          string   `json:"index"`
	} `json:"pattern"`
	Range struct {
		Type                string `json:"type"`
		StartDate           string `json:"startDate"`
		EndDate             string `json:"endDate"`
		NumberOfOccurrences int    `json:"numberOfOccurrences"`
	} `json:"range"`
}

var weekdays = map[string]time.Weekday{
	"sunday": time.Sunday, "monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday,
	"thursday": time.Thursday, "friday": time.Friday, "saturday": time.Saturday,
}

var weekIndexes = map[string]int{"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}

// readRecurrence reads an event's recurrence; false when it has none.
func readRecurrence(o entity.Object) (*recurrence, bool) {
	raw, ok := o.Get("recurrence")
	r := &recurrence{}
	if !ok || string(raw) == "null" || json.Unmarshal(raw, r) != nil {
		return nil, false
	}
	r.Pattern.Interval = max(r.Pattern.Interval, 1)
	return r, true
}

// completeRecurrence fills what a client left out of a recurrence: the beginning
// and the zone come from the event's start, the rest is what the service shows of
// a part that the pattern does not use (D, page of user post events; the end of a
// range without one R, 0001-01-01).
func completeRecurrence(e *Entity) {
	r := inner(e.Object, "recurrence")
	span, pattern, start := inner(r, "range"), inner(r, "pattern"), inner(e.Object, "start")
	fillTexts(&span, "startDate", strings.Split(text(start, "dateTime"), "T")[0], "recurrenceTimeZone", text(start, "timeZone"))
	if !strings.EqualFold(text(span, "type"), "endDate") {
		fillTexts(&span, "endDate", "0001-01-01")
	}
	fillTexts(&pattern, "firstDayOfWeek", "sunday", "index", "first")
	fillZeros(&span, "numberOfOccurrences")
	fillZeros(&pattern, "month", "dayOfMonth")
	r.Set("range", span.JSON())
	r.Set("pattern", pattern.JSON())
	e.Set("recurrence", r.JSON())
}

// fillTexts sets members that are not there, by pairs of name and value.
func fillTexts(o *entity.Object, pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		if text(*o, pairs[i]) == "" {
			o.SetString(pairs[i], pairs[i+1])
		}
	}
}

func fillZeros(o *entity.Object, names ...string) {
	for _, name := range names {
		if !present(*o, name) {
			o.Set(name, []byte("0"))
		}
	}
}

// days yields the days of a recurrence from its first one on, in order, until a
// bound. Days are counted in the event's own zone, at noon UTC.
func (r *recurrence) days(first, until time.Time) func(yield func(time.Time) bool) {
	return func(yield func(time.Time) bool) {
		last := until
		if end, err := time.Parse(time.DateOnly, r.Range.EndDate); err == nil && strings.EqualFold(r.Range.Type, "endDate") && end.Before(last) {
			last = end
		}
		left := -1
		if strings.EqualFold(r.Range.Type, "numbered") {
			left = r.Range.NumberOfOccurrences
		}
		for step := 0; left != 0; step++ {
			days, begin := r.period(first, step)
			if begin.After(last) {
				return
			}
			for _, d := range days {
				if d.Before(first) || left == 0 {
					continue
				}
				if d.After(last) || !yield(d) {
					return
				}
				left--
			}
		}
	}
}

// period lists the days of one step of the pattern, and when it begins.
func (r *recurrence) period(first time.Time, step int) ([]time.Time, time.Time) {
	n := step * r.Pattern.Interval
	switch strings.ToLower(r.Pattern.Type) {
	case "weekly":
		back := (int(first.Weekday()) - int(weekdays[strings.ToLower(r.Pattern.FirstDayOfWeek)]) + 7) % 7
		begin := first.AddDate(0, 0, 7*n-back)
		return r.week(begin, first.Weekday()), begin
	case "absolutemonthly":
		begin := time.Date(first.Year(), first.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		return dayOf(begin, r.Pattern.DayOfMonth), begin
	case "relativemonthly":
		begin := time.Date(first.Year(), first.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		return r.nth(begin), begin
	case "absoluteyearly":
		begin := time.Date(first.Year()+n, time.Month(r.Pattern.Month), 1, 0, 0, 0, 0, time.UTC)
		return dayOf(begin, r.Pattern.DayOfMonth), begin
	case "relativeyearly":
		begin := time.Date(first.Year()+n, time.Month(r.Pattern.Month), 1, 0, 0, 0, 0, time.UTC)
		return r.nth(begin), begin
	}
	day := first.AddDate(0, 0, n)
	return []time.Time{day}, day
}

func (r *recurrence) week(begin time.Time, otherwise time.Weekday) []time.Time {
	var days []time.Time
	for i := range 7 {
		d := begin.AddDate(0, 0, i)
		if r.on(d.Weekday()) || len(r.Pattern.DaysOfWeek) == 0 && d.Weekday() == otherwise {
			days = append(days, d)
		}
	}
	return days
}

func (r *recurrence) on(day time.Weekday) bool {
	return slices.ContainsFunc(r.Pattern.DaysOfWeek, func(name string) bool {
		d, ok := weekdays[strings.ToLower(name)]
		return ok && d == day
	})
}

// dayOf is a day of a month; of a shorter month the last one.
func dayOf(month time.Time, day int) []time.Time {
	last := month.AddDate(0, 1, -1).Day()
	return []time.Time{month.AddDate(0, 0, min(max(day, 1), last)-1)}
}

// nth is the first to last day of a month that is one of some weekdays.
func (r *recurrence) nth(month time.Time) []time.Time {
	var days []time.Time
	for d := month; d.Month() == month.Month(); d = d.AddDate(0, 0, 1) {
		if r.on(d.Weekday()) {
			days = append(days, d)
		}
	}
	i, ok := weekIndexes[strings.ToLower(r.Pattern.Index)]
	if !ok {
		i = 0
	}
	if i < 0 {
		i = len(days) - 1
	}
	if i < 0 || i >= len(days) {
		return nil
	}
	return days[i : i+1]
}
