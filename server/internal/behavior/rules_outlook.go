package behavior

// Evidence for the rules of Outlook and To Do:
//   - documented (pages openTypeExtension: create, user: create messages,
//     todoTaskList: create tasks; 2021 to 2025): the answer to a create has the
//     extensions, mentions and linked resources of the body.
//   - documented (pages "update" of message, event, contact and mailFolder): which
//     properties can be written; the others are left out without a word
//     (graph-behaviour §3.4).

var messageRules = &Rules{
	Echoed: []string{"extensions", "mentions"},
	Computed: []string{
		"createdDateTime", "lastModifiedDateTime", "changeKey", "receivedDateTime", "sentDateTime", "hasAttachments",
		"bodyPreview", "conversationId", "conversationIndex", "isDraft", "parentFolderId", "webLink",
	},
}

var eventRules = &Rules{
	Echoed: []string{"extensions"},
	Computed: []string{
		"createdDateTime", "lastModifiedDateTime", "changeKey", "bodyPreview", "hasAttachments", "isOrganizer",
		"isCancelled", "responseStatus", "webLink", "onlineMeeting",
	},
}

var contactRules = &Rules{
	Echoed:   []string{"extensions"},
	Computed: []string{"createdDateTime", "lastModifiedDateTime", "changeKey"},
}

var mailFolderRules = &Rules{Computed: []string{"childFolderCount", "totalItemCount", "unreadItemCount"}}

var todoTaskRules = &Rules{Echoed: []string{"linkedResources"}}

// messageRuleRules: a rule has a name, a place and something to do (D, page
// mailfolder-post-messagerules); the service says what is wrong with a rule and who may change it
// (D, page messageRule); a rule is on unless it says otherwise (?).
var messageRuleRules = &Rules{
	Required: []string{"displayName", "sequence", "actions"},
	Defaults: []Default{{"hasError", "false"}, {"isReadOnly", "false"}, {"isEnabled", "true"}},
	Computed: []string{"hasError"},
}
