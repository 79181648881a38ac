package behavior

// Evidence for onPremisesPublishingProfile (its resource page and page get of beta,
// and the resource page of connectorGroup, 2021 to 2024):
//   - documented: the ids of the five profiles; connectors belong to the default group
//     unless somebody makes others, and the service sets that one up.
//   - assumed (2026-11): what updates of agents are configured to; the id and the
//     region of the default group.

var publishingProfiles = []string{"applicationProxy", "exchangeOnline", "authentication", "provisioning", "adAdministration"}

func standingPublishing() Standing {
	return rowsOf("/onPremisesPublishingProfiles", publishingProfiles, func(id string) string {
		groups := ""
		if id == "applicationProxy" {
			groups = `,"connectorGroups":[{"id":"f4ce0a11-0000-4000-8000-00000000000c","name":"Default","connectorGroupType":"applicationProxy","isDefault":true,"region":"nam"}]`
		}
		return `{"id":` + quoted(id) + `,"isEnabled":true,"isDefaultAccessEnabled":false,"hybridAgentUpdaterConfiguration":` +
			`{"deferUpdateDateTime":null,"allowUpdateConfigurationOverride":false,"updateWindow":{"updateWindowStartTime":"00:00:00","updateWindowEndTime":"23:59:00"}}` +
			groups + `}`
	}).bringing("connectorGroups")
}
