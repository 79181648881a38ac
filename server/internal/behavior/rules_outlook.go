package behavior

// Evidence for what answers of Outlook and To Do show of what a create brought:
//   - documented (pages openTypeExtension: create, user: create messages,
//     todoTaskList: create tasks; 2021 to 2025): the answer to a create has the
//     extensions, mentions and linked resources of the body.

var messageRules = &Rules{Echoed: []string{"extensions", "mentions"}}

// extendedRules are those of events and contacts.
var extendedRules = &Rules{Echoed: []string{"extensions"}}

var todoTaskRules = &Rules{Echoed: []string{"linkedResources"}}
