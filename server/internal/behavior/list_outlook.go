package behavior

import "slices"

// outlook are the behaviours of mailboxes and calendars.
func outlook() []Registration {
	return slices.Concat(calendars(), groupThreads(), []Registration{
		{Navigation: "microsoft.graph.user/mailFolders", Behavior: Mailbox{}},
		{Navigation: "microsoft.graph.user/messages", Behavior: Mailbox{}},
		{Type: "microsoft.graph.message", Behavior: Message{}, Rules: messageRules},
		{Type: "microsoft.graph.mailFolder", Behavior: MailFolder{}, Rules: mailFolderRules},
		{Type: "microsoft.graph.attachment", Behavior: Attachment{}},
		{Navigation: "microsoft.graph.user/calendar", Behavior: DefaultCalendar{}},
		{Navigation: "microsoft.graph.user/calendars", Behavior: DefaultCalendar{}},
		{Navigation: "microsoft.graph.user/events", Behavior: DefaultCalendar{}},
		{Navigation: "microsoft.graph.user/calendarView", Behavior: DefaultCalendar{}},
		{Navigation: "microsoft.graph.group/calendar", Behavior: DefaultCalendar{}},
		{Navigation: "microsoft.graph.group/events", Behavior: DefaultCalendar{}},
		{Navigation: "microsoft.graph.group/calendarView", Behavior: DefaultCalendar{}},
		{Navigation: "microsoft.graph.user/calendarGroups", Behavior: CalendarGroups{}},
		{Type: "microsoft.graph.calendarGroup", Behavior: CalendarGroup{}},
		{Type: "microsoft.graph.calendar", Behavior: Calendar{}},
		{Type: "microsoft.graph.event", Behavior: Event{}, Rules: eventRules},
		{Bound: "microsoft.graph.event/accept", Behavior: Respond{Response: "accepted"}},
		{Bound: "microsoft.graph.event/decline", Behavior: Respond{Response: "declined"}},
		{Bound: "microsoft.graph.event/tentativelyAccept", Behavior: Respond{Response: "tentativelyAccepted"}},
		{Bound: "microsoft.graph.event/cancel", Behavior: CancelEvent{}},
		{Bound: "microsoft.graph.event/forward", Behavior: invoked(forwardEvent)},
		{Bound: "microsoft.graph.user/reminderView", Behavior: invoked(reminderView)},
		{Type: "microsoft.graph.calendarPermission", Behavior: CalendarPermission{}},
		{Bound: "microsoft.graph.calendar/allowedCalendarSharingRoles", Behavior: invoked(allowedSharingRoles)},
		{Bound: "microsoft.graph.conversationThread/reply", Behavior: invoked(replyInThread)},
		{Bound: "microsoft.graph.post/reply", Behavior: invoked(replyToPost)},
		{Bound: "microsoft.graph.post/forward", Behavior: invoked(forwardPost)},
		{Type: "microsoft.graph.contact", Behavior: Contact{}, Rules: contactRules},
		{Navigation: "microsoft.graph.user/contacts", Behavior: Contacts{}},
		{Navigation: "microsoft.graph.user/contactFolders", Behavior: Contacts{}},
		{Type: "microsoft.graph.contactFolder", Behavior: ContactFolder{}},
		{Navigation: "microsoft.graph.outlookUser/masterCategories", Behavior: Categories{}},
		{Type: "microsoft.graph.mailboxSettings", Behavior: MailboxSettings{}},
		{Type: "microsoft.graph.outlookCategory", Rules: outlookCategoryRules},
		{Type: "microsoft.graph.messageRule", Rules: messageRuleRules},
		{Navigation: "microsoft.graph.user/inferenceClassification", Behavior: alone("microsoft.graph.user/inferenceClassification", `{}`)},
		{Operation: "POST /me/inferenceClassification/overrides", Behavior: invoked(overrideSender)},
		{Operation: "POST /users/{id}/inferenceClassification/overrides", Behavior: invoked(overrideSender)},
		{Navigation: "microsoft.graph.todo/lists", Behavior: TodoLists{}},
		{Type: "microsoft.graph.todoTaskList", Behavior: TodoList{}},
		{Type: "microsoft.graph.todoTask", Behavior: TodoTask{}, Rules: todoTaskRules},
		{Type: "microsoft.graph.checklistItem", Behavior: ChecklistItem{}, Rules: checklistItemRules},
		{Type: "microsoft.graph.taskFileAttachment", Behavior: TaskFile{}},
		{Bound: "microsoft.graph.calendar/getSchedule", Behavior: GetSchedule{}},
		{Bound: "microsoft.graph.user/translateExchangeIds", Behavior: invoked(translateIDs)},
		{Bound: "microsoft.graph.outlookUser/supportedTimeZones", Behavior: invoked(supportedZones)},
		{Bound: "microsoft.graph.outlookUser/supportedLanguages", Behavior: invoked(supportedLanguages)},
		{Bound: "microsoft.graph.user/findMeetingTimes", Behavior: FindMeetingTimes{}},
		{Bound: "microsoft.graph.user/sendMail", Behavior: SendMail{}},
		{Bound: "microsoft.graph.message/send", Behavior: SendDraft{}},
		{Bound: "microsoft.graph.message/reply", Behavior: Answer{Prefix: "RE: "}},
		{Bound: "microsoft.graph.message/replyAll", Behavior: Answer{Prefix: "RE: ", All: true}},
		{Bound: "microsoft.graph.message/forward", Behavior: Answer{Prefix: "FW: ", To: true}},
		{Bound: "microsoft.graph.message/createReply", Behavior: Answer{Prefix: "RE: ", Draft: true}},
		{Bound: "microsoft.graph.message/createReplyAll", Behavior: Answer{Prefix: "RE: ", All: true, Draft: true}},
		{Bound: "microsoft.graph.message/createForward", Behavior: Answer{Prefix: "FW: ", To: true, Draft: true}},
		{Bound: "microsoft.graph.message/move", Behavior: PutMessage{}},
		{Bound: "microsoft.graph.message/copy", Behavior: PutMessage{Copy: true}},
		{Bound: "microsoft.graph.mailFolder/move", Behavior: PutFolder{}},
		{Bound: "microsoft.graph.mailFolder/copy", Behavior: PutFolder{Copy: true}},
		{Bound: "microsoft.graph.user/getMailTips", Behavior: invoked(mailTips)},
		{Bound: "microsoft.graph.message/permanentDelete", Behavior: invoked(deleteForGood)},
		{Bound: "microsoft.graph.event/permanentDelete", Behavior: invoked(deleteForGood)},
		{Bound: "microsoft.graph.contact/permanentDelete", Behavior: invoked(deleteForGood)},
		{Bound: "microsoft.graph.contactFolder/permanentDelete", Behavior: invoked(deleteForGood)},
		{Bound: "microsoft.graph.mailFolder/permanentDelete", Behavior: invoked(deleteForGood)},
		{Bound: "microsoft.graph.calendar/permanentDelete", Behavior: invoked(deleteForGood)},
	})
}

// calendars are the operations of every way to a calendar.
func calendars() (all []Registration) {
	for _, way := range []string{
		"/me", "/me/calendar", "/me/calendars/{id}", "/me/calendarGroups/{id}/calendars/{id}",
		"/users/{id}", "/users/{id}/calendar", "/users/{id}/calendars/{id}", "/users/{id}/calendarGroups/{id}/calendars/{id}",
		"/groups/{id}", "/groups/{id}/calendar",
	} {
		all = append(all,
			Registration{Operation: "GET " + way + "/calendarView", Behavior: CalendarView{}},
			Registration{Operation: "GET " + way + "/calendarView/delta()", Behavior: CalendarViewDelta{}},
			Registration{Operation: "GET " + way + "/events/{id}/instances", Behavior: EventInstances{}},
			Registration{Operation: "GET " + way + "/events/delta()", Behavior: EventsDelta{}},
		)
	}
	return all
}
