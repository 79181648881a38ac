package behavior

// Evidence for tasks that recur (resource todoTask, v1.0 2021 to 2025):
//   - documented: a task has a pattern of recurrence.
//   - assumed (2026-11, as the To Do app does): when such a task is completed, the
//     next one is made: due on the next day of the pattern, with its other times as
//     far from that and its steps unchecked. The completed one recurs no more.

import (
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// recur makes the next task of a series when one is completed.
func recur(tx Tx, before entity.Object, done *Entity) *grapherr.Error {
	if text(before, "status") == "completed" || text(done.Object, "status") != "completed" {
		return nil
	}
	due, dated := moment(inner(done.Object, "dueDateTime"))
	day, more := nextDay(done.Object, due)
	if !dated || !more {
		return nil
	}
	next := New(done.Object.Clone()...)
	for _, name := range []string{"id", "completedDateTime", "hasAttachments", "bodyLastModifiedDateTime"} {
		next.Delete(name)
	}
	next.SetString("status", "notStarted")
	days := int(day.Sub(dateOf(due)) / (24 * time.Hour))
	for _, name := range []string{"dueDateTime", "startDateTime", "reminderDateTime"} {
		if at, ok := moment(inner(next.Object, name)); ok {
			next.Set(name, dateTimeTimeZone(at.AddDate(0, 0, days), text(inner(next.Object, name), "timeZone")))
		}
	}
	if fault := (TodoTask{}).Create(tx, &next); fault != nil {
		return fault
	}
	made, fault := tx.Insert(tx.Home(done.Ref), next)
	if fault != nil {
		return fault
	}
	done.Set("recurrence", []byte("null"))
	return repeatSteps(tx, done.Ref, made.Ref)
}

// dateOf is the day of a time in its own zone, as [recurrence.days] counts days.
func dateOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// nextDay is the first day of a pattern of recurrence after another one; false when
// nothing recurs, or no more.
func nextDay(o entity.Object, after time.Time) (time.Time, bool) {
	r, recurs := readRecurrence(o)
	if !recurs {
		return time.Time{}, false
	}
	first, err := time.Parse(time.DateOnly, r.Range.StartDate)
	if err != nil {
		first = dateOf(after)
	}
	last := dateOf(after)
	for day := range r.days(first, last.AddDate(10*r.Pattern.Interval, 0, 0)) {
		if day.After(last) {
			return day, true
		}
	}
	return time.Time{}, false
}

// repeatSteps gives a task the steps of another one, unchecked.
func repeatSteps(tx Tx, from, to Ref) *grapherr.Error {
	for step := range tx.All(Below(from, "checklistItems")) {
		again := fields("id", quoted(tx.NewID()), "displayName", jsonOf(step.Object, "displayName"),
			"isChecked", "false", "createdDateTime", quoted(nano(tx.Now())))
		if _, fault := tx.Insert(Below(to, "checklistItems"), New(again...)); fault != nil {
			return fault
		}
	}
	return nil
}
