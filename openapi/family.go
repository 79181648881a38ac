package openapi

import "strings"

// Family is the service behind a path; status codes, error dialect and paging
// follow it (graph-behaviour §0.3).
type Family string

// Families of graph-behaviour §0.3.
const (
	FamilyCloudPC       Family = "cloudpc"
	FamilyIntune        Family = "intune"
	FamilyExcel         Family = "excel"
	FamilyOneNote       Family = "onenote"
	FamilyPlanner       Family = "planner"
	FamilyFiles         Family = "files"
	FamilyTeams         Family = "teams"
	FamilyOutlook       Family = "outlook"
	FamilySubscriptions Family = "subscriptions"
	FamilyReports       Family = "reports"
	FamilySecurity      Family = "security"
	FamilySearch        Family = "search"
	FamilyEducation     Family = "education"
	FamilyPrint         Family = "print"
	FamilyDirectory     Family = "directory"
)

// familyRule gives a family to the paths that begin with one of some prefixes,
// or that have a segment of some name anywhere.
type familyRule struct {
	family   Family
	anywhere string   // a segment's name; empty: the prefixes decide
	prefixes []string // slash-separated; {user} is /me or /users/{id}, {group} is /groups/{id}
}

// familyRules is the table of graph-behaviour §0.3; the first match wins.
var familyRules = []familyRule{
	{family: FamilyCloudPC, prefixes: []string{"deviceManagement/virtualEndpoint", "{user}/cloudPCs", "roleManagement/cloudPC"}},
	{family: FamilyIntune, prefixes: []string{
		"deviceManagement", "deviceAppManagement", "roleManagement/deviceManagement",
		"{user}/managedDevices", "{user}/managedAppRegistrations", "{user}/deviceManagementTroubleshootingEvents",
		"{user}/deviceEnrollmentConfigurations", "{user}/mobileAppIntentAndStates", "{user}/mobileAppTroubleshootingEvents",
		"{user}/windowsInformationProtectionDeviceRegistrations",
	}},
	{family: FamilyExcel, anywhere: "workbook"},
	{family: FamilyOneNote, anywhere: "onenote"},
	{family: FamilyPlanner, prefixes: []string{"planner", "{user}/planner", "{group}/planner"}},
	{family: FamilyFiles, prefixes: []string{
		"drive", "drives", "shares", "sites", "termStore", "{user}/drive", "{user}/drives", "{user}/followedSites",
		"{group}/drive", "{group}/drives", "{group}/sites",
	}},
	{family: FamilyTeams, prefixes: []string{
		"teams", "chats", "teamwork", "appCatalogs", "teamsTemplates", "communications", "{user}/chats",
		"{user}/joinedTeams", "{user}/teamwork", "{user}/onlineMeetings", "{user}/presence", "{group}/team",
	}},
	{family: FamilyOutlook, prefixes: []string{
		"{user}/messages", "{user}/mailFolders", "{user}/sendMail", "{user}/events", "{user}/calendar",
		"{user}/calendars", "{user}/calendarGroups", "{user}/calendarView", "{user}/contacts", "{user}/contactFolders",
		"{user}/outlook", "{user}/inferenceClassification", "{user}/mailboxSettings", "{user}/photo", "{user}/photos",
		"{user}/people", "{user}/findMeetingTimes", "{user}/getMailTips", "{user}/todo",
		"{group}/events", "{group}/calendar", "{group}/calendarView", "{group}/conversations", "{group}/threads",
		"{group}/photo", "places",
	}},
	{family: FamilySubscriptions, prefixes: []string{"subscriptions"}},
	{family: FamilyReports, prefixes: []string{"reports", "auditLogs"}},
	{family: FamilySecurity, prefixes: []string{"security", "informationProtection"}},
	{family: FamilySearch, prefixes: []string{"search", "external", "connections"}},
	{family: FamilyEducation, prefixes: []string{"education"}},
	{family: FamilyPrint, prefixes: []string{"print"}},
}

// FamilyOf returns the service behind a path below the version, template or
// not. A path that no rule names belongs to the directory.
func FamilyOf(path string) Family {
	owner, rest := pathOwner(strings.Trim(path, "/"))
	for i := range familyRules {
		if familyRules[i].matches(owner, rest) {
			return familyRules[i].family
		}
	}
	return FamilyDirectory
}

// pathOwner splits off the user or group that a path begins with, so that
// /me/messages and /users('x')/messages both give "{user}" and "messages".
func pathOwner(path string) (owner, rest string) {
	first, rest, _ := strings.Cut(path, "/")
	name, _, keyed := strings.Cut(first, "(")
	switch {
	case strings.EqualFold(name, "me"):
		return "{user}", rest
	case strings.EqualFold(name, "users"):
		owner = "{user}"
	case strings.EqualFold(name, "groups"):
		owner = "{group}"
	default:
		return "", path
	}
	if !keyed {
		_, rest, _ = strings.Cut(rest, "/")
	}
	return owner, rest
}

// matches reports whether the rule names the path, given as [pathOwner] does.
func (r *familyRule) matches(owner, rest string) bool {
	if r.anywhere != "" {
		return hasSegment(rest, r.anywhere)
	}
	for _, prefix := range r.prefixes {
		if strings.HasPrefix(prefix, "{") {
			whose, what, _ := strings.Cut(prefix, "/")
			if whose == owner && hasPathPrefix(rest, what) {
				return true
			}
		} else if owner == "" && hasPathPrefix(rest, prefix) {
			return true
		}
	}
	return false
}

// hasPathPrefix compares whole segments without regard to case; a predicate
// may follow the last one.
func hasPathPrefix(path, prefix string) bool {
	if len(path) < len(prefix) || !equalFold(path[:len(prefix)], prefix) {
		return false
	}
	return len(path) == len(prefix) || path[len(prefix)] == '/' || path[len(prefix)] == '('
}

func hasSegment(path, name string) bool {
	for segment := range strings.SplitSeq(path, "/") {
		if hasPathPrefix(segment, name) {
			return true
		}
	}
	return false
}
