package behavior

// Evidence for the evaluation of conditional access (page
// conditionalaccessroot-evaluate of beta, and the resource pages of
// whatIfAnalysisResult and signInConditions, 2025):
//   - documented: each policy with whether it applies to the sign-in and why not, on
//     demand only those that apply; a policy for all resources applies to user actions,
//     too; a condition of which the request says nothing cannot be judged.
//   - assumed (2026-11): a policy that is disabled, whose conditions are not met or
//     cannot be judged does not apply; all reasons are told; filters for devices,
//     applications and service principals are not judged, which the tester is told;
//     Office365 and MicrosoftAdminPortals stand for no resource of the fake.

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// whatIf is a sign-in that policies are held against.
type whatIf struct {
	tx         Tx
	user       Entity // who signs in; neither: somebody unknown
	principal  Entity
	workload   bool     // a service principal signs in
	belongs    []string // groups and roles of the user, by id and template
	context    entity.Object
	conditions entity.Object
}

func evaluateAccess(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	w := whatIf{tx: tx, context: inner(p, "signInContext"), conditions: inner(p, "signInConditions")}
	w.identify(inner(p, "signInIdentity"))
	told := []Entity{}
	for policy := range tx.All(Root("identity/conditionalAccess/policies")) {
		reasons := w.reasons(policy.Object)
		if len(reasons) > 0 && p.True("appliedPoliciesOnly") {
			continue
		}
		e := Entity{ID: policy.ID, Type: "microsoft.graph.whatIfAnalysisResult", Object: policy.Clone()}
		e.Set("policyApplies", []byte(boolean(len(reasons) == 0)))
		if len(reasons) == 0 {
			reasons = []string{"notSet"}
		}
		e.SetString("analysisReasons", strings.Join(reasons, ","))
		told = append(told, e)
	}
	return ListOf(told...), nil
}

// identify finds who signs in, and what the user belongs to.
func (w *whatIf) identify(who entity.Object) {
	if id := text(who, "servicePrincipalId"); id != "" {
		w.workload = true
		w.principal, _ = w.tx.Get(Root("servicePrincipals"), id)
		w.principal.ID = id
		return
	}
	w.user, _ = w.tx.Get(Root("users"), text(who, "userId"))
	w.user.ID = text(who, "userId")
	if w.user.Ref == None {
		return
	}
	for _, e := range memberships(w.tx, w.user.Ref) {
		w.belongs = append(w.belongs, e.ID, text(e.Object, "roleTemplateId"))
	}
	for a := range w.tx.Having(Root("roleManagement/directory/roleAssignments"), "principalId", w.user.ID) {
		w.belongs = append(w.belongs, text(a.Object, "roleDefinitionId"))
	}
}

// reasons are why a policy does not apply; none when it does.
func (w *whatIf) reasons(policy entity.Object) (reasons []string) {
	conditions := inner(policy, "conditions")
	add := func(reason string, met bool) {
		if !met && !slices.Contains(reasons, reason) {
			reasons = append(reasons, reason)
		}
	}
	add("policyNotEnabled", text(policy, "state") != "disabled")
	if w.workload {
		add("workloadIdentities", w.names(inner(conditions, "clientApplications")))
	} else {
		add("users", w.concerns(inner(conditions, "users")))
	}
	add(w.contextMet(inner(conditions, "applications")))
	w.conditionsMet(conditions, add)
	for _, filter := range []string{"deviceFilter", "applicationFilter", "servicePrincipalFilter"} {
		for _, name := range []string{"devices", "applications", "clientApplications"} {
			if present(inner(conditions, name), filter) {
				w.tx.Note("the fake does not judge " + filter + ": " + text(policy, "displayName"))
			}
		}
	}
	return reasons
}

// names reports whether a policy for workloads is about the service principal.
func (w *whatIf) names(workloads entity.Object) bool {
	of := func(list string) bool {
		ids := texts(workloads, list)
		return slices.ContainsFunc(ids, sameID(w.principal.ID)) || w.principal.Ref != None && slices.Contains(ids, "ServicePrincipalsInMyTenant")
	}
	return of("includeServicePrincipals") && !of("excludeServicePrincipals")
}

// concerns reports whether a policy is about the user.
func (w *whatIf) concerns(users entity.Object) bool {
	guest := text(w.user.Object, "userType") == "Guest"
	of := func(kind string) bool {
		ids := texts(users, kind+"Users")
		belongs := func(id string) bool { return slices.ContainsFunc(w.belongs, sameID(id)) }
		return slices.Contains(ids, "All") || slices.ContainsFunc(ids, sameID(w.user.ID)) ||
			guest && (slices.Contains(ids, "GuestsOrExternalUsers") || present(users, kind+"GuestsOrExternalUsers")) ||
			slices.ContainsFunc(texts(users, kind+"Groups"), belongs) || slices.ContainsFunc(texts(users, kind+"Roles"), belongs)
	}
	return of("include") && !of("exclude")
}

// userActionNames are what policies call the actions of a sign-in.
var userActionNames = map[string]string{
	"registerSecurityInformation": "urn:user:registersecurityinfo", "registerOrJoinDevices": "urn:user:registerdevice",
}

// contextMet reports whether a policy is about what the sign-in is for, and what it
// is called when it is not.
func (w *whatIf) contextMet(applications entity.Object) (reason string, met bool) {
	all := slices.Contains(texts(applications, "includeApplications"), "All")
	if action := text(w.context, "userAction"); action != "" {
		return "userActions", all || slices.Contains(texts(applications, "includeUserActions"), userActionNames[action])
	}
	if value := text(w.context, "authenticationContextValue"); value != "" {
		return "authenticationContext", all || slices.Contains(texts(applications, "includeAuthenticationContextClassReferences"), value)
	}
	for _, app := range texts(w.context, "includeApplications") {
		named := func(list string) bool { return slices.ContainsFunc(texts(applications, list), sameID(app)) }
		met = met || (all || named("includeApplications")) && !named("excludeApplications")
	}
	return "application", met
}

// conditionsMet holds the sign-in against all other conditions of a policy.
func (w *whatIf) conditionsMet(conditions entity.Object, add func(reason string, met bool)) {
	for _, c := range []struct{ asked, reason, said string }{
		{"userRiskLevels", "userRisk", "userRiskLevel"}, {"signInRiskLevels", "signInRisk", "signInRiskLevel"},
		{"servicePrincipalRiskLevels", "signInRisk", "servicePrincipalRiskLevel"}, {"clientAppTypes", "clientApps", "clientAppType"},
	} {
		w.among(texts(conditions, c.asked), nil, c.reason, text(w.conditions, c.said), add)
	}
	platforms := inner(conditions, "platforms")
	w.among(texts(platforms, "includePlatforms"), texts(platforms, "excludePlatforms"), "devicePlatform", text(w.conditions, "devicePlatform"), add)
	w.among(flags(conditions, "insiderRiskLevels"), nil, "insiderRisk", text(w.conditions, "insiderRiskLevel"), add)
	w.among(flags(inner(conditions, "authenticationFlows"), "transferMethods"), nil, "authenticationFlow",
		text(inner(w.conditions, "authenticationFlow"), "transferMethod"), add)
	w.located(inner(conditions, "locations"), add)
}

// among adds a reason when what the sign-in says is not among what a condition
// includes, or among what it excludes.
func (*whatIf) among(include, exclude []string, reason, said string, add func(string, bool)) {
	all := slices.Contains(include, "all")
	switch {
	case len(include) == 0 || all && len(exclude) == 0:
	case said == "":
		add("notEnoughInformation", false)
	default:
		add(reason, (all || slices.ContainsFunc(include, sameID(said))) && !slices.ContainsFunc(exclude, sameID(said)))
	}
}

// flags are the members that a value of flags has.
func flags(o entity.Object, name string) []string {
	if value := text(o, name); value != "" && value != "none" {
		return strings.Split(value, ",")
	}
	return nil
}

// located holds the sign-in against the places of a condition.
func (w *whatIf) located(locations entity.Object, add func(string, bool)) {
	include, exclude := texts(locations, "includeLocations"), texts(locations, "excludeLocations")
	switch {
	case len(include) == 0 || slices.Contains(include, "All") && len(exclude) == 0:
	case text(w.conditions, "ipAddress") == "" && text(w.conditions, "country") == "":
		add("notEnoughInformation", false)
	default:
		add("location", slices.ContainsFunc(include, w.isAt) && !slices.ContainsFunc(exclude, w.isAt))
	}
}

// isAt reports whether the sign-in comes from a named location, or from those that
// a word stands for.
func (w *whatIf) isAt(location string) bool {
	if location == "All" {
		return true
	}
	for at := range w.tx.All(Root("identity/conditionalAccess/namedLocations")) {
		if (sameID(at.ID)(location) || location == "AllTrusted" && at.True("isTrusted")) && w.within(at.Object) {
			return true
		}
	}
	return false
}

// within reports whether a location has the country or the address of the sign-in.
func (w *whatIf) within(location entity.Object) bool {
	if slices.ContainsFunc(texts(location, "countriesAndRegions"), sameID(text(w.conditions, "country"))) {
		return true
	}
	address, err := netip.ParseAddr(text(w.conditions, "ipAddress"))
	if err != nil {
		return false
	}
	return slices.ContainsFunc(list(location, "ipRanges"), func(r entity.Object) bool {
		prefix, err := netip.ParsePrefix(text(r, "cidrAddress"))
		return err == nil && prefix.Contains(address)
	})
}
