package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// leftOut is what the metadata declares and the tables lack on purpose. A name
// that begins with a slash stands for that member of every type.
var leftOut = []struct {
	why   string
	names []string
}{
	{"only with $expand or with its owner: neither the SDK nor the map of permissions has a path", []string{
		"/singleValueExtendedProperties", "/multiValueExtendedProperties", "/includeTargets", "microsoft.graph.event/exceptionOccurrences",
		"microsoft.graph.eventMessage/event", "microsoft.graph.itemAttachment/item", "microsoft.graph.aadUserConversationMember/user",
		"microsoft.graph.accessPackageSubject/connectedOrganization", "microsoft.graph.callEvent/participants",
		"microsoft.graph.labelContentRight/label", "microsoft.graph.fido2AuthenticationMethodConfiguration/passkeyProfiles",
		"microsoft.graph.identityGovernance/catalogs", "microsoft.graph.windowsAutopilotDeploymentProfile/assignedDevices",
		"microsoft.graph.importedWindowsAutopilotDeviceIdentityUpload/deviceIdentities", "microsoft.graph.virtualEventTownhall/registrations",
		"microsoft.graph.identityGovernance.run/reprocessedRuns", "microsoft.graph.identityGovernance.userProcessingResult/reprocessedRuns",
		"microsoft.graph.identityGovernance.workflow/previewScope", "microsoft.graph.identityGovernance.workflowBase/administrationScopeTargets",
		"microsoft.graph.exactMatchLookupJob/matchingRows", "microsoft.graph.ipApplicationSegment/application",
		"microsoft.graph.webApplicationSegment/corsConfigurations", "microsoft.graph.security.manualAlert/entityDefinitions",
	}},
	{"of a derived type, behind a cast that neither the SDK nor the map of permissions has", []string{
		"microsoft.graph.qrCodePinAuthenticationMethod/pin", "microsoft.graph.qrCodePinAuthenticationMethod/standardQRCode",
		"microsoft.graph.qrCodePinAuthenticationMethod/temporaryQRCode", "microsoft.graph.membershipOutlierInsight/container",
		"microsoft.graph.membershipOutlierInsight/lastModifiedBy", "microsoft.graph.membershipOutlierInsight/member",
		"microsoft.graph.printerCreateOperation/printer", "microsoft.graph.partners.billing.exportSuccessOperation/resourceLocation",
		"microsoft.graph.security.ediscoveryAddToReviewSetOperation/reviewSet", "microsoft.graph.security.ediscoveryAddToReviewSetOperation/search",
		"microsoft.graph.security.ediscoveryEstimateOperation/search", "microsoft.graph.security.ediscoverySearchExportOperation/search",
		"microsoft.graph.riskyAgentIdentity/agentIdentity", "microsoft.graph.riskyAgentUser/agentUser",
		"microsoft.graph.riskyAgentIdentityBlueprintPrincipal/agentIdentityBlueprintPrincipal",
		"microsoft.graph.calendarSharingMessage/accept()", "microsoft.graph.newsLinkPage/publish()", "microsoft.graph.videoNewsLinkPage/publish()",
		"microsoft.graph.eventMessageRequest/accept()", "microsoft.graph.eventMessageRequest/decline()", "microsoft.graph.eventMessageRequest/tentativelyAccept()",
		"(microsoft.graph.sitePage)/createFromTemplate()",
	}},
	{"below a property of a complex type, which leads to entities in no other place", []string{
		"microsoft.graph.cloudLicensing.usageRight/allotments", "microsoft.graph.cloudLicensing.usageRight/assignments",
		"microsoft.graph.cloudLicensing.waitingMember/allotment", "microsoft.graph.cloudLicensing.waitingMember/assignedTo",
	}},
	{"sent to a bot and nowhere at a path", []string{
		"microsoft.graph.deltaParticipants/participants", "microsoft.graph.participantJoiningNotification/call", "microsoft.graph.participantLeftNotification/call",
	}},
	{"of workbooks, behind functions: paths go no further there", []string{
		"(microsoft.graph.workbookRangeBorder)/count()", "(microsoft.graph.workbookRangeBorder)/itemAt()", "(microsoft.graph.workbookRangeView)/itemAt()",
		"microsoft.graph.workbookRangeView/range()", "microsoft.graph.workbookRangeView/rows",
	}},
	{"in one government cloud's metadata alone, with no second witness", []string{
		"microsoft.graph.approval/completedSteps", "microsoft.graph.approval/pendingSteps", "microsoft.graph.approval/request",
		"microsoft.graph.request/recordDecisions()", "microsoft.graph.auditLogRoot/auditActivityTypes",
		"microsoft.graph.auditLogRoot/signInEventsAppSummary", "microsoft.graph.auditLogRoot/signInEventsSummary",
		"microsoft.graph.auditLogRoot/getSummarizedMSISignIns()", "microsoft.graph.auditLogRoot/getSummarizedNonInteractiveSignIns()",
		"microsoft.graph.auditLogRoot/getSummarizedServicePrincipalSignIns()", "microsoft.graph.authenticationMethodsRoot/userEventsSummary",
		"microsoft.graph.authenticationMethodsRoot/userMfaSignInSummary", "microsoft.graph.authenticationMethodsRoot/userPasswordResetsAndChangesSummary",
		"microsoft.graph.authenticationMethodsRoot/userRegistrationActivity()", "microsoft.graph.authenticationMethodsRoot/userSignInsByAuthMethodSummary()",
	}},
}

// The tables hold what the metadata declares of their types, and serve it.
func TestTables_Declared(t *testing.T) {
	needSources(t)
	excused, used := map[string]bool{}, map[string]bool{}
	for _, group := range leftOut {
		for _, name := range group.names {
			excused[name] = true
		}
	}
	for i, version := range versions {
		c, err := readCSDL(filepath.Join(sourceDir, []string{csdlV1, csdlBeta}[i]))
		if err != nil {
			t.Fatal(err)
		}
		missing := newServing(embedded(t, version)).lacks(c)
		few(t, version+": declared, and not there", slices.DeleteFunc(missing, func(name string) bool {
			any := name[strings.LastIndexByte(name, '/'):]
			used[name], used[any] = true, true
			return excused[name] || excused[any]
		}))
	}
	few(t, "left out, and not missing", slices.DeleteFunc(sortedKeys(excused), func(name string) bool { return used[name] }))
}

// declares tells whether a metadata document has what an operation is about: a
// singleton, a navigation property (below a cast, of the model, too), a method, a type
// to cast to.
func declares(c *csdl, v *serving, op *facts.Operation) bool {
	last := len(op.Segments) - 1
	for last > 0 && (op.Segments[last].Kind == "key" || op.Segments[last].Kind == "count") {
		last--
	}
	at := &op.Segments[last]
	switch at.Kind {
	case "action", "function":
		return c.Methods[strings.ToLower(at.Name)] != nil
	case "cast":
		return c.Types[at.Type] != nil
	}
	if last == 0 {
		return slices.Contains(c.Single, at.Name)
	}
	for t := v.types[op.Segments[last-1].Type]; t != nil; t = v.types[t.Base] {
		if p := c.Types[t.Name].property(at.Name); p != nil && p.navigation() {
			return true
		}
		if op.Segments[last-1].Kind == "cast" && modelled(t, at.Name) {
			return true
		}
	}
	return false
}

// modelled tells whether a type has a navigation property, which the SDK's model has
// where metadata does not: the SDK has no path by the cast, and so no operation.
func modelled(t *facts.Type, name string) bool {
	return slices.ContainsFunc(t.Properties, func(p facts.Property) bool { return p.Name == name && p.Navigation })
}

// serving is what a table has, for questions by name.
type serving struct {
	types   map[string]*facts.Type
	members map[string]bool // "microsoft.graph.user/manager", with () for methods, "(type)/name()" for those of collections
}

func newServing(v *facts.Version) *serving {
	s := &serving{types: map[string]*facts.Type{}, members: map[string]bool{}}
	for i := range v.Types {
		s.types[v.Types[i].Name] = &v.Types[i]
	}
	for i := range v.Operations {
		segments := v.Operations[i].Segments
		for j := range segments[1:] {
			s.note(&segments[j], &segments[j+1])
		}
	}
	return s
}

// note notes a member for the type that it stands below and its bases.
func (s *serving) note(on, at *facts.Segment) {
	for t := s.types[on.Type]; t != nil; t = s.types[t.Base] {
		if at.Kind == "action" || at.Kind == "function" {
			to := facts.TypeRef{Name: t.Name, Collection: on.Kind == "set" || on.Collection}
			s.members[bindingOf(to, at.Name)+"()"] = true
		} else {
			s.members[t.Name+"/"+at.Name] = true
		}
	}
}

// lacks names what metadata declares of the types and is not there: properties,
// paths of navigation, methods.
func (s *serving) lacks(c *csdl) (missing []string) {
	for _, name := range sortedKeys(c.Types) {
		for i := range c.Types[name].Properties {
			p := &c.Types[name].Properties[i]
			inPath := p.navigation() && c.Types[name].Entity
			if s.types[name] != nil && (!s.has(name, p.Name) || inPath && !s.members[name+"/"+p.Name]) {
				missing = append(missing, name+"/"+p.Name)
			}
		}
	}
	for _, methods := range c.Methods {
		for _, m := range methods {
			if !m.IsBound || len(m.Parameters) == 0 {
				continue
			}
			on := c.qualify(m.Parameters[0].Type)
			if name := bindingOf(on, m.Name) + "()"; s.types[on.Name] != nil && !s.members[name] {
				missing = append(missing, strings.TrimSuffix(name, strings.ToLower(m.Name)+"()")+m.Name+"()")
			}
		}
	}
	slices.Sort(missing)
	return slices.Compact(missing)
}

// has tells whether a type or a base of it has a property.
func (s *serving) has(name, property string) bool {
	for t := s.types[name]; t != nil; t = s.types[t.Base] {
		if slices.ContainsFunc(t.Properties, func(p facts.Property) bool { return p.Name == property }) {
			return true
		}
	}
	return false
}
