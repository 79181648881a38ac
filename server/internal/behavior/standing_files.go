package behavior

// Evidence for what files and sites have by themselves (pages itemanalytics-get and
// termstore-store-get, 2019 to 2025):
//   - documented: the analytics of an item, a list item or a site tell of all the time
//     and of the last seven days; a site leads to the term store with its languages.
//   - assumed (2026-11): nobody has looked at anything; each site has a store of its
//     own, in English.

// itemAnalyticsRules are what the analytics show unasked.
var itemAnalyticsRules = &Rules{Shown: []string{"allTime", "lastSevenDays"}}

const unseen = `{"access":{"actionCount":0,"actorCount":0}}`

func standingFiles() (all []Standing) {
	for _, owner := range []string{"driveItem", "listItem", "site"} {
		all = append(all, alone("microsoft.graph."+owner+"/analytics", `{"allTime":`+unseen+`,"lastSevenDays":`+unseen+`}`).
			bringing("allTime", "lastSevenDays"))
	}
	return append(all,
		several("microsoft.graph.calendar/calendarPermissions", `{"id":"RGVmYXVsdA==","isRemovable":false,"isInsideOrganization":true,"role":"freeBusyRead",`+
			`"allowedRoles":["none","freeBusyRead","limitedRead","read","write"],"emailAddress":{"name":"My Organization"}}`),
		alone("microsoft.graph.itemAnalytics/allTime", unseen).under("analytics/"),
		alone("microsoft.graph.itemAnalytics/lastSevenDays", unseen).under("analytics/"),
		alone("microsoft.graph.site/termStore", `{"id":"d3a1a8b4-7c0a-4d0e-9b5f-0c4b9e1f6a2d","defaultLanguageTag":"en-US","languageTags":["en-US"]}`))
}
