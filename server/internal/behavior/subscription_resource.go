package behavior

import (
	"strings"
	"time"
)

// watchable is what the service says of subscriptions to one kind of resource.
type watchable struct {
	most      time.Duration // longest lifetime
	rich      time.Duration // with resource data; 0 where there is none
	least     time.Duration // shorter ones are raised to it
	lifecycle bool          // needs a lifecycleNotificationUrl beyond an hour
	updated   bool          // has updates alone
}

// The kinds of resources (D, graph-behaviour §9.2).
var (
	outlookItems = watchable{most: 4230 * time.Minute, rich: 1440 * time.Minute, least: 45 * time.Minute}
	shortLived   = watchable{most: 4230 * time.Minute}
	teamsItems   = watchable{most: 4320 * time.Minute, rich: 4320 * time.Minute, lifecycle: true}
	directoryOne = watchable{most: 41760 * time.Minute}
	filesTree    = watchable{most: 42300 * time.Minute, updated: true}
	alerts       = watchable{most: 43200 * time.Minute}
	presences    = watchable{most: 60 * time.Minute, rich: 60 * time.Minute}
)

// watchables are the paths that can be subscribed to (D, graph-behaviour §9.6);
// "{}" is a key, and "me" is "users/{}".
var watchables = map[string]watchable{
	"users": directoryOne, "users/{}": directoryOne, "groups": directoryOne, "groups/{}": directoryOne,
	"groups/{}/members": directoryOne,

	"users/{}/messages": outlookItems, "users/{}/messages/{}": outlookItems,
	"users/{}/mailfolders/{}/messages": outlookItems, "users/{}/mailfolders/{}/messages/{}": outlookItems,
	"users/{}/events": outlookItems, "users/{}/events/{}": outlookItems, "users/{}/calendar/events": outlookItems,
	"users/{}/calendars/{}/events": outlookItems, "users/{}/calendars/{}/events/{}": outlookItems,
	"users/{}/contacts": outlookItems, "users/{}/contacts/{}": outlookItems,
	"users/{}/contactfolders/{}/contacts": outlookItems, "users/{}/contactfolders/{}/contacts/{}": outlookItems,
	"groups/{}/conversations": shortLived, "groups/{}/events": shortLived,
	"users/{}/todo/lists/{}/tasks": shortLived, "users/{}/todo/lists/{}/tasks/{}": shortLived,
	"print/printers/{}/jobs": shortLived, "print/taskdefinitions/{}/tasks": shortLived,
	"communications/callrecords": shortLived, "communications/callrecords/{}": shortLived,

	"users/{}/drive/root": filesTree, "groups/{}/drive/root": filesTree, "drives/{}/root": filesTree,
	"drive/root": filesTree, "sites/{}/drive/root": filesTree, "sites/{}/lists/{}": filesTree,

	"teams": teamsItems, "teams/{}": teamsItems, "teams/{}/channels": teamsItems, "teams/{}/channels/{}": teamsItems,
	"teams/{}/members": teamsItems, "teams/{}/channels/{}/members": teamsItems,
	"teams/{}/channels/{}/messages": teamsItems, "teams/{}/channels/{}/messages/{}": teamsItems,
	"teams/getallmessages": teamsItems, "teams/getallchannels": teamsItems,
	"chats": teamsItems, "chats/{}": teamsItems, "chats/{}/messages": teamsItems, "chats/{}/messages/{}": teamsItems,
	"chats/{}/members": teamsItems, "chats/getallmessages": teamsItems, "chats/getallmembers": teamsItems,
	"users/{}/chats": teamsItems, "users/{}/chats/getallmessages": teamsItems, "communications/onlinemeetings": shortLived,

	"security/alerts": alerts, "security/alerts_v2": alerts, "communications/presences/{}": presences,
}

// keyless are names that no key follows.
var keyless = map[string]bool{
	"drive": true, "root": true, "calendar": true, "todo": true, "print": true, "communications": true, "security": true,
	"getallmessages": true, "getallchannels": true, "getallmembers": true,
}

// watchableFor finds what is said of a resource, whatever its spelling.
func watchableFor(resource string) (watchable, bool) {
	path, _, _ := strings.Cut(resource, "?")
	var shape []string
	key := false
	for segment := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		name, rest, parenthesis := strings.Cut(segment, "(")
		name = strings.ToLower(name)
		switch {
		case key && !strings.HasPrefix(name, "getall"):
			shape, key = append(shape, "{}"), false
			continue
		case name == "me" && len(shape) == 0:
			shape = append(shape, "users", "{}")
			continue
		}
		shape = append(shape, name)
		if parenthesis && rest != ")" {
			shape = append(shape, "{}")
			continue
		}
		key = !keyless[name]
	}
	w, ok := watchables[strings.Join(shape, "/")]
	return w, ok
}
