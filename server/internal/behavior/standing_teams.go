package behavior

// Evidence for what Microsoft Teams has by itself (pages on team templates and on
// built-in tab types, list teamsApps, teamsAppSettings, 2019 to 2025):
//   - documented: the templates' ids; the ids of the built-in apps of tabs, which
//     come from the store and which tabs are bound to.
//   - assumed (2026-11): the apps' names; users may ask for apps.

var teamTemplates = []string{
	"standard", "educationClass", "educationStaff", "educationProfessionalLearningCommunity",
	"retailStore", "retailManagerCollaboration", "healthcareWard", "healthcareHospital",
}

var storeApps = [][2]string{
	{"com.microsoft.teamspace.tab.web", "Website"}, {"com.microsoft.teamspace.tab.planner", "Planner"},
	{"com.microsoftstream.embed.skypeteamstab", "Stream"}, {"81fef3a6-72aa-4648-a763-de824aeafb7d", "Forms"},
	{"com.microsoft.teamspace.tab.file.staticviewer.word", "Word"}, {"com.microsoft.teamspace.tab.file.staticviewer.excel", "Excel"},
	{"com.microsoft.teamspace.tab.file.staticviewer.powerpoint", "PowerPoint"}, {"com.microsoft.teamspace.tab.file.staticviewer.pdf", "PDF"},
	{"com.microsoft.teamspace.tab.wiki", "Wiki"}, {"com.microsoft.teamspace.tab.files.sharepoint", "Document Library"},
	{"0d820ecd-def2-4297-adad-78056cde7c78", "OneNote"}, {"com.microsoft.teamspace.tab.powerbi", "Power BI"},
	{"2a527703-1f6f-4559-a332-d8a7d288cd88", "SharePoint"},
}

func standingTeams() []Standing {
	return append(standingFiles(),
		rowsOf("/teamsTemplates", teamTemplates, func(id string) string { return `{"id":` + quoted(id) + `}` }),
		rowsOf("/appCatalogs/teamsApps", storeApps, func(a [2]string) string {
			return `{"id":` + quoted(a[0]) + `,"externalId":null,"displayName":` + quoted(a[1]) + `,"distributionMethod":"store"}`
		}),
		alone("/teamwork/teamsAppSettings", `{"id":"teamsAppSettings","allowUserRequestsForAppAccess":true,`+
			`"isUserPersonalScopeResourceSpecificConsentEnabled":false,"isChatResourceSpecificConsentEnabled":true}`),
	)
}
