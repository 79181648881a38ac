package behavior

// Evidence for serviceHealth (pages of serviceAnnouncement, 2021 to 2025):
//   - documented: one overview per service of the tenant, with ids of their own
//     kind, three of them in examples; what no incident touches is operational.
//   - documented: an overview is read by the name of its service, as by its id.
//   - reported (scripts and answers published 2021 to 2026): the other services' ids.

var healthServices = [][2]string{
	{"Exchange", "Exchange Online"}, {"OrgLiveID", "Microsoft Entra"}, {"OSDPPlatform", "Microsoft 365 suite"}, {"Lync", "Skype for Business"},
	{"SharePoint", "SharePoint Online"}, {"OneDriveForBusiness", "OneDrive for Business"}, {"microsoftteams", "Microsoft Teams"},
	{"Intune", "Microsoft Intune"}, {"Microsoft365Defender", "Microsoft Defender XDR"}, {"O365Client", "Microsoft 365 apps"},
	{"Planner", "Planner"}, {"PowerBIcom", "Power BI"}, {"MicrosoftFlowM365", "Power Automate in Microsoft 365"}, {"Forms", "Microsoft Forms"},
	{"Bookings", "Microsoft Bookings"}, {"yammer", "Microsoft Viva Engage"},
}

// HealthOverview is found by the name of the service.
type HealthOverview struct{}

var _ Finder = HealthOverview{}

// Find implements [Finder].
func (HealthOverview) Find(tx Tx, c Collection, key string) (Entity, bool) {
	return tx.By(c, "service", key)
}

func standingHealth() []Standing {
	return []Standing{rowsOf("/admin/serviceAnnouncement/healthOverviews", healthServices, func(s [2]string) string {
		return `{"id":` + quoted(s[0]) + `,"service":` + quoted(s[1]) + `,"status":"serviceOperational"}`
	})}
}
