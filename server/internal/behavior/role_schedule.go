package behavior

// Evidence for requests for roles and for membership of groups for a time (pages
// post of roleAssignmentScheduleRequests, roleEligibilityScheduleRequests,
// assignmentScheduleRequests and eligibilityScheduleRequests, and the resource pages
// of schedules and instances, 2021 to 2025):
//   - documented: what a request has beside its body; one that is granted makes a
//     schedule, and an instance from its start to its end; an administrator's removal
//     and a user's deactivation take them away and are revoked; one for validation
//     makes nothing; what begins later is granted, not provisioned; an active assignment
//     makes a member or an owner of the group, and the id of its schedule names all three.
//   - assumed (2026-11): who has the role in that scope already gets
//     RoleAssignmentExists; policies do not keep anybody back and nobody has to approve;
//     what is removed need not be there; extending and renewing give the schedule its
//     new end; a request counts from the moment of its creation at the earliest.

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// ScheduleRequest asks for something for a time.
type ScheduleRequest struct {
	schedules, instances string   // sets beside that of the requests
	named                string   // property of an instance that names its schedule
	keys                 []string // what says who has what
	active               bool     // it is held, not only to be activated
	lasting              string   // set of what is held for good; "" for none

	beside Collection // of the requests
}

var (
	_ Creator = ScheduleRequest{}
	_ Created = ScheduleRequest{}
)

// home is the set of a name beside that of the requests.
func (r ScheduleRequest) home(name string) Collection {
	at := strings.LastIndexByte(r.beside.Name, '/') + 1
	return Collection{Parent: r.beside.Parent, Name: r.beside.Name[:at] + name}
}

var (
	roleKeys  = []string{"principalId", "roleDefinitionId", "directoryScopeId", "appScopeId"}
	groupKeys = []string{"accessId", "principalId", "groupId"}

	scheduleRequests = map[string]ScheduleRequest{
		"unifiedRoleAssignmentScheduleRequest": {schedules: "roleAssignmentSchedules", instances: "roleAssignmentScheduleInstances",
			named: "roleAssignmentScheduleId", keys: roleKeys, active: true, lasting: "roleAssignments"},
		"unifiedRoleEligibilityScheduleRequest": {schedules: "roleEligibilitySchedules", instances: "roleEligibilityScheduleInstances",
			named: "roleEligibilityScheduleId", keys: roleKeys},
		"privilegedAccessGroupAssignmentScheduleRequest": {schedules: "assignmentSchedules", instances: "assignmentScheduleInstances",
			named: "assignmentScheduleId", keys: groupKeys, active: true},
		"privilegedAccessGroupEligibilityScheduleRequest": {schedules: "eligibilitySchedules", instances: "eligibilityScheduleInstances",
			named: "eligibilityScheduleId", keys: groupKeys},
	}
)

// span is when a request holds; a zero end is never.
func span(o entity.Object, now time.Time) (start, end time.Time) {
	info := inner(o, "scheduleInfo")
	start = now
	if at, err := time.Parse(time.RFC3339, text(info, "startDateTime")); err == nil && at.After(now) {
		start = at
	}
	expiration := inner(info, "expiration")
	if at, err := time.Parse(time.RFC3339, text(expiration, "endDateTime")); err == nil {
		return start, at
	}
	if d, ok := lasting(text(expiration, "duration")); ok {
		return start, start.Add(d)
	}
	return start, time.Time{}
}

// removing are the actions that take something away.
var removing = map[string]bool{"adminRemove": true, "selfDeactivate": true}

// changing are those that are for what is there.
var changing = map[string]bool{"adminUpdate": true, "adminExtend": true, "adminRenew": true, "selfExtend": true, "selfRenew": true}

// Create implements [Creator].
func (r ScheduleRequest) Create(tx Tx, e *Entity) *grapherr.Error {
	if text(e.Object, "action") == "" {
		return grapherr.Invalid("directory", grapherr.Property{Name: "action", Kind: "required", Type: e.Type})
	}
	r.beside = tx.Collection()
	start, _ := span(e.Object, tx.Now())
	status := "Provisioned"
	switch action := text(e.Object, "action"); {
	case removing[action]:
		status = "Revoked"
	case start.After(tx.Now()):
		status = "Granted"
	case action == "adminAssign" && jsonOf(e.Object, "isValidationOnly") != "true" && r.has(tx, e.Object):
		return &grapherr.Error{Status: 400, Code: "RoleAssignmentExists", Message: "The Role assignment already exists."}
	}
	e.SetString("status", status)
	e.SetString("createdDateTime", instant(tx.Now()))
	e.SetString("completedDateTime", instant(start))
	e.SetString("targetScheduleId", r.scheduleID(e.Object))
	if !present(e.Object, "isValidationOnly") {
		e.Set("isValidationOnly", []byte("false"))
	}
	if !present(e.Object, "ticketInfo") {
		e.Set("ticketInfo", []byte(`{"ticketNumber":null,"ticketSystem":null}`))
	}
	e.Set("createdBy", requester(tx))
	r.begin(e, start)
	return nil
}

// begin fills in what a schedule leaves out.
func (ScheduleRequest) begin(e *Entity, start time.Time) {
	info := inner(e.Object, "scheduleInfo")
	if len(info) == 0 {
		return
	}
	info.SetString("startDateTime", instant(start))
	if expiration := inner(info, "expiration"); len(expiration) > 0 {
		for _, name := range []string{"endDateTime", "duration"} {
			if !expiration.Has(name) {
				expiration.Set(name, []byte("null"))
			}
		}
		info.Set("expiration", expiration.JSON())
	}
	if !info.Has("recurrence") {
		info.Set("recurrence", []byte("null"))
	}
	e.Set("scheduleInfo", info.JSON())
}

// Created implements [Created].
func (r ScheduleRequest) Created(tx Tx, e Entity) *grapherr.Error {
	r.beside = tx.Collection()
	action := text(e.Object, "action")
	switch {
	case jsonOf(e.Object, "isValidationOnly") == "true":
		return nil
	case removing[action]:
		return r.remove(tx, e.Object)
	case changing[action]:
		if fault := r.remove(tx, e.Object); fault != nil {
			return fault
		}
	}
	return r.provide(tx, e)
}

// has reports whether the same is held already.
func (r ScheduleRequest) has(tx Tx, o entity.Object) bool {
	for e := range tx.All(r.home(r.schedules)) {
		if r.same(e.Object, o) {
			return true
		}
	}
	return false
}

func (r ScheduleRequest) same(a, b entity.Object) bool {
	for _, key := range r.keys {
		if or(jsonOf(a, key), "") != or(jsonOf(b, key), "") {
			return false
		}
	}
	return true
}

// remove takes away what a request names.
func (r ScheduleRequest) remove(tx Tx, o entity.Object) *grapherr.Error {
	var gone []Ref
	for _, set := range []string{r.schedules, r.instances, cmp.Or(r.lasting, r.instances)} {
		for e := range tx.All(r.home(set)) {
			if r.same(e.Object, o) && !slices.Contains(gone, e.Ref) {
				gone = append(gone, e.Ref)
			}
		}
	}
	if fault := r.hold(tx, o, false); fault != nil {
		return fault
	}
	if len(gone) == 0 {
		tx.Note("nobody holds what the request takes away")
	}
	for _, ref := range gone {
		if fault := tx.Delete(ref); fault != nil {
			return fault
		}
	}
	return nil
}

// scheduleID is the id of the schedule that a request makes: the request's own, for
// groups behind whose relation it is.
func (r ScheduleRequest) scheduleID(request entity.Object) string {
	id := text(request, "id")
	if r.ofGroup() {
		return text(request, "groupId") + "_" + text(request, "accessId") + "_" + id
	}
	return id
}

func (r ScheduleRequest) ofGroup() bool { return r.keys[0] == groupKeys[0] }

// hold makes a principal a member or an owner of a group, as an active assignment says,
// or ends that.
func (r ScheduleRequest) hold(tx Tx, o entity.Object, held bool) *grapherr.Error {
	if !r.active || !r.ofGroup() {
		return nil
	}
	group, there := tx.Get(Root("groups"), text(o, "groupId"))
	principal, known := tx.Find(text(o, "principalId"))
	if !there || !known {
		return nil
	}
	navigation := text(o, "accessId") + "s"
	if !held {
		_, fault := tx.Unlink(group.Ref, navigation, principal.Ref)
		return fault
	}
	_, fault := tx.Link(group.Ref, navigation, principal.Ref)
	return fault
}

// provide makes the schedule of a request, and lets its time come.
func (r ScheduleRequest) provide(tx Tx, request Entity) *grapherr.Error {
	id := r.scheduleID(request.Object)
	o := fields("id", quoted(id), "createdUsing", quoted(request.ID), "createdDateTime", jsonOf(request.Object, "createdDateTime"), "modifiedDateTime", "null",
		"status", `"Provisioned"`, "scheduleInfo", or(jsonOf(request.Object, "scheduleInfo"), "null"), "memberType", r.word("Direct"))
	for _, key := range r.keys {
		o.Set(key, []byte(or(jsonOf(request.Object, key), "null")))
	}
	if r.active {
		kind := "Assigned"
		if text(request.Object, "action") == "selfActivate" {
			kind = "Activated"
		}
		o.Set("assignmentType", []byte(r.word(kind)))
	}
	if _, fault := tx.Insert(r.home(r.schedules), Entity{ID: id, Object: o}); fault != nil {
		return fault
	}
	start, end := span(request.Object, tx.Now())
	if fault := r.await(tx, id, "end", end); fault != nil || start.After(tx.Now()) {
		if fault == nil {
			fault = r.await(tx, id, "start", start)
		}
		return fault
	}
	return r.start(tx, o)
}

// word is a word as JSON: groups have enumerations where roles have text.
func (r ScheduleRequest) word(text string) string {
	if r.ofGroup() {
		text = strings.ToLower(text)
	}
	return quoted(text)
}

// cancelSchedule takes a request back before its time (documented: only what is
// granted or pending can be, and what is done already stays).
func cancelSchedule(tx Tx, request *Entity, _ entity.Object) (Result, *grapherr.Error) {
	request.SetString("status", "Canceled")
	r := scheduleRequests[strings.TrimPrefix(request.Type, "microsoft.graph.")]
	if start, _ := span(request.Object, tx.Now()); !start.After(tx.Now()) {
		return Result{}, nil
	}
	r.beside = tx.Home(request.Ref)
	schedule, there := tx.Get(r.home(r.schedules), r.scheduleID(request.Object))
	if !there {
		return Result{}, nil
	}
	return Result{}, tx.Delete(schedule.Ref)
}

// requester is who makes a request, as an identity set that says what it has not.
func requester(tx Tx) []byte {
	set := inner(fields("by", string(Actor(tx))), "by")
	for _, name := range []string{"application", "device", "user"} {
		if !set.Has(name) {
			set.Set(name, []byte("null"))
		}
	}
	return set.JSON()
}
