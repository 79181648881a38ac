package behavior

// Evidence for planner (graph-behaviour §3.7, §12):
//   - documented: ids of 28 characters; createdBy, createdDateTime, orderHint,
//     percentComplete 0, priority 5, hasDescription false, assignments {} of a
//     new task; details of tasks and plans with an ETag of their own;
//     assignments get assignedBy and assignedDateTime; order hints are not used
//     as sent; container or owner and title of a plan, name and planId of a
//     bucket, planId and title of a task are required.
//   - assumed (2026-11): the order hints that are made; with a bucket go its tasks, and
//     with a plan its buckets and tasks, as in the app.

import (
	"encoding/json"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// PlannerPlan keeps plans.
	PlannerPlan struct{}
	// PlannerBucket keeps buckets.
	PlannerBucket struct{}
	// PlannerTask keeps tasks.
	PlannerTask struct{}
	// PlannerDetails gives a plan or a task its details.
	PlannerDetails struct{}
	// PlannerTaskDetails keeps the details of tasks.
	PlannerTaskDetails struct{}
	// AssignedTasks lists the tasks assigned to a user.
	AssignedTasks struct{}
	// OwnedPlans lists the plans of a group, or of the groups of a user.
	OwnedPlans struct{}
)

var (
	_ Creator  = PlannerPlan{}
	_ Creator  = PlannerBucket{}
	_ Creator  = PlannerTask{}
	_ Updater  = PlannerTask{}
	_ Deleter  = PlannerPlan{}
	_ Deleter  = PlannerBucket{}
	_ Updater  = PlannerTaskDetails{}
	_ Supplier = PlannerDetails{}
	_ Lister   = AssignedTasks{}
	_ Lister   = OwnedPlans{}
)

// sevenDigits is how planner and applications write times (D).
const sevenDigits = "2006-01-02T15:04:05.0000000Z"

func stampPlanner(tx Tx, e *Entity) {
	e.ID = plannerID(tx)
	e.SetString("id", e.ID)
	e.SetString("createdDateTime", tx.Now().UTC().Format(sevenDigits))
	e.Set("createdBy", actor(tx))
}

// orderHint stands for "last": it grows with time.
func orderHint(now time.Time) string {
	return "85" + strings.Repeat("0", 3) + strconv.FormatInt(now.UnixMilli(), 36) + "P"
}

// settledHint turns a hint as clients send it, two hints with a blank and "!"
// behind, into one as the service returns it (D).
func settledHint(tx Tx, sent string) string {
	if sent == "" || strings.ContainsAny(sent, " !") {
		return orderHint(tx.Now())
	}
	return sent
}

func missingPlanner(name string) *grapherr.Error {
	return &grapherr.Error{Status: 400, Code: "", Message: "The request is invalid: " + name + " is required."}
}

// Create implements [Creator].
func (PlannerPlan) Create(tx Tx, e *Entity) *grapherr.Error {
	if text(e.Object, "title") == "" {
		return missingPlanner("title")
	}
	owner, container := text(e.Object, "owner"), inner(e.Object, "container")
	if container == nil {
		container = fields("containerId", quoted(owner), "type", `"group"`)
	}
	if url := text(container, "url"); url != "" && text(container, "containerId") == "" {
		container.SetString("containerId", url[strings.LastIndexByte(url, '/')+1:])
	}
	id := text(container, "containerId")
	if id == "" {
		return missingPlanner("container")
	}
	if text(container, "type") == "" {
		container.SetString("type", containerType(text(container, "url")))
	}
	if text(container, "url") == "" {
		container.SetString("url", "https://graph.microsoft.com/"+tx.Version()+"/"+containerWay(text(container, "type"))+"/"+id)
	}
	if text(container, "type") == "roster" && hasPlan(tx, id) {
		return grapherr.Conflict(tx.Family(), "The roster has a plan already.")
	}
	stampPlanner(tx, e)
	e.Set("container", container.JSON())
	e.SetString("owner", planOwner(tx, container))
	return nil
}

// Create implements [Creator].
func (PlannerBucket) Create(tx Tx, e *Entity) *grapherr.Error {
	if err := planOf(tx, e); err != nil {
		return err
	}
	if text(e.Object, "name") == "" {
		return missingPlanner("name")
	}
	stampPlanner(tx, e)
	e.Delete("createdBy")
	e.Delete("createdDateTime")
	e.SetString("orderHint", settledHint(tx, text(e.Object, "orderHint")))
	return nil
}

// Delete implements [Deleter].
func (PlannerPlan) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	if fault := plannerGoes(tx, "planner/tasks", "planId", e.ID); fault != nil {
		return false, fault
	}
	return false, plannerGoes(tx, "planner/buckets", "planId", e.ID)
}

// Delete implements [Deleter].
func (PlannerBucket) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	return false, plannerGoes(tx, "planner/tasks", "bucketId", e.ID)
}

// plannerGoes deletes what names a plan or a bucket that goes.
func plannerGoes(tx Tx, set, property, id string) *grapherr.Error {
	var gone []Ref
	for e := range tx.Having(Root(set), property, id) {
		gone = append(gone, e.Ref)
	}
	for _, ref := range gone {
		if fault := tx.Delete(ref); fault != nil {
			return fault
		}
	}
	return nil
}

func planOf(tx Tx, e *Entity) *grapherr.Error {
	id := text(e.Object, "planId")
	if id == "" {
		return missingPlanner("planId")
	}
	if _, ok := tx.Get(Root("planner/plans"), id); !ok {
		tx.Note("planId: no plan with the id " + id + ", which the service would refuse; taken, because fixtures seldom have all plans")
	}
	return nil
}

// Create implements [Creator].
func (PlannerTask) Create(tx Tx, e *Entity) *grapherr.Error {
	if err := planOf(tx, e); err != nil {
		return err
	}
	if text(e.Object, "title") == "" {
		return missingPlanner("title")
	}
	if id := text(e.Object, "bucketId"); id != "" {
		if _, ok := tx.Get(Root("planner/buckets"), id); !ok {
			tx.Note("bucketId: no bucket with the id " + id)
		}
	}
	stampPlanner(tx, e)
	for _, d := range [][2]string{
		{"orderHint", quoted(settledHint(tx, text(e.Object, "orderHint")))}, {"assigneePriority", `""`}, {"percentComplete", "0"}, {"priority", "5"},
		{"hasDescription", "false"}, {"previewType", `"automatic"`}, {"referenceCount", "0"}, {"checklistItemCount", "0"},
		{"activeChecklistItemCount", "0"}, {"appliedCategories", "{}"}, {"assignments", "{}"},
	} {
		if !present(e.Object, d[0]) || d[0] == "orderHint" {
			e.Set(d[0], []byte(d[1]))
		}
	}
	assign(tx, e)
	return startSeries(tx, nil, e)
}

// assign completes the assignments of a task, and its completion.
func assign(tx Tx, e *Entity) {
	all := inner(e.Object, "assignments")
	for i, m := range all {
		a, err := entity.Members(m.Value)
		if err != nil {
			continue
		}
		a = a.Clone()
		if !present(a, "assignedDateTime") {
			a.SetString("@odata.type", "#microsoft.graph.plannerAssignment")
			a.SetString("assignedDateTime", tx.Now().UTC().Format(sevenDigits))
			a.Set("assignedBy", actor(tx))
			a.SetString("orderHint", settledHint(tx, text(a, "orderHint")))
		}
		all[i].Value = a.JSON()
	}
	if all != nil {
		e.Set("assignments", all.JSON())
	}
	done := string(jsonOf(e.Object, "percentComplete")) == "100"
	switch {
	case done && !present(e.Object, "completedDateTime"):
		e.SetString("completedDateTime", tx.Now().UTC().Format(sevenDigits))
		e.Set("completedBy", actor(tx))
	case !done:
		e.Set("completedDateTime", json.RawMessage("null"))
		e.Set("completedBy", json.RawMessage("null"))
	}
}

// Update implements [Updater].
func (PlannerTask) Update(tx Tx, before, _ entity.Object, after *Entity) *grapherr.Error {
	assign(tx, after)
	if fault := startSeries(tx, before, after); fault != nil {
		return fault
	}
	if jsonOf(before, "percentComplete") == "100" || jsonOf(after.Object, "percentComplete") != "100" {
		return nil
	}
	return continueSeries(tx, after)
}

// Supply implements [Supplier].
func (PlannerDetails) Supply(tx Tx, owner Entity, _ string) *grapherr.Error {
	details := Below(owner.Ref, "details")
	if _, ok := tx.Get(details, ""); ok {
		return nil
	}
	members := fields("id", quoted(owner.ID), "description", `""`, "previewType", `"automatic"`, "references", "{}", "checklist", "{}")
	if strings.HasSuffix(owner.Type, ".plannerPlan") {
		members = fields("id", quoted(owner.ID), "sharedWith", "{}", "categoryDescriptions", "{}")
	}
	_, err := tx.Put(details, New(members...))
	return err
}

// List implements [Lister].
func (AssignedTasks) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	user := plannerOwner(tx)
	return func(yield func(Entity) bool) {
		for e := range tx.All(tx.Collection()) { // what a fixture put here
			if !yield(e) {
				return
			}
		}
		for e := range tx.All(Root("planner/tasks")) {
			if inner(e.Object, "assignments").Has(user.ID) && !yield(e) {
				return
			}
		}
	}, nil
}

// plannerOwner is the user or group that a planner belongs to.
func plannerOwner(tx Tx) Entity {
	owner, _ := tx.Entity(tx.Parent())
	if strings.HasSuffix(owner.Type, ".plannerUser") || strings.HasSuffix(owner.Type, ".plannerGroup") {
		owner, _ = tx.Entity(tx.Home(owner.Ref).Parent)
	}
	return owner
}

// List implements [Lister].
func (OwnedPlans) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	owner := plannerOwner(tx)
	groups := map[string]bool{owner.ID: true}
	for g := range tx.Linking(owner.Ref, "members") {
		groups[g.ID] = true
	}
	return func(yield func(Entity) bool) {
		for e := range tx.All(tx.Collection()) { // what a fixture put here
			if !yield(e) {
				return
			}
		}
		for e := range tx.All(Root("planner/plans")) {
			if groups[text(inner(e.Object, "container"), "containerId")] && !yield(e) {
				return
			}
		}
	}, nil
}

// Update implements [Updater]: a task tells how many of what its details hold.
func (PlannerTaskDetails) Update(tx Tx, _, _ entity.Object, after *Entity) *grapherr.Error {
	task, ok := tx.Entity(tx.Parent())
	if !ok {
		return nil
	}
	checklist, active := inner(after.Object, "checklist"), 0
	for _, m := range checklist {
		if item, err := entity.Members(m.Value); err == nil && !item.True("isChecked") {
			active++
		}
	}
	members := task.Object.Clone()
	members.Set("hasDescription", []byte(boolean(text(after.Object, "description") != "")))
	members.Set("checklistItemCount", []byte(strconv.Itoa(len(checklist))))
	members.Set("activeChecklistItemCount", []byte(strconv.Itoa(active)))
	members.Set("referenceCount", []byte(strconv.Itoa(len(inner(after.Object, "references")))))
	return tx.Replace(task.Ref, members)
}
