package behavior

// directory is the behaviours of users, groups, applications and what else
// Microsoft Entra ID keeps.
func directory() []Registration {
	return []Registration{
		{Type: "microsoft.graph.user", Rules: userRules},
		{Type: "microsoft.graph.group", Rules: groupRules},
	}
}
