package behavior

// teams are the behaviours of Teams and planner.
func teams() []Registration {
	return []Registration{
		{Operation: "POST /teams", Behavior: CreateTeam{}},
		{Navigation: "/appCatalogs", Behavior: AppCatalog{}},
		{Bound: "microsoft.graph.team/archive", Behavior: ArchiveTeam{}},
		{Bound: "microsoft.graph.team/unarchive", Behavior: ArchiveTeam{Undo: true}},
		{Bound: "microsoft.graph.channel/archive", Behavior: ArchiveTeam{}},
		{Bound: "microsoft.graph.channel/unarchive", Behavior: ArchiveTeam{Undo: true}},
		{Bound: "microsoft.graph.team/clone", Behavior: CloneTeam{}},
		{Operation: "PUT /groups/{id}/team", Behavior: TeamOfGroup{}},
		{Operation: "GET /me/joinedTeams", Behavior: JoinedTeams{}},
		{Operation: "GET /users/{id}/joinedTeams", Behavior: JoinedTeams{}},
		{Type: "microsoft.graph.channel", Behavior: Channel{}},
		{Type: "microsoft.graph.conversationMember", Behavior: ConversationMember{}},
		{Bound: "Collection(microsoft.graph.conversationMember)/add", Behavior: invoked(addMembers)},
		{Bound: "Collection(microsoft.graph.conversationMember)/remove", Behavior: invoked(removeMembers)},
		{Operation: "POST /chats", Behavior: CreateChat{}},
		{Navigation: "microsoft.graph.chat/lastMessagePreview", Behavior: MessagePreview{}},
		{Type: "microsoft.graph.chatMessage", Behavior: ChatMessage{}},
		{Bound: "microsoft.graph.chatMessage/softDelete", Behavior: SoftDelete{}},
		{Bound: "microsoft.graph.chatMessage/undoSoftDelete", Behavior: SoftDelete{Undo: true}},
		{Bound: "microsoft.graph.scheduleChangeRequest/approve", Behavior: decideShift("approved")},
		{Bound: "microsoft.graph.scheduleChangeRequest/decline", Behavior: decideShift("declined")},
		{Type: "microsoft.graph.plannerPlan", Behavior: PlannerPlan{}},
		{Type: "microsoft.graph.plannerBucket", Behavior: PlannerBucket{}},
		{Type: "microsoft.graph.plannerTask", Behavior: PlannerTask{}},
		{Type: "microsoft.graph.plannerTaskDetails", Behavior: PlannerTaskDetails{}},
		{Navigation: "microsoft.graph.plannerTask/details", Behavior: PlannerDetails{}},
		{Navigation: "microsoft.graph.plannerPlan/details", Behavior: PlannerDetails{}},
		{Operation: "GET /me/planner/tasks", Behavior: AssignedTasks{}},
		{Operation: "GET /users/{id}/planner/tasks", Behavior: AssignedTasks{}},
		{Operation: "GET /me/planner/plans", Behavior: OwnedPlans{}},
		{Operation: "GET /users/{id}/planner/plans", Behavior: OwnedPlans{}},
		{Operation: "GET /groups/{id}/planner/plans", Behavior: OwnedPlans{}},
	}
}
