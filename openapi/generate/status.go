package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// Where a success status comes from.
const (
	fromPage  = "documented"
	fromRule  = "rule"
	fromModel = "model"
)

// promises are the success statuses that reference pages name, by version,
// method and normalised path.
type promises map[string][]int

// readPromises reads one JSON object a line, gzipped.
func readPromises(path string) (promises, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	p := promises{}
	lines := bufio.NewScanner(plain)
	lines.Buffer(nil, 1<<20)
	for number := 1; lines.Scan(); number++ {
		var page struct {
			Version, Method, Template string
			Promised                  []int
		}
		if err := json.Unmarshal(lines.Bytes(), &page); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, number, err)
		}
		key := page.Version + " " + page.Method + " " + normalPath(page.Template)
		if old := p[key]; old == nil || len(page.Promised) > 0 && len(page.Promised) < len(old) {
			p[key] = page.Promised // pages about several operations name the statuses of all
		}
	}
	return p, lines.Err()
}

// plausible are the statuses that a kind of operation can have, the usual one
// first. Pages name others in passing, such as the 201 of a neighbouring call.
var plausible = map[string][]int{
	"list": {200}, "get": {200}, "count": {200}, "linkRead": {200}, "function": {200, 204, 302},
	"create": {201, 200, 202, 204}, "update": {200, 204, 202}, "replace": {200, 204, 201, 202}, "delete": {204, 202, 200},
	"linkAdd": {204}, "linkSet": {204}, "linkDrop": {204}, "stream": {200, 201, 202, 204, 302}, "action": {200, 204, 202, 201, 207},
}

// find is the first plausible status that the page of an operation names, that
// of the same version before the other's; 0 when none does.
func (p promises) find(version string, op *facts.Operation) int {
	other := map[string]string{"v1.0": "beta", "beta": "v1.0"}[version]
	path := normalPath(op.Path)
	for _, v := range []string{version, other} {
		for _, route := range []string{path, otherUser(path)} {
			for _, status := range p[v+" "+op.Method+" "+route] {
				if status == 302 && op.Response.Name != "Edm.Stream" { // CSV or JSON, as the caller asks
					continue
				}
				if slices.Contains(plausible[op.Kind], status) {
					return status
				}
			}
		}
	}
	return 0
}

// statusRule gives a status to operations of a kind. Conditions that are empty
// always hold.
type statusRule struct {
	Kind   string
	Types  []string // the short name of the type at the path's end, of the type before it for actions
	Names  []string // of the last segment
	Prefix []string // of the normalised path
	Part   string   // a piece anywhere in the path
	Method string
	Result string // type of what is returned
	Status int
}

// statusRules are the tables of graph-behaviour §3.1 and §3.2 where they differ
// from what the model says; the first that fits wins.
var statusRules = []statusRule{
	{Kind: "update", Prefix: []string{"/devicemanagement/virtualendpoint/provisioningpolicies/", "/devicemanagement/virtualendpoint/organizationsettings"}, Status: 204},
	{Kind: "update", Prefix: []string{"/admin/windows/updates"}, Status: 202},
	{Kind: "update", Types: []string{
		"user", "group", "application", "servicePrincipal", "device", "domain", "organization", "organizationalBranding",
		"organizationalBrandingLocalization", "oAuth2PermissionGrant", "administrativeUnit", "schemaExtension", "groupSetting",
		"directorySetting", "orgContact", "team", "channel", "alert", "secureScoreControlProfile", "printSettings",
		"plannerPlan", "plannerPlanDetails", "plannerTask", "plannerTaskDetails", "plannerBucket", "shiftPreferences",
		"conversationThread", "identityProvider", "identityProviderBase", "bookmark", "acronym", "qna",
	}, Status: 204},
	{Kind: "update", Prefix: []string{"/security/cases/", "/security/labels/"}, Status: 204},
	{Kind: "update", Types: []string{"attributeSet", "customSecurityAttributeDefinition", "allowedValue"}, Status: 204},
	{Kind: "update", Types: []string{"learningContent", "delegatedAdminAccessAssignment"}, Status: 202},
	{Kind: "update", Prefix: []string{
		"/policies", "/identity/", "/identityproviders", "/identitygovernance", "/accessreviews", "/external/connections/{}", "/connections/{}",
		"/onpremisespublishingprofiles", "/compliance", "/bookingbusinesses", "/solutions/bookingbusinesses",
		"/tenantrelationships/multitenantorganization",
	}, Status: 204},
	{Kind: "update", Prefix: []string{"/privilegedaccess/"}, Types: []string{"governanceRoleSetting"}, Status: 204},
	{Kind: "update", Types: []string{"emailAuthenticationMethod", "signInPreferences", "strongAuthenticationRequirements", "internalDomainFederation", "onPremisesDirectorySynchronization"}, Status: 204},
	{Kind: "update", Status: 200},

	{Kind: "create", Types: []string{"team"}, Prefix: []string{"/teams"}, Status: 202},
	{Kind: "create", Types: []string{
		"openShift", "openShiftChangeRequest", "offerShiftRequest", "swapShiftsChangeRequest", "timeOffRequest",
	}, Status: 200},
	{Kind: "create", Types: []string{"calendarPermission"}, Status: 200},
	{Kind: "create", Types: []string{"columnDefinition"}, Part: "contentTypes", Status: 200},
	{Kind: "create", Types: []string{"community"}, Status: 202},
	{Kind: "create", Status: 201},

	{Kind: "replace", Types: []string{"team"}, Status: 201},
	{Kind: "replace", Types: []string{"accessReviewScheduleDefinition", "adminConsentRequestPolicy", "timeCard"}, Status: 204},
	{Kind: "replace", Prefix: []string{"/identity/"}, Status: 204},
	{Kind: "replace", Status: 200},

	{Kind: "delete", Part: "workbook", Status: 200},
	{Kind: "delete", Types: []string{"externalConnection", "updatableAsset"}, Status: 202},
	{Kind: "delete", Status: 204},

	{Kind: "action", Names: []string{"resetPassword"}, Part: "authentication", Status: 202},
	{Kind: "action", Types: []string{"message"}, Names: []string{"copy", "move", "createReply", "createReplyAll", "createForward"}, Status: 201},
	{Kind: "action", Names: []string{"createSession"}, Part: "workbook", Status: 201},
	{Kind: "action", Names: []string{"refreshSession"}, Part: "workbook", Status: 204},
	{Kind: "action", Names: []string{"createUploadSession"}, Part: "todo", Status: 200},
	{Kind: "action", Names: []string{"createUploadSession"}, Part: "attachments", Status: 201},
	{Kind: "action", Types: []string{"user"}, Names: []string{"sendMail", "exportPersonalData"}, Status: 202},
	{Kind: "action", Types: []string{"message"}, Names: []string{"send", "reply", "replyAll", "forward", "markAsJunk", "markAsNotJunk", "unsubscribe"}, Status: 202},
	{Kind: "action", Types: []string{"event"}, Names: []string{"accept", "decline", "tentativelyAccept", "cancel", "forward"}, Status: 202},
	{Kind: "action", Types: []string{"post", "conversationThread"}, Names: []string{"reply", "forward"}, Status: 202},
	{Kind: "action", Types: []string{"driveItem"}, Names: []string{"copy", "assignSensitivityLabel"}, Status: 202},
	{Kind: "action", Types: []string{"contentType"}, Names: []string{"addCopy"}, Status: 201},
	{Kind: "action", Types: []string{"team", "channel"}, Names: []string{"archive", "unarchive", "clone"}, Status: 202},
	{Kind: "action", Types: []string{"teamworkDevice"}, Names: []string{"restart", "runDiagnostics", "updateSoftware"}, Status: 202},
	{Kind: "action", Types: []string{"teamwork"}, Names: []string{"sendActivityNotificationToRecipients"}, Status: 202},
	{Kind: "action", Types: []string{"timeCard"}, Names: []string{"clockIn"}, Status: 201},
	{Kind: "action", Types: []string{"timeCard"}, Status: 204},
	{Kind: "action", Types: []string{"group"}, Names: []string{"assignLicense"}, Status: 202},
	{Kind: "action", Names: []string{"copyToNotebook", "copyToSection", "copyToSectionGroup", "copyNotebook"}, Part: "onenote", Status: 202},
	{Kind: "action", Types: []string{"call"}, Names: []string{"answer", "redirect", "reject", "transfer", "addLargeGalleryView"}, Status: 202},
	{Kind: "action", Types: []string{"participant"}, Names: []string{"startHoldMusic", "stopHoldMusic"}, Status: 202},
	{Kind: "action", Types: []string{"subscription"}, Names: []string{"reauthorize"}, Status: 204},
	{Kind: "action", Names: []string{"create"}, Prefix: []string{"/print/printers"}, Status: 202},
	{Kind: "action", Types: []string{"site"}, Names: []string{"add"}, Part: "followedSites", Status: 207},
	{Kind: "action", Types: []string{"site"}, Names: []string{"remove"}, Part: "followedSites", Status: 204},

	{Kind: "action", Prefix: []string{"/admin/windows/updates"}, Status: 202},
	{Kind: "action", Names: []string{"export"}, Prefix: []string{"/reports/partners/billing"}, Status: 202},
	{Kind: "action", Names: []string{"cancelSecurityAction"}, Status: 200},
	{Kind: "action", Types: []string{"teleconferenceDeviceQuality", "call"}, Names: []string{"logTeleconferenceDeviceQuality"}, Status: 200},
	{Kind: "action", Types: []string{"call"}, Names: []string{"changeScreenSharingRole"}, Status: 202},
	{Kind: "action", Types: []string{"applicationTemplate"}, Names: []string{"instantiate"}, Status: 201},
	{Kind: "action", Types: []string{"offerShiftRequest", "openShiftChangeRequest", "swapShiftsChangeRequest", "timeOffRequest"}, Status: 200},
	{Kind: "action", Prefix: []string{"/security/cases/ediscoverycases", "/compliance/ediscovery"}, Names: []string{
		"activate", "addToReviewSet", "applyHold", "applyTags", "convertToReviewSet", "estimateStatistics", "export", "exportReport",
		"exportResult", "purgeData", "release", "removeHold", "updateIndex",
	}, Status: 202},

	{Kind: "action", Part: "workbook", Status: 200},
	{Kind: "action", Types: []string{"event"}, Names: []string{"snoozeReminder", "dismissReminder"}, Status: 200},
	{Kind: "action", Types: []string{"group"}, Names: []string{"subscribeByMail", "unsubscribeByMail", "addFavorite", "removeFavorite", "resetUnseenCount"}, Status: 200},
	{Kind: "action", Types: []string{"presence"}, Status: 200},
	{Kind: "action", Types: []string{"call"}, Names: []string{"keepAlive"}, Status: 200},

	{Kind: "function", Prefix: []string{"/reports/"}, Result: "Edm.Stream", Status: 302},
	{Kind: "stream", Method: "GET", Types: []string{"driveItem", "driveItemVersion", "printDocument"}, Names: []string{"content", "$value"}, Status: 302},

	{Kind: "linkAdd", Status: 204},
	{Kind: "linkSet", Status: 204},
	{Kind: "linkDrop", Status: 204},
}

// fits tells whether a rule is about an operation.
func (r *statusRule) fits(op *facts.Operation, path string) bool {
	last := op.Segments[len(op.Segments)-1]
	subject := last
	if (op.Kind == "action" || op.Kind == "stream") && len(op.Segments) > 1 {
		subject = op.Segments[len(op.Segments)-2]
	}
	return r.Kind == op.Kind &&
		(r.Types == nil || slices.Contains(r.Types, shortName(subject.Type))) &&
		(r.Names == nil || slices.Contains(r.Names, last.Name)) &&
		(r.Prefix == nil || slices.ContainsFunc(r.Prefix, func(prefix string) bool { return strings.HasPrefix(path, prefix) })) &&
		(r.Method == "" || r.Method == op.Method) && (r.Result == "" || r.Result == op.Response.Name) &&
		(r.Part == "" || slices.ContainsFunc(op.Segments, func(s facts.Segment) bool { return s.Name == r.Part }))
}

// shortName is a qualified name without its namespace.
func shortName(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// applyStatus fills the success status: of the page, of a rule, or by what the
// model says is returned.
func (p promises) applyStatus(version string, op *facts.Operation) {
	if op.Status = p.find(version, op); op.Status != 0 {
		op.StatusFrom = fromPage
		return
	}
	path := normalPath(op.Path)
	for i := range statusRules {
		if statusRules[i].fits(op, path) {
			op.Status, op.StatusFrom = statusRules[i].Status, fromRule
			return
		}
	}
	op.Status, op.StatusFrom = 200, fromModel
	if op.Method == "DELETE" || op.Kind == "action" && op.Response.Name == "" {
		op.Status = 204
	}
}
