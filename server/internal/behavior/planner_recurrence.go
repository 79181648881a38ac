package behavior

// Evidence for tasks of planner that recur (resources plannerTaskRecurrence and
// plannerRecurrenceSchedule, beta 2022 to 2024):
//   - documented: who gives a task a schedule starts a series: it gets an id, the task
//     is its first, and the series begins with the schedule's start; the service works
//     out the next occurrence; a task that is completed or deleted while its series
//     goes on makes the next one, due then, which names the one before and is named by
//     it; without a schedule the series ends, and recurrence cannot become null again.
//   - assumed (2026-11): the next task has the title, bucket, assignments, categories,
//     description and unchecked checklist of the one before; the pattern is counted
//     from its start.

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var _ Deleter = PlannerTask{}

// seriesMembers are those of a recurrence that the service alone sets.
var seriesMembers = []string{"seriesId", "occurrenceId", "previousInSeriesTaskId", "nextInSeriesTaskId", "recurrenceStartDateTime"}

// startSeries completes what a client says of a task's recurrence.
func startSeries(tx Tx, before entity.Object, e *Entity) *grapherr.Error {
	was, r := inner(before, "recurrence"), inner(e.Object, "recurrence")
	if len(r) == 0 {
		if len(was) > 0 {
			return &grapherr.Error{Status: 400, Message: "The request is invalid: recurrence cannot be set to null, its schedule can."}
		}
		return nil
	}
	for _, name := range seriesMembers {
		r.Delete(name)
		if raw, ok := was.Get(name); ok {
			r.Set(name, raw)
		}
	}
	schedule := inner(r, "schedule")
	if len(schedule) == 0 {
		e.Set("recurrence", r.JSON())
		return nil
	}
	if text(schedule, "patternStartDateTime") == "" || len(inner(schedule, "pattern")) == 0 {
		return missingPlanner("recurrence.schedule")
	}
	provide(&r, []Default{{"seriesId", quoted(seriesID(tx))}, {"occurrenceId", "1"}, {"previousInSeriesTaskId", "null"},
		{"nextInSeriesTaskId", "null"}, {"recurrenceStartDateTime", jsonOf(schedule, "patternStartDateTime")}})
	scheduleNext(e, r)
	return nil
}

// scheduleNext works out when the series of a task goes on.
func scheduleNext(e *Entity, r entity.Object) {
	schedule := inner(r, "schedule")
	schedule.Set("nextOccurrenceDateTime", []byte("null"))
	if start, err := time.Parse(time.RFC3339, text(schedule, "patternStartDateTime")); err == nil {
		after := start
		if due, err := time.Parse(time.RFC3339, text(e.Object, "dueDateTime")); err == nil {
			after = due
		}
		if day, more := nextDay(asRecurrence(schedule), after.UTC()); more {
			schedule.SetString("nextOccurrenceDateTime", onDay(day, start.UTC()))
		}
	}
	r.Set("schedule", schedule.JSON())
	e.Set("recurrence", r.JSON())
}

// seriesID is a new id of a series.
func seriesID(tx Tx) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strings.ReplaceAll(tx.NewID(), "-", ""))[:16])
}

// asRecurrence is a schedule as a recurrence that begins with it and does not end.
func asRecurrence(schedule entity.Object) entity.Object {
	day, _, _ := strings.Cut(text(schedule, "patternStartDateTime"), "T")
	return fields("recurrence", `{"pattern":`+jsonOf(schedule, "pattern")+`,"range":{"type":"noEnd","startDate":`+quoted(day)+`}}`)
}

// onDay is the time of day of another time on a day.
func onDay(day, clock time.Time) string {
	return time.Date(day.Year(), day.Month(), day.Day(), clock.Hour(), clock.Minute(), clock.Second(), 0, time.UTC).Format(time.RFC3339)
}

// continueSeries makes the next task of the series of one that is done with.
func continueSeries(tx Tx, done *Entity) *grapherr.Error {
	r := inner(done.Object, "recurrence")
	due := text(inner(r, "schedule"), "nextOccurrenceDateTime")
	if due == "" || present(r, "nextInSeriesTaskId") {
		return nil
	}
	next := New(done.Object.Clone()...)
	for _, name := range []string{"percentComplete", "completedDateTime", "completedBy", "startDateTime", "referenceCount", "recurrence"} {
		next.Delete(name)
	}
	next.SetString("dueDateTime", due)
	next.Set("activeChecklistItemCount", []byte(jsonOf(next.Object, "checklistItemCount")))
	if fault := (PlannerTask{}).Create(tx, &next); fault != nil {
		return fault
	}
	following := r.Clone()
	following.Set("occurrenceId", []byte(strconv.Itoa(number(r, "occurrenceId", 1)+1)))
	following.SetString("previousInSeriesTaskId", done.ID)
	scheduleNext(&next, following)
	made, fault := tx.Insert(Root("planner/tasks"), next)
	if fault != nil {
		return fault
	}
	r.SetString("nextInSeriesTaskId", made.ID)
	done.Set("recurrence", r.JSON())
	return repeatDetails(tx, done.Ref, made)
}

// repeatDetails gives the next task of a series what the details of the last one say.
func repeatDetails(tx Tx, from Ref, next Entity) *grapherr.Error {
	details, ok := tx.Get(Below(from, "details"), "")
	if !ok {
		return nil
	}
	again := details.Object.Clone()
	again.SetString("id", next.ID)
	again.Set("references", []byte("{}"))
	checklist := inner(again, "checklist")
	for i, m := range checklist {
		if item, err := entity.Members(m.Value); err == nil {
			item = item.Clone()
			item.Set("isChecked", []byte("false"))
			checklist[i].Value = item.JSON()
		}
	}
	again.Set("checklist", checklist.JSON())
	_, fault := tx.Put(Below(next.Ref, "details"), New(again...))
	return fault
}

// Delete implements [Deleter]: a series goes on without the task.
func (PlannerTask) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	return false, continueSeries(tx, &e)
}
