package behavior

// Evidence for lifecycle workflows (pages
// identitygovernance-lifecycleworkflowscontainer-post-workflows,
// identitygovernance-workflow-createnewversion and -activate and the resource pages of
// workflow, task, run and userProcessingResult of v1.0, 2022 to 2024):
//   - documented: what is required; the first version is 1, and a new one has the number
//     after it while the old one stays among the versions; a run on demand has a result
//     for each user; a deleted workflow is in a bin of its own and can be restored; a
//     tenant looks every three hours unless it says otherwise; the ids and names of
//     built-in tasks.
//   - assumed (2026-11): a run succeeds at once and changes no user; tasks follow each
//     other as they are listed; the parameters of built-in tasks are left out.

import (
	"encoding/json"
	"strconv"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const governanceTypes = "microsoft.graph.identityGovernance."

var workflowRules = &Rules{
	Required: []string{"category", "displayName", "executionConditions", "tasks"},
	Defaults: []Default{{"isEnabled", "true"}, {"isSchedulingEnabled", "false"}},
	Computed: []string{"version", "nextScheduleRunDateTime"},
}

// Workflow is a lifecycle workflow.
type Workflow struct{}

var _ Creator = Workflow{}

// Create implements [Creator].
func (Workflow) Create(_ Tx, e *Entity) *grapherr.Error {
	e.Set("version", []byte("1"))
	e.Set("tasks", sequenced(list(e.Object, "tasks")))
	return nil
}

// sequenced are tasks in the order of their list.
func sequenced(tasks []entity.Object) json.RawMessage {
	for i := range tasks {
		tasks[i].Set("executionSequence", strconv.AppendInt(nil, int64(i)+1, 10))
	}
	return arrayOf(tasks)
}

// workflowParts are what a version has of its workflow.
var workflowParts = []string{"category", "description", "displayName", "executionConditions", "isEnabled", "isSchedulingEnabled", "createdDateTime", "lastModifiedDateTime"}

// newVersion gives a workflow what its next version says.
func newVersion(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	number, _ := strconv.Atoi(jsonOf(bound.Object, "version"))
	number = max(number, 1)
	old := fields("versionNumber", strconv.Itoa(number))
	for _, name := range workflowParts {
		old.Set(name, []byte(or(jsonOf(bound.Object, name), "null")))
	}
	if _, fault := tx.Insert(Below(bound.Ref, "versions"), Entity{ID: strconv.Itoa(number), Object: old}); fault != nil {
		return Result{}, fault
	}
	said := inner(p, "workflow")
	for _, m := range said {
		if m.Name != "tasks" {
			bound.Set(m.Name, m.Value)
		}
	}
	bound.Set("version", strconv.AppendInt(nil, int64(number)+1, 10))
	bound.SetString("lastModifiedDateTime", instant(tx.Now()))
	return Result{Entity: bound}, replaceTasks(tx, bound.Ref, said)
}

// replaceTasks puts the tasks of a version in place of the ones before.
func replaceTasks(tx Tx, workflow Ref, said entity.Object) *grapherr.Error {
	home := Below(workflow, "tasks")
	var old []Ref
	for e := range tx.All(home) {
		old = append(old, e.Ref)
	}
	for _, ref := range old {
		if fault := tx.Delete(ref); fault != nil {
			return fault
		}
	}
	for _, task := range objects(sequenced(list(said, "tasks"))) {
		if _, fault := tx.Insert(home, Entity{Object: task}); fault != nil {
			return fault
		}
	}
	return nil
}

// activateWorkflow runs a workflow on demand for the users named.
func activateWorkflow(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	subjects, now := list(p, "subjects"), quoted(instant(tx.Now()))
	done := func(users bool) entity.Object {
		o := fields("id", quoted(tx.NewID()), "startedDateTime", now, "scheduledDateTime", now, "completedDateTime", now, "processingStatus", `"completed"`,
			"failedTasksCount", "0", "totalTasksCount", strconv.Itoa(sizeOf(tx, Below(bound.Ref, "tasks"))), "totalUnprocessedTasksCount", "0",
			"workflowExecutionType", `"onDemand"`)
		if users {
			n := strconv.Itoa(len(subjects))
			return append(o, fields("lastUpdatedDateTime", now, "failedUsersCount", "0", "successfulUsersCount", n, "totalUsersCount", n)...)
		}
		return append(o, fields("workflowVersion", or(jsonOf(bound.Object, "version"), "1"))...)
	}
	run, fault := tx.Insert(Below(bound.Ref, "runs"), Entity{Object: done(true)})
	for _, subject := range subjects {
		for _, owner := range []Ref{bound.Ref, run.Ref} {
			if fault == nil {
				fault = resultOf(tx, owner, done(false), text(subject, "id"))
			}
		}
	}
	return Result{}, fault
}

// resultOf keeps what a run has done for a user.
func resultOf(tx Tx, owner Ref, o entity.Object, user string) *grapherr.Error {
	made, fault := tx.Insert(Below(owner, "userProcessingResults"), Entity{Object: o})
	if subject, known := tx.Get(Root("users"), user); fault == nil && known {
		_, fault = tx.Link(made.Ref, "subject", subject.Ref)
	}
	return fault
}

// builtInTask is what a task of a workflow can be.
type builtInTask struct{ id, name, about, category string }

var builtInTasks = []builtInTask{
	{"3c860712-2d37-42a4-928f-5c93935d26a1", "Send onboarding reminder email", "Send onboarding reminder email to user's manager", "joiner"},
	{"70b29d51-b59a-4773-9280-8841dfd3f2ea", "Send Welcome Email", "Send welcome email to new hire", "joiner"},
	{"1b555e50-7f65-41d5-b514-5894a026d10d", "Generate TAP And Send Email", "Generate Temporary Access Pass and send via email to user's manager", "joiner"},
	{"6fc52c9d-398b-4305-9763-15f42c1676fc", "Enable User Account", "Enable user account in the directory", "joiner,leaver"},
	{"1dfdfcc7-52fa-4c2e-bf3a-e3919cc12950", "Disable User Account", "Disable user account in the directory", "joiner,leaver"},
	{"22085229-5809-45e8-97fd-270d28d66910", "Add user to groups", "Add user to selected groups", "joiner,leaver,mover"},
	{"1953a66c-751c-45e5-8bfe-01462c70da3c", "Remove user from selected groups", "Remove user from membership of selected Azure AD groups", "joiner,leaver,mover"},
	{"b3a31406-2a15-4c9a-b25b-a658fa5f07fc", "Remove user from all groups", "Remove user from all Azure AD groups memberships", "leaver"},
	{"e440ed8d-25a1-4618-84ce-091ed5be5594", "Add user to teams", "Add user to selected Teams", "joiner,leaver,mover"},
	{"06aa7acb-01af-4824-8899-b14e5ed788d6", "Remove user from selected Teams", "Remove user from membership of selected Teams", "joiner,leaver,mover"},
	{"81f7b200-2816-4b3b-8c5d-dc556f07b024", "Remove user from all Teams", "Remove user from all Teams memberships", "leaver"},
	{"8fa97d28-3e52-4985-b3a9-a1126f9b8b4e", "Remove all licenses for user", "Remove all licenses assigned to the user", "leaver"},
	{"8d18588d-9ad3-4c0f-99d0-ec215f0e3dff", "Delete User Account", "Delete user account in Azure AD", "leaver"},
	{"52853a3e-f4e5-4eb8-bb24-1ac09a1da935", "Send email before user's last day", "Send offboarding email to user's manager before the last day of work", "leaver"},
	{"9c0a1eaf-5bda-4392-9d9e-6e155bb57411", "Send email on user's last day", "Send offboarding email to user's manager on the last day of work", "leaver"},
	{"6f22ddd4-b3a5-47a4-a846-0d7c201a49ce", "Send offboarding email to user's manager after last day", "Send offboarding email to user's manager after the last day of work", "leaver"},
	{"4262b724-8dba-4fad-afc3-43fcbb497a0e", "Run a Custom Task Extension", "Run a Custom Task Extension to callout to an external system.", "joiner,leaver,mover"},
}

func standingGovernance() []Standing {
	return []Standing{
		standingFlowAttributes, standingWorkflowTemplates(), standingPublishing(),
		alone("microsoft.graph.servicePrincipal/synchronization", `{"id":"synchronization"}`),
		alone("microsoft.graph.synchronizationJob/schema", `{"id":"schema","synchronizationRules":[]}`),
		alone("microsoft.graph.security.ediscoveryCase/settings", caseSettings),
		alone("/identityGovernance/lifecycleWorkflows/settings", `{"id":"settings","workflowScheduleIntervalInHours":3,"emailSettings":{"senderDomain":"","useCompanyBranding":false}}`),
		rowsOf("/identityGovernance/lifecycleWorkflows/taskDefinitions", builtInTasks, func(t builtInTask) string {
			return string(fields("id", quoted(t.id), "displayName", quoted(t.name), "description", quoted(t.about), "category", quoted(t.category),
				"continueOnError", "false", "version", "1", "parameters", "[]").JSON())
		}),
	}
}
