package behavior

// subscriptions are the behaviours of change notifications.
func subscriptions() []Registration {
	return []Registration{
		{Type: "microsoft.graph.subscription", Behavior: Subscription{}, Rules: subscriptionRules},
		{Operation: "GET /subscriptions", Behavior: Subscriptions{}},
		{Operation: "GET /subscriptions/{id}", Behavior: SubscriptionByID{}},
		{Bound: "microsoft.graph.subscription/reauthorize", Behavior: invoked(reauthorize)},
	}
}
