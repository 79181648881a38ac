package behavior

// Evidence for what security's entities have from the start (pages
// security-casesroot-post-ediscoverycases, security-ediscoverycase-post-searches,
// -post-custodians, -post-noncustodialdatasources, -post-tags and -post-reviewsets of
// v1.0, 2022 to 2024):
//   - documented: what is required; a case is active, a search reaches no further than
//     its sources, a custodian is active and named after the user of the address.
//   - assumed (2026-11): a custodian is not on hold before somebody applies one, whatever
//     the example shows; a tag's children may be chosen together.

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

const securityTypes = "microsoft.graph.security."

var securityRules = map[string]*Rules{
	"ediscoveryCase":      {Required: []string{"displayName"}, Defaults: []Default{{"status", `"active"`}}},
	"ediscoverySearch":    {Required: []string{"displayName"}, Defaults: []Default{{"dataSourceScopes", `"none"`}}},
	"ediscoveryReviewSet": {Required: []string{"displayName"}},
	"ediscoveryReviewTag": {Required: []string{"displayName"}, Defaults: []Default{{"childSelectability", `"Many"`}}},
	"ediscoveryNoncustodialDataSource": {
		Defaults: []Default{{"status", `"active"`}, {"holdStatus", `"notApplied"`}},
	},
}

var custodianRules = &Rules{
	Required: []string{"email"},
	Defaults: []Default{{"status", `"active"`}, {"holdStatus", `"notApplied"`}},
}

// Custodian has the name of the user whose address it gives.
type Custodian struct{}

var _ Creator = Custodian{}

// Create implements [Creator].
func (Custodian) Create(tx Tx, e *Entity) *grapherr.Error {
	if user, ok := userOfAddress(tx, text(e.Object, "email")); ok && !present(e.Object, "displayName") {
		e.SetString("displayName", text(user.Object, "displayName"))
	}
	return nil
}

// userOfAddress is the user whom mail to an address reaches.
func userOfAddress(tx Tx, address string) (Entity, bool) {
	if user, ok := tx.By(Root("users"), "mail", address); ok {
		return user, true
	}
	return tx.By(Root("users"), "userPrincipalName", address)
}

func security() (all []Registration) {
	for name, rules := range securityRules {
		all = append(all, Registration{Type: securityTypes + name, Rules: rules})
	}
	return append(append(all, caseOperations()...),
		Registration{Type: "microsoft.graph.threatAssessmentRequest", Behavior: ThreatAssessment{}, Rules: threatAssessmentRules},
		Registration{Type: securityTypes + "ediscoveryCustodian", Behavior: Custodian{}, Rules: custodianRules},
		Registration{Type: securityTypes + "userSource", Behavior: Custodian{}},
		Registration{Type: securityTypes + "auditLogQuery", Behavior: AuditQuery{}, Rules: auditQueryRules},
		Registration{Operation: "POST /security/microsoft.graph.security.runHuntingQuery", Behavior: invoked(runHuntingQuery)},
		Registration{Operation: "POST /security/alerts_v2/{id}/comments", Behavior: invoked(comment)},
		Registration{Operation: "POST /security/incidents/{id}/comments", Behavior: invoked(comment)},
	)
}
