package behavior

// media is the behaviours of Outlook, files, sites and Teams.
func media() []Registration {
	return []Registration{
		{Type: "microsoft.graph.profilePhoto", Behavior: ProfilePhoto{}},
	}
}
