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
	"microsoft.graph.driveItemVersion": "lastModifiedDateTime",
	"microsoft.graph.message":          "receivedDateTime",
	"microsoft.graph.signIn":           "createdDateTime",
}

// NewestFirst is the property by which lists of a type begin with the newest; ""
// for types that are listed as they were made.
func NewestFirst(typeName string) string { return newestFirst[typeName] }
