package behavior

// Evidence for the templates of lifecycle workflows (pages
// identitygovernance-lifecycleworkflowscontainer-list-workflowtemplates of v1.0 and
// identitygovernance-workflowtemplate of the resource, 2023):
//   - documented: six templates with their ids, names, triggers and tasks, which lists
//     show with them; the arguments of tasks.
//   - assumed (2026-11): the ids of the tasks; newer templates, such as those for
//     movers, are left out.

import (
	"cmp"
	"strconv"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// workflowTemplate is what a workflow can begin as.
type workflowTemplate struct {
	id, category, name, about string
	attribute                 string // that its trigger looks at; "" where it runs on demand alone
	offset                    int    // days from it
	tasks                     []int  // among the built-in tasks
}

var workflowTemplates = []workflowTemplate{
	{"77179007-8114-41b5-922e-2e22109df41f", "joiner", "Onboard pre-hire employee",
		"Configure pre-hire tasks for onboarding employees before their first day", "employeeHireDate", -7, []int{2}},
	{"4e06785d-7c1d-4b24-b9e1-bba2b890c58b", "joiner", "Onboard new hire employee",
		"Configure new hire tasks for onboarding employees on their first day", "employeeHireDate", 0, []int{3, 1, 5}},
	{"145735f1-57cc-48c2-81ec-727f07a10096", "leaver", "Real-time employee termination",
		"Execute real-time termination tasks for employees on their last day of work", "", 0, []int{7, 10, 12}},
	{"25abd83d-3b5d-4d6f-bb9a-4ed366fd96b1", "leaver", "Pre-Offboarding of an employee",
		"Configure pre-offboarding tasks for employees before their last day of work", "employeeLeaveDateTime", -7, []int{6, 9}},
	{"e821c59e-d28c-44d7-902f-5fed05e926f1", "leaver", "Offboard an employee",
		"Configure offboarding tasks for employees on their last day of work", "employeeLeaveDateTime", 0, []int{4, 7, 10}},
	{"50149a4a-7c2d-4fd8-8018-761f4eb915cb", "leaver", "Post-Offboarding of an employee",
		"Configure offboarding tasks for employees after their last day of work", "employeeLeaveDateTime", 7, []int{11, 10, 12}},
}

// taskArguments are those of built-in tasks that templates fill in.
var taskArguments = map[int]string{
	2: `[{"name":"tapLifetimeMinutes","value":"480"},{"name":"tapIsUsableOnce","value":"true"}]`,
	5: `[{"name":"groupID","value":""}]`, 6: `[{"name":"groupID","value":""}]`, 9: `[{"name":"teamID","value":""}]`,
}

func (t workflowTemplate) row() string {
	var tasks []entity.Object
	for i, of := range t.tasks {
		built := builtInTasks[of]
		tasks = append(tasks, fields("id", quoted(policyGUID(t.id+" "+built.id)), "category", quoted(built.category), "continueOnError", "false",
			"description", quoted(built.about), "displayName", quoted(built.name), "executionSequence", strconv.Itoa(i+1), "isEnabled", "true",
			"taskDefinitionId", quoted(built.id), "arguments", cmp.Or(taskArguments[of], "[]")))
	}
	return string(fields("id", quoted(t.id), "category", quoted(t.category), "displayName", quoted(t.name), "description", quoted(t.about),
		"executionConditions", t.conditions(), "tasks", string(arrayOf(tasks))).JSON())
}

func (t workflowTemplate) conditions() string {
	kind := func(name string) string { return quoted("#" + governanceTypes + name) }
	if t.attribute == "" {
		return `{"@odata.type":` + kind("onDemandExecutionOnly") + `}`
	}
	return `{"@odata.type":` + kind("triggerAndScopeBasedConditions") +
		`,"scope":{"@odata.type":` + kind("ruleBasedSubjectSet") + `,"rule":"department eq 'Marketing'"},` +
		`"trigger":{"@odata.type":` + kind("timeBasedAttributeTrigger") + `,"timeBasedAttribute":` + quoted(t.attribute) +
		`,"offsetInDays":` + strconv.Itoa(t.offset) + `}}`
}

func standingWorkflowTemplates() Standing {
	return rowsOf("/identityGovernance/lifecycleWorkflows/workflowTemplates", workflowTemplates, workflowTemplate.row).bringing("tasks")
}

// templateRules show the tasks, in lists too.
var templateRules = &Rules{Brief: []Brief{{"tasks", []string{
	"category", "continueOnError", "description", "displayName", "executionSequence", "id", "isEnabled", "taskDefinitionId", "arguments",
}}}}
