package behavior

// Evidence for assignments and submissions (pages educationclass-post-assignments,
// educationassignment-publish, -setupresourcesfolder and
// -setupfeedbackresourcesfolder, v1.0 2021 to 2025):
//   - documented: an assignment begins as a draft of its class, and tells who made it;
//     publishing it gives each student a submission, which is being worked on; a
//     folder for resources has an address, and is made once; what is handed in keeps
//     copies of its resources.
//   - assumed (2026-11): the folders are in the drive of who makes them; students are
//     the members of the class who do not teach it.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Assignment keeps the assignments of classes.
type Assignment struct{}

var _ Creator = Assignment{}

// educations are the registrations of assignments and submissions.
func educations() []Registration {
	all := []Registration{
		{Type: "microsoft.graph.educationAssignment", Behavior: Assignment{}},
		{Bound: "microsoft.graph.educationAssignment/publish", Behavior: invoked(publishAssignment)},
		{Bound: "microsoft.graph.educationSubmission/submit", Behavior: invoked(submit)},
		{Bound: "microsoft.graph.educationAssignment/setUpFeedbackResourcesFolder", Behavior: resourcesFolder("feedbackResourcesFolderUrl")},
	}
	for _, name := range []string{"educationAssignment", "educationSubmission", "educationModule"} {
		all = append(all, Registration{Bound: "microsoft.graph." + name + "/setUpResourcesFolder", Behavior: resourcesFolder("resourcesFolderUrl")})
	}
	return all
}

// Create implements [Creator].
func (Assignment) Create(tx Tx, e *Entity) *grapherr.Error {
	if class, ok := tx.Entity(tx.Parent()); ok && strings.HasSuffix(class.Type, ".educationClass") {
		e.SetString("classId", class.ID)
	}
	e.SetString("status", "draft")
	now, who := quoted(instant(tx.Now())), string(actor(tx))
	provide(&e.Object, []Default{
		{"allowLateSubmissions", "true"}, {"allowStudentsToAddResourcesToSubmission", "true"}, {"addedStudentAction", `"none"`},
		{"createdDateTime", now}, {"lastModifiedDateTime", now}, {"createdBy", who}, {"lastModifiedBy", who},
	})
	return nil
}

func publishAssignment(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	bound.SetString("status", "published")
	class := tx.Home(bound.Ref).Parent
	submissions := Below(bound.Ref, "submissions")
	for student := range tx.Linked(class, "members") {
		if teaches(tx, class, student) || !isEmpty(tx, submissions) && submitted(tx, submissions, student.ID) {
			continue
		}
		recipient := fields("@odata.type", `"#microsoft.graph.educationSubmissionIndividualRecipient"`, "userId", quoted(student.ID))
		if _, fault := tx.Insert(submissions, New(fields("status", `"working"`, "recipient", string(recipient.JSON()), "assignmentId", quoted(bound.ID))...)); fault != nil {
			return Result{}, fault
		}
	}
	return Result{Entity: bound}, nil
}

// submit hands a submission in, with copies of its resources.
func submit(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	submitted := Below(bound.Ref, "submittedResources")
	for old := range tx.All(submitted) {
		if fault := tx.Delete(old.Ref); fault != nil {
			return Result{}, fault
		}
	}
	for r := range tx.All(Below(bound.Ref, "resources")) {
		copied := New(r.Object.Clone()...)
		copied.Delete("id")
		copied.Type = r.Type
		if _, fault := tx.Insert(submitted, copied); fault != nil {
			return Result{}, fault
		}
	}
	return transit{stateOf("status", "submitted", noted("submittedBy", "submittedDateTime")...), answersItself}.Invoke(tx, bound, nil)
}

func teaches(tx Tx, class Ref, who Entity) bool {
	for teacher := range tx.Linked(class, "teachers") {
		if teacher.Ref == who.Ref {
			return true
		}
	}
	return text(who.Object, "primaryRole") == "teacher"
}

// submitted reports whether somebody has a submission.
func submitted(tx Tx, submissions Collection, user string) bool {
	for s := range tx.All(submissions) {
		if text(inner(s.Object, "recipient"), "userId") == user {
			return true
		}
	}
	return false
}

// resourcesFolder makes a folder for the resources of what it is called on.
func resourcesFolder(member string) invoked {
	return func(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
		if present(bound.Object, member) {
			return Result{Entity: bound}, nil
		}
		drive, fault := ownDrive(tx)
		if fault != nil {
			bound.SetString(member, tx.URL("/drives/b!"+hexSum(bound.ID)[:32]+"/items/01"+strings.ToUpper(hexSum(bound.ID)[:32])))
			return Result{Entity: bound}, nil
		}
		folder, fault := rootFolder(tx, drive, hexSum(bound.ID + member)[:32])
		bound.SetString(member, tx.URL("/drives/"+drive.ID+"/items/"+folder.ID))
		return Result{Entity: bound}, fault
	}
}
