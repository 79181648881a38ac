package behavior

// Evidence for requests of entitlement management (pages
// entitlementmanagement-post-assignmentrequests and -post-resourcerequests of v1.0,
// accesspackageassignmentrequest-post and accesspackageresourcerequest-post of beta, 2021
// to 2024):
//   - documented: a request is submitted and accepted; one of an administrator brings an
//     assignment to its package, policy and target, and a subject for a user who is none
//     yet; a removal names the assignment; a resource is delivered to its catalog at once.
//   - assumed (2026-11): a request is delivered a second of the fake's clock after it was
//     made; an assignment that is removed has expired; who asks for himself gets it where
//     the policy wants no approval, else the request waits; roles of a group are Member and
//     Owner, and of an application those that it publishes.

import (
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const (
	entitlementPath = "identityGovernance/entitlementManagement/"
	deliveryTime    = time.Second
)

// entitlementWords are what one version calls things.
type entitlementWords struct {
	assignment, assignments, policies, packages  string
	requestState, requestStatus, completed       string
	state, status                                string
	subjects                                     string
	submitted, delivered, pending, held, fallen  string
	catalogs, resource, resources, roles, scopes string
	policy                                       string
}

var (
	stableWords = entitlementWords{
		assignment: "assignment", assignments: "assignments", policies: "assignmentPolicies", packages: "accessPackages",
		requestState: "state", requestStatus: "status", completed: "completedDateTime", state: "state", status: "status", subjects: "subjects",
		submitted: "submitted", delivered: "delivered", pending: "pendingApproval", held: "delivered", fallen: "expired",
		catalogs: "catalogs", resource: "resource", resources: "resources", roles: "roles", scopes: "scopes", policy: "assignmentPolicy",
	}
	betaWords = entitlementWords{
		assignment: "accessPackageAssignment", assignments: "accessPackageAssignments", policies: "accessPackageAssignmentPolicies", packages: "accessPackages",
		requestState: "requestState", requestStatus: "requestStatus", completed: "completedDate", state: "assignmentState", status: "assignmentStatus", subjects: "subjects",
		submitted: "Submitted", delivered: "Delivered", pending: "PendingApproval", held: "Delivered", fallen: "Expired",
		catalogs: "accessPackageCatalogs", resource: "accessPackageResource", resources: "accessPackageResources",
		roles: "accessPackageResourceRoles", scopes: "accessPackageResourceScopes", policy: "accessPackageAssignmentPolicy",
	}
)

func wordsOf(tx Tx) entitlementWords {
	if tx.Version() == "beta" {
		return betaWords
	}
	return stableWords
}

// openSchedule is the schedule of a request that names none.
const openSchedule = `{"startDateTime":null,"recurrence":null,"expiration":{"endDateTime":null,"duration":null,"type":"notSpecified"}}`

var assignmentRequestRules = &Rules{Required: []string{"requestType"}, Defaults: []Default{{"answers", "[]"}, {"schedule", openSchedule}}}

// AssignmentRequest asks for a package, or for its end.
type AssignmentRequest struct{}

var (
	_ Creator = AssignmentRequest{}
	_ Created = AssignmentRequest{}
	_ Reader  = AssignmentRequest{}
)

// Create implements [Creator].
func (AssignmentRequest) Create(tx Tx, e *Entity) *grapherr.Error {
	w := wordsOf(tx)
	e.SetString(w.requestState, w.submitted)
	e.SetString(w.requestStatus, "Accepted")
	return nil
}

// Read implements [Reader].
func (AssignmentRequest) Read(tx Tx, e *Entity) {
	w := wordsOf(tx)
	if text(e.Object, w.requestState) == w.submitted && passed(tx, e, "createdDateTime", deliveryTime) {
		e.SetString(w.requestState, w.delivered)
		e.SetString(w.requestStatus, "Delivered")
		e.SetString(w.completed, text(e.Object, "createdDateTime"))
	}
}

// Created implements [Created].
func (AssignmentRequest) Created(tx Tx, e Entity) *grapherr.Error {
	w := wordsOf(tx)
	asked, ok := only(tx, e.Ref, w.assignment)
	if !ok {
		return nil
	}
	switch kind := text(lowered(e.Object), "requestType"); kind {
	case "adminAdd", "AdminAdd":
		return assignPackage(tx, e, asked.Object)
	case "userAdd", "UserAdd":
		if needsApproval(tx, asked.Object) {
			o := e.Object.Clone()
			o.SetString(w.requestState, w.pending)
			return tx.Replace(e.Ref, o)
		}
		return assignPackage(tx, e, asked.Object)
	case "adminRemove", "AdminRemove", "userRemove", "UserRemove":
		return endAssignment(tx, asked.ID)
	}
	return nil
}

// only is what a single-valued navigation leads to or contains.
func only(tx Tx, from Ref, navigation string) (Entity, bool) {
	if e, ok := firstLinked(tx, from, navigation); ok {
		return e, true
	}
	return tx.Get(Below(from, navigation), "")
}

// needsApproval reports whether a policy wants a request to be approved.
func needsApproval(tx Tx, asked entity.Object) bool {
	policy, ok := tx.Get(Root(entitlementPath+wordsOf(tx).policies), text(asked, "assignmentPolicyId"))
	if !ok {
		return false
	}
	settings := inner(policy.Object, "requestApprovalSettings")
	return jsonOf(settings, "isApprovalRequiredForAdd") == "true" || jsonOf(settings, "isApprovalRequired") == "true"
}

// assignPackage makes the assignment that a request asks for.
func assignPackage(tx Tx, request Entity, asked entity.Object) *grapherr.Error {
	w := wordsOf(tx)
	o := fields("id", quoted(tx.NewID()), w.state, quoted(w.held), w.status, `"Delivered"`, "expiredDateTime", "null",
		"schedule", or(jsonOf(request.Object, "schedule"), openSchedule), "customExtensionCalloutInstances", "[]")
	for _, name := range []string{"accessPackageId", "assignmentPolicyId", "targetId"} {
		o.Set(name, []byte(or(jsonOf(asked, name), "null")))
	}
	if tx.Version() == "beta" {
		o.Set("isExtended", []byte("false"))
	}
	made, fault := tx.Insert(Root(entitlementPath+w.assignments), Entity{Object: o})
	if fault != nil {
		return fault
	}
	for _, end := range [][3]string{{"accessPackage", w.packages, "accessPackageId"}, {w.policy, w.policies, "assignmentPolicyId"}} {
		if to, ok := tx.Get(Root(entitlementPath+end[1]), text(asked, end[2])); ok {
			if _, fault := tx.Link(made.Ref, end[0], to.Ref); fault != nil {
				return fault
			}
		}
	}
	subject, ok, fault := subjectOf(tx, text(asked, "targetId"))
	if ok && fault == nil {
		_, fault = tx.Link(made.Ref, "target", subject.Ref)
	}
	return fault
}

// subjectOf is the subject of a user, who becomes one if he is none.
func subjectOf(tx Tx, id string) (Entity, bool, *grapherr.Error) {
	subjects := Root(entitlementPath + wordsOf(tx).subjects)
	if known, ok := tx.By(subjects, "objectId", id); ok {
		return known, true, nil
	}
	user, ok := tx.Get(Root("users"), id)
	if !ok {
		return Entity{}, false, nil
	}
	made, fault := tx.Insert(subjects, Entity{Object: fields("id", quoted(tx.NewID()), "objectId", quoted(user.ID),
		"displayName", or(jsonOf(user.Object, "displayName"), "null"), "email", or(jsonOf(user.Object, "mail"), "null"),
		"principalName", or(jsonOf(user.Object, "userPrincipalName"), "null"), "onPremisesSecurityIdentifier", "null", "subjectLifecycle", `"notGoverned"`, kindOfSubject(tx), `"user"`)})
	return made, true, fault
}

func kindOfSubject(tx Tx) string {
	if tx.Version() == "beta" {
		return "type"
	}
	return "subjectType"
}

// endAssignment lets an assignment expire.
func endAssignment(tx Tx, id string) *grapherr.Error {
	w := wordsOf(tx)
	held, ok := tx.Get(Root(entitlementPath+w.assignments), id)
	if !ok {
		tx.Note("no assignment has the id that the removal names")
		return nil
	}
	o := held.Object.Clone()
	o.SetString(w.state, w.fallen)
	o.SetString(w.status, "Expired")
	o.SetString("expiredDateTime", instant(tx.Now()))
	return tx.Replace(held.Ref, o)
}
