package behavior

import (
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// awaited are the starts and ends of schedules that are to come.
var awaited = Root(HiddenPrefix + "roleSchedules")

// await remembers that a schedule starts or ends; a zero time never comes, nor does
// one below an entity, as of the roles of an application.
func (r ScheduleRequest) await(tx Tx, schedule, what string, at time.Time) *grapherr.Error {
	if at.IsZero() || r.beside.Parent != None {
		return nil
	}
	_, fault := tx.Insert(awaited, New(fields("requests", quoted(r.beside.Name), "type", quoted(r.schedules), "schedule", quoted(schedule), "what", quoted(what), "at", quoted(instant(at)))...))
	return fault
}

// start makes the instance of a schedule, and what is held for good.
func (r ScheduleRequest) start(tx Tx, schedule entity.Object) *grapherr.Error {
	_, end := span(schedule, tx.Now())
	began, until := text(inner(schedule, "scheduleInfo"), "startDateTime"), "null"
	if began == "" {
		began = instant(tx.Now())
	}
	if !end.IsZero() {
		until = quoted(instant(end))
	}
	o := fields("startDateTime", quoted(began), "endDateTime", until, "memberType", r.word("Direct"), r.named, jsonOf(schedule, "id"))
	for _, name := range append([]string{"assignmentType"}, r.keys...) {
		if schedule.Has(name) {
			o.Set(name, []byte(jsonOf(schedule, name)))
		}
	}
	if r.lasting != "" && end.IsZero() {
		held := entity.Object{}
		for _, name := range r.keys {
			held.Set(name, []byte(jsonOf(schedule, name)))
		}
		made, fault := tx.Insert(r.home(r.lasting), Entity{Object: held})
		if fault == nil {
			fault = joinRole(tx, held)
		}
		if fault != nil {
			return fault
		}
		o.SetString("roleAssignmentOriginId", made.ID)
	}
	if _, fault := tx.Insert(r.home(r.instances), Entity{Object: o}); fault != nil {
		return fault
	}
	return r.hold(tx, schedule, true)
}

// end takes a schedule away with its instance.
func (r ScheduleRequest) end(tx Tx, schedule Entity) *grapherr.Error {
	for e := range tx.All(r.home(r.instances)) {
		if text(e.Object, r.named) == schedule.ID {
			if fault := tx.Delete(e.Ref); fault != nil {
				return fault
			}
			break
		}
	}
	if fault := r.hold(tx, schedule.Object, false); fault != nil {
		return fault
	}
	return tx.Delete(schedule.Ref)
}

// RoleSchedules is the roles, for whoever asks who holds them, and the schedules
// whose time has come.
type RoleSchedules struct{ Roles Standing }

var (
	_ Supplier = RoleSchedules{}
	_ Accruing = RoleSchedules{}
)

// Accrued implements [Accruing].
func (s RoleSchedules) Accrued(tx Tx) bool {
	for range due(tx) {
		return true
	}
	return !s.there(tx)
}

func (s RoleSchedules) there(tx Tx) bool {
	if s.Roles.Navigation == "" {
		return true
	}
	_, ok := tx.Get(s.Roles.collection(None), roleTemplates[0][0])
	return ok
}

// Supply implements [Supplier].
func (s RoleSchedules) Supply(tx Tx, owner Entity, wanted string) *grapherr.Error {
	if !s.there(tx) {
		if fault := s.Roles.Supply(tx, owner, wanted); fault != nil {
			return fault
		}
	}
	for _, e := range due(tx) {
		if fault := happen(tx, e); fault != nil {
			return fault
		}
	}
	return nil
}

// due are the starts and ends whose time has come.
func due(tx Tx) (list []Entity) {
	for e := range tx.All(awaited) {
		if at, err := time.Parse(time.RFC3339, text(e.Object, "at")); err == nil && !at.After(tx.Now()) {
			list = append(list, e)
		}
	}
	return list
}

// happen does what was awaited. A schedule that is gone meanwhile has neither.
func happen(tx Tx, e Entity) *grapherr.Error {
	if fault := tx.Delete(e.Ref); fault != nil {
		return fault
	}
	for _, r := range scheduleRequests {
		if r.schedules != text(e.Object, "type") {
			continue
		}
		r.beside = Root(text(e.Object, "requests"))
		schedule, there := tx.Get(r.home(r.schedules), text(e.Object, "schedule"))
		if !there {
			return nil
		}
		if text(e.Object, "what") == "end" {
			return r.end(tx, schedule)
		}
		return r.start(tx, schedule.Object)
	}
	return nil
}

// scheduled are the registrations of what is asked for for a time.
func scheduled() (all []Registration) {
	for name, r := range scheduleRequests {
		all = append(all, Registration{Type: "microsoft.graph." + name, Behavior: r},
			Registration{Bound: "microsoft.graph." + name + "/cancel", Behavior: invoked(cancelSchedule)})
	}
	for _, set := range []string{"assignmentSchedules", "assignmentScheduleInstances", "assignmentScheduleRequests",
		"eligibilitySchedules", "eligibilityScheduleInstances", "eligibilityScheduleRequests"} {
		all = append(all, Registration{Navigation: "/identityGovernance/privilegedAccess/group/" + set, Behavior: RoleSchedules{}})
	}
	return all
}
