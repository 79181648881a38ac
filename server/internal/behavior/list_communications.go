package behavior

import "slices"

// communications are the behaviours of presence, calls and online meetings.
func communications() []Registration {
	all := []Registration{
		{Type: "microsoft.graph.presence", Behavior: Presence{}},
		{Type: "microsoft.graph.onlineMeeting", Behavior: OnlineMeeting{}, Rules: onlineMeetingRules},
		{Bound: "Collection(microsoft.graph.onlineMeeting)/createOrGet", Behavior: invoked(createOrGetMeeting)},
		{Bound: "microsoft.graph.cloudCommunications/getPresencesByUserId", Behavior: invoked(presencesByID)},
	}
	all = append(all, []Registration{
		{Type: "microsoft.graph.call", Behavior: Call{}},
		{Bound: "microsoft.graph.externalConnectors.externalItem/externalConnectors.addActivities", Behavior: invoked(addActivities)},
		{Bound: "microsoft.graph.call/answer", Behavior: invoked(answerCall)},
		{Bound: "microsoft.graph.call/reject", Behavior: invoked(rejectCall)},
		{Bound: "microsoft.graph.chatMessage/setReaction", Behavior: invoked(setReaction)},
		{Bound: "microsoft.graph.chatMessage/unsetReaction", Behavior: invoked(unsetReaction)},
	}...)
	for _, whose := range []string{"/me", "/users/{id}", "/communications"} {
		all = append(all, Registration{Operation: "GET " + whose + "/onlineMeetings", Behavior: OnlineMeetings{}})
	}
	for action, do := range map[string]invoked{
		"setPresence": setPresence, "clearPresence": clearPresence, "setStatusMessage": setStatusMessage,
		"setUserPreferredPresence": setPreferredPresence, "clearUserPreferredPresence": clearPreferredPresence,
	} {
		all = append(all, Registration{Bound: "microsoft.graph.presence/" + action, Behavior: do})
	}
	return slices.Concat(all, callOperations(), educations(), bookings(), virtualEvents())
}
