package behavior

// Evidence for options that collections take:
//   - documented: channel messages and replies: $top, of messages $expand, no
//     others; messages of a chat: $top, $orderby and $filter; channels of a team:
//     $filter and $select (pages of the lists, 2022 to 2025).
//   - reported: subscriptions take no $select (2020), a channel no $expand (2022),
//     feature update profiles no $filter (2023), with the words; tasks of planner
//     neither filter, sort nor page, without an error (2019 to 2022); nor do the
//     lists of drives filter or sort (2018, 2019).
//   - assumed (2026-11): subscriptions take none at all, as their page names none;
//     the words about $orderby of chats.

// Navigation is where a collection is: the type gone through, without its
// namespace, "" for the service root, and the name.
type Navigation struct{ From, Name string }

// listOptions are the options that a list by a navigation takes, of the navigations
// that do not take all.
var listOptions = map[Navigation][]string{
	{"", "subscriptions"}:      {},
	{"channel", "messages"}:    {"$top", "$expand"},
	{"chatMessage", "replies"}: {"$top"},
	{"chat", "messages"}:       {"$top", "$orderby", "$filter"},
	{"team", "channels"}:       {"$filter", "$select"},

	{"deviceManagement", "windowsFeatureUpdateProfiles"}: {"$select", "$expand", "$top", "$skip", "$orderby", "$count"},
}

// itemOptions are those that one of its entities takes.
var itemOptions = map[Navigation][]string{
	{"", "subscriptions"}: {},
	{"team", "channels"}:  {"$filter", "$select"},
}

// OptionsOf are the options that a navigation takes, of a list or of one of its
// entities; false where it takes all.
func OptionsOf(at Navigation, list bool) (options []string, known bool) {
	if list {
		options, known = listOptions[at]
	} else {
		options, known = itemOptions[at]
	}
	return options, known
}

// Heed is how the lists by a navigation look at options that they take.
type Heed struct {
	Not     []string // what makes no difference, and is no mistake
	Sorts   []string // the only properties to sort by, the greatest first; nil for all
	AsOrder bool     // $filter makes a difference with $orderby by its property alone
}

// heeds has those that do not heed all.
var heeds = map[Navigation]Heed{
	{"plannerPlan", "tasks"}:   {Not: []string{"$filter", "$orderby", "$top"}},
	{"plannerUser", "tasks"}:   {Not: []string{"$filter", "$orderby", "$top"}},
	{"plannerBucket", "tasks"}: {Not: []string{"$filter", "$orderby", "$top"}},

	{"site", "drives"}:  {Not: []string{"$filter", "$orderby"}},
	{"user", "drives"}:  {Not: []string{"$filter", "$orderby"}},
	{"group", "drives"}: {Not: []string{"$filter", "$orderby"}},

	{"chat", "messages"}: {Sorts: []string{"lastModifiedDateTime", "createdDateTime"}, AsOrder: true},
	{"user", "chats"}:    {Sorts: []string{"lastMessagePreview/createdDateTime"}},
	{"", "chats"}:        {Sorts: []string{"lastMessagePreview/createdDateTime"}},
}

// HeedOf is what the lists by a navigation heed; the zero value is all.
func HeedOf(at Navigation) Heed { return heeds[at] }
