package behavior

// Evidence for decisions of access reviews (pages accessreviewinstance-batchrecorddecisions,
// -acceptrecommendations and -resetdecisions of both versions, 2021 to 2025):
//   - documented: names, parameters, 204; a batch decides on all of a principal, or of a
//     resource; recommendations become decisions of what is not reviewed yet; a reset leaves
//     NotReviewed.

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// eachDecision gives the decisions of a review that fit another outcome.
func eachDecision(tx Tx, review Entity, change func(o *entity.Object) bool) *grapherr.Error {
	for d := range tx.All(Below(review.Ref, "decisions")) {
		o := d.Object.Clone()
		if !change(&o) {
			continue
		}
		if fault := tx.Replace(d.Ref, o); fault != nil {
			return fault
		}
	}
	return nil
}

// decide notes a decision of the caller.
func decide(tx Tx, o *entity.Object, decision, justification string) {
	o.SetString("decision", decision)
	o.SetString("justification", justification)
	o.SetString("reviewedDateTime", instant(tx.Now()))
	o.Set("reviewedBy", actorUser(tx))
}

// actorUser is the caller as the identity of a user.
func actorUser(tx Tx) json.RawMessage {
	self, _ := tx.Self()
	return fields("id", quoted(self.ID), "displayName", jsonOf(self.Object, "displayName"), "userPrincipalName", jsonOf(self.Object, "userPrincipalName")).JSON()
}

// recordDecisions decides on all of a principal, or of a resource.
func recordDecisions(tx Tx, review *Entity, p entity.Object) (Result, *grapherr.Error) {
	principal, resource := text(p, "principalId"), text(p, "resourceId")
	return Result{}, eachDecision(tx, *review, func(o *entity.Object) bool {
		if principal != "" && text(inner(*o, "principal"), "id") != principal || resource != "" && text(inner(*o, "resource"), "id") != resource {
			return false
		}
		decide(tx, o, text(p, "decision"), text(p, "justification"))
		return true
	})
}

// acceptRecommendations decides as recommended.
func acceptRecommendations(tx Tx, review *Entity, _ entity.Object) (Result, *grapherr.Error) {
	return Result{}, eachDecision(tx, *review, func(o *entity.Object) bool {
		recommended := text(*o, "recommendation")
		if recommended == "" || recommended == "NoInfoAvailable" || text(*o, "decision") != "NotReviewed" && text(*o, "decision") != "" {
			return false
		}
		decide(tx, o, recommended, "")
		return true
	})
}

// resetDecisions leaves nothing decided.
func resetDecisions(tx Tx, review *Entity, _ entity.Object) (Result, *grapherr.Error) {
	return Result{}, eachDecision(tx, *review, func(o *entity.Object) bool {
		o.SetString("decision", "NotReviewed")
		for _, name := range []string{"justification", "reviewedBy", "reviewedDateTime"} {
			o.Set(name, json.RawMessage("null"))
		}
		return true
	})
}
