package behavior

// Evidence for lists that begin with what is newest when nobody asks for another
// order:
//   - documented: versions of a file (page of driveItem list versions), messages
//     of a chat by lastModifiedDateTime (page of chat list messages), sign-ins
//     (page of signIn list).
//   - observed: messages of Outlook by receivedDateTime (answers shown in guides
//     and issues, 2015 to 2025).
var newestFirst = map[string]string{
	"microsoft.graph.chatMessage":      "lastModifiedDateTime",
	"microsoft.graph.directoryAudit":   "activityDateTime",
	"microsoft.graph.driveItemVersion": "lastModifiedDateTime",
	"microsoft.graph.listItemVersion":  "lastModifiedDateTime",
	"microsoft.graph.message":          "receivedDateTime",
	"microsoft.graph.signIn":           "createdDateTime",
}

// NewestFirst is the property by which lists of a type begin with the newest; ""
// for types that are listed as they were made.
func NewestFirst(typeName string) string { return newestFirst[typeName] }

// Ordering is by which time the entities of some sets are kept in order, so that
// a page of them costs the same however many there are.
type Ordering struct {
	Property string   // an Edm.DateTimeOffset
	Within   string   // member that names a part of a set which is listed by itself; "" for none
	Sets     []string // their paths from the service root, with "*" for keys
}

// Orderings are the large sets that are listed by time.
var Orderings = []Ordering{
	{Property: "receivedDateTime", Within: "parentFolderId", Sets: []string{"users/*/messages"}},
	{Property: "lastModifiedDateTime", Sets: []string{"chats/*/messages", "teams/*/channels/*/messages", "teams/*/channels/*/messages/*/replies"}},
	{Property: "createdDateTime", Sets: []string{"auditLogs/signIns"}},
	{Property: "activityDateTime", Sets: []string{"auditLogs/directoryAudits"}},
}
