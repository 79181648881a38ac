package behavior

// communications are the behaviours of presence, calls and online meetings.
func communications() []Registration {
	all := []Registration{
		{Type: "microsoft.graph.presence", Behavior: Presence{}},
		{Bound: "microsoft.graph.cloudCommunications/getPresencesByUserId", Behavior: invoked(presencesByID)},
	}
	for action, do := range map[string]invoked{
		"setPresence": setPresence, "clearPresence": clearPresence, "setStatusMessage": setStatusMessage,
		"setUserPreferredPresence": setPreferredPresence, "clearUserPreferredPresence": clearPreferredPresence,
	} {
		all = append(all, Registration{Bound: "microsoft.graph.presence/" + action, Behavior: do})
	}
	return all
}
