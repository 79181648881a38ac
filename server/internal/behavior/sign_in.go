package behavior

// Evidence for signIn (pages list and get and resource pages of v1.0 and beta,
// 2018 to 2025):
//   - documented: who, with which application, for which resource, the AADSTS number;
//     newest first, for 30 days; lists have interactive sign-ins, and those of other
//     kinds where $filter asks for signInEventTypes, which only beta has.
//   - assumed (2026-11): the words of clientAppUsed; an entry is made when somebody reads the log; every token
//     counts as one sign-in; places and devices are not known; nothing is a risk.

import (
	"cmp"
	"iter"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var (
	signIns      = Root("auditLogs/signIns")
	otherSignIns = Root(HiddenPrefix + "auditLogs/signIns") // that are not interactive
)

const signInTime = 30 * 24 * time.Hour // that an entry stays

type (
	// SignInLog is what asking for tokens leaves behind.
	SignInLog struct{}
	// SignInList is all kinds of sign-ins, for who asks for kinds.
	SignInList struct{}
	// SignIn is one of them.
	SignIn struct{}
)

var (
	_ Supplier = SignInLog{}
	_ Accruing = SignInLog{}
	_ Lister   = SignInList{}
	_ Finder   = SignIn{}
)

// Accrued implements [Accruing].
func (SignInLog) Accrued(tx Tx) bool { return tx.AnySignIns() }

// Supply implements [Supplier].
func (SignInLog) Supply(tx Tx, _ Entity, _ string) *grapherr.Error {
	for _, log := range []Collection{signIns, otherSignIns} {
		if fault := outdate(tx, log, "createdDateTime", signInTime); fault != nil {
			return fault
		}
	}
	for _, s := range tx.SignIns() {
		log := otherSignIns
		if s.Kind == "interactiveUser" {
			log = signIns
		}
		if _, fault := tx.Insert(log, Entity{Object: signInEntry(&s)}); fault != nil {
			return fault
		}
	}
	return nil
}

// List implements [Lister]: nil leaves the list to the general rules.
func (SignInList) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	if filter, _ := tx.Query("filter"); !strings.Contains(strings.ToLower(filter), "signineventtypes") {
		return nil, nil
	}
	all := slices.AppendSeq(slices.Collect(tx.All(signIns)), tx.All(otherSignIns))
	for i := range all {
		if !all[i].Has("signInEventTypes") {
			all[i].Object = all[i].Clone()
			all[i].Set("signInEventTypes", []byte(`["interactiveUser"]`))
		}
	}
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		return strings.Compare(text(b.Object, "createdDateTime"), text(a.Object, "createdDateTime")) < 0
	})
	return slices.Values(all), nil
}

// Find implements [Finder].
func (SignIn) Find(tx Tx, _ Collection, key string) (Entity, bool) {
	return tx.Get(otherSignIns, key)
}

func signInEntry(s *call.SignIn) entity.Object {
	interactive := s.Kind == "interactiveUser"
	o := fields("createdDateTime", quoted(instant(s.At)), "userDisplayName", quoted(s.UserName), "userPrincipalName", quoted(s.UPN), "userId", quoted(s.UserID),
		"appId", quoted(s.AppID), "appDisplayName", quoted(s.AppName), "ipAddress", quoted(cmp.Or(s.Address, "127.0.0.1")),
		"clientAppUsed", quoted(clientUsed(s)), "correlationId", quoted(s.Correlation), "conditionalAccessStatus", `"notApplied"`, "isInteractive", boolean(interactive),
		"riskDetail", `"none"`, "riskLevelAggregated", `"none"`, "riskLevelDuringSignIn", `"none"`, "riskState", `"none"`, "riskEventTypes", "[]", "riskEventTypes_v2", "[]",
		"resourceDisplayName", quoted(s.ResourceName), "resourceId", quoted(s.ResourceID), "status", string(signInStatus(s).JSON()),
		"deviceDetail", `{"deviceId":"","displayName":"","operatingSystem":"","browser":"","isCompliant":false,"isManaged":false,"trustType":""}`,
		"location", `{"city":"","state":"","countryOrRegion":"","geoCoordinates":{"altitude":null,"latitude":null,"longitude":null}}`,
		"appliedConditionalAccessPolicies", "[]")
	for _, m := range signInBeta(s) {
		o.Set(m.Name, m.Value)
	}
	return o
}

// signInBeta is what only beta has.
func signInBeta(s *call.SignIn) entity.Object {
	principal, user := "", "member"
	if s.UserID == "" {
		principal = s.PrincipalID
	}
	if s.Guest {
		user = "guest"
	}
	return fields("userAgent", quoted(s.Agent), "originalRequestId", quoted(s.RequestID), "authenticationProtocol", quoted(cmp.Or(s.Protocol, "oAuth2")),
		"signInEventTypes", "["+quoted(s.Kind)+"]", "signInIdentifier", quoted(s.UPN), "userType", quoted(user), "servicePrincipalId", quoted(principal),
		"homeTenantId", quoted(s.Tenant), "resourceTenantId", quoted(s.Tenant), "tokenIssuerType", `"AzureAD"`, "tokenIssuerName", `""`, "isTenantRestricted", "false",
		"flaggedForReview", "false", "crossTenantAccessType", `"none"`, "authenticationRequirement", `"singleFactorAuthentication"`, "processingTimeInMilliseconds", "1",
		"authenticationDetails", "[]", "authenticationMethodsUsed", "[]", "authenticationProcessingDetails", "[]", "networkLocationDetails", "[]",
		"authenticationRequirementPolicies", "[]", "sessionLifetimePolicies", "[]")
}

func signInStatus(s *call.SignIn) entity.Object {
	reason := "null"
	if s.Code != 0 {
		reason = quoted(s.Failure)
	}
	return fields("errorCode", strconv.Itoa(s.Code), "failureReason", reason, "additionalDetails", "null")
}

// clientUsed is what the log calls the kind of client.
func clientUsed(s *call.SignIn) string {
	switch {
	case s.UserID == "":
		return ""
	case s.Public || s.Protocol != "oAuth2":
		return "Mobile Apps and Desktop clients"
	}
	return "Browser"
}
