package behavior

// Evidence for access reviews (pages accessreviewset-post-definitions,
// accessreviewscheduledefinition-list-instances and accessreviewinstance-list-decisions
// of v1.0, 2021 to 2024):
//   - documented: a definition is not started when it is made, and in progress later; an
//     instance has the dates, the scope and the reviewers; there is a decision for each
//     principal, not reviewed and not applied, with a recommendation.
//   - assumed (2026-11): a definition whose start has come has one instance at once, from
//     its start for the days that it lasts, or a later one of its recurrence; only members
//     of groups get decisions, and all are recommended.

import (
	"regexp"
	"strconv"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// ReviewDefinition is a series of access reviews.
type ReviewDefinition struct{}

var (
	_ Creator = ReviewDefinition{}
	_ Created = ReviewDefinition{}
	_ Reader  = ReviewDefinition{}
)

// Create implements [Creator].
func (ReviewDefinition) Create(_ Tx, e *Entity) *grapherr.Error {
	e.SetString("status", "NotStarted")
	return nil
}

// Computes implements [Computing].
func (ReviewDefinition) Computes() []string { return []string{"status"} }

// Read implements [Reader].
func (ReviewDefinition) Read(tx Tx, e *Entity) {
	if text(e.Object, "status") == "NotStarted" && passed(tx, e, "createdDateTime", deliveryTime) && !isEmpty(tx, Below(e.Ref, "instances")) {
		e.SetString("status", "InProgress")
	}
}

// Created implements [Created].
func (ReviewDefinition) Created(tx Tx, e Entity) *grapherr.Error {
	if !isEmpty(tx, Below(e.Ref, "instances")) { // of a fixture, or of the body
		return nil
	}
	settings := inner(e.Object, "settings")
	begin, due := beginOfReview(tx, inner(settings, "recurrence"))
	if !due {
		return nil
	}
	days, _ := strconv.Atoi(jsonOf(settings, "instanceDurationInDays"))
	instance, fault := tx.Insert(Below(e.Ref, "instances"), Entity{Object: fields("startDateTime", quoted(instant(begin)),
		"endDateTime", quoted(instant(begin.AddDate(0, 0, max(days, 1)))), "status", `"InProgress"`, "scope", jsonOf(e.Object, "scope"),
		"reviewers", or(jsonOf(e.Object, "reviewers"), "[]"), "fallbackReviewers", or(jsonOf(e.Object, "fallbackReviewers"), "[]"))})
	if fault != nil {
		return fault
	}
	for _, group := range reviewedGroups(tx, inner(e.Object, "scope")) {
		if fault := openDecisions(tx, instance, group, settings); fault != nil {
			return fault
		}
	}
	return nil
}

// beginOfReview is when the current instance of a series begins; not due when the
// first is yet to come. A review that happens once begins when it is made.
func beginOfReview(tx Tx, recurrence entity.Object) (begin time.Time, due bool) {
	begin, err := time.Parse(time.DateOnly, text(inner(recurrence, "range"), "startDate"))
	if err != nil {
		return tx.Now(), true
	}
	pattern := inner(recurrence, "pattern")
	interval, _ := strconv.Atoi(jsonOf(pattern, "interval"))
	interval = max(interval, 1)
	for range 1000 { // of a series that began long ago
		next := begin
		switch text(pattern, "type") {
		case "daily":
			next = begin.AddDate(0, 0, interval)
		case "weekly":
			next = begin.AddDate(0, 0, 7*interval)
		case "absoluteMonthly", "relativeMonthly":
			next = begin.AddDate(0, interval, 0)
		case "absoluteYearly", "relativeYearly":
			next = begin.AddDate(interval, 0, 0)
		}
		if next.Equal(begin) || next.After(tx.Now()) {
			break
		}
		begin = next
	}
	return begin, !begin.After(tx.Now())
}

var groupQuery = regexp.MustCompile(`/groups/([0-9a-fA-F-]{36})(?:/|$)`)

// reviewedGroups are the groups whose members a scope is about.
func reviewedGroups(tx Tx, scope entity.Object) (groups []Entity) {
	queries := append([]entity.Object{scope}, list(scope, "resourceScopes")...)
	for _, q := range queries {
		if named := groupQuery.FindStringSubmatch(text(q, "query")); named != nil {
			if group, there := tx.Get(Root("groups"), named[1]); there {
				groups = append(groups, group)
			}
		}
	}
	return groups
}

// nobody has decided or applied yet.
const nobody = `{"id":"00000000-0000-0000-0000-000000000000","displayName":"","userPrincipalName":""}`

// openDecisions asks for a decision on each member of a group.
func openDecisions(tx Tx, instance, group Entity, settings entity.Object) *grapherr.Error {
	recommendation := `"NoInfoAvailable"`
	if settings.True("recommendationsEnabled") {
		recommendation = `"Approve"`
	}
	resource := fields("@odata.type", `"#microsoft.graph.accessReviewInstanceDecisionItemResource"`, "id", quoted(group.ID),
		"displayName", jsonOf(group.Object, "displayName"), "type", `"Group"`)
	for member := range tx.Linked(group.Ref, "members") {
		kind, set := "userIdentity", "users"
		if member.Type == "microsoft.graph.servicePrincipal" {
			kind, set = "servicePrincipalIdentity", "servicePrincipals"
		}
		principal := fields("@odata.type", quoted("#microsoft.graph."+kind), "id", quoted(member.ID), "displayName", jsonOf(member.Object, "displayName"))
		if set == "users" {
			principal.Set("userPrincipalName", []byte(jsonOf(member.Object, "userPrincipalName")))
		}
		_, fault := tx.Insert(Below(instance.Ref, "decisions"), Entity{Object: fields("accessReviewId", quoted(instance.ID),
			"reviewedDateTime", "null", "decision", `"NotReviewed"`, "justification", `""`, "appliedDateTime", "null", "applyResult", `"New"`,
			"recommendation", recommendation, "principalLink", quoted(tx.URL("/"+set+"/"+member.ID)), "resourceLink", quoted(tx.URL("/groups/"+group.ID)),
			"reviewedBy", nobody, "appliedBy", nobody, "principal", string(principal.JSON()), "resource", string(resource.JSON()))})
		if fault != nil {
			return fault
		}
	}
	return nil
}
