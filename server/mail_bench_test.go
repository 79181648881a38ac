package server

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const benchMail = "/users/5f0c3d1e-0000-4000-8000-000000000001"

// benchMailbox is a fixture of so many messages of one folder of a user.
func benchMailbox(b *testing.B, messages int) string {
	begin := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	list := make([]map[string]any, messages)
	for i := range list {
		list[i] = map[string]any{
			"id": benchMessageID(i), "parentFolderId": "folder", "subject": fmt.Sprintf("Message %d", i), "isRead": i%2 == 0,
			"receivedDateTime": begin.Add(time.Duration(i*7919%messages) * time.Minute).Format(time.RFC3339),
			"body":             map[string]any{"contentType": "text", "content": strings.Repeat("All is well. ", 40)},
		}
	}
	folder := []map[string]any{{"id": "folder", "displayName": "Folder"}}
	return benchFixtures(b, map[string]any{benchMail + "/mailFolders": folder, benchMail + "/messages": list})
}

// benchMessageID is an id in the form of an Outlook item's.
func benchMessageID(i int) string { return fmt.Sprintf("AAMkAG%0142dAAA=", i) }

// BenchmarkMailPage is a page of a mailbox, the newest first: what it takes
// should not depend on how many messages there are.
func BenchmarkMailPage(b *testing.B) {
	for _, messages := range []int{100, 10_000} {
		fixture := benchMailbox(b, messages)
		for name, path := range map[string]string{
			"newest":    "/messages",
			"folder":    "/mailFolders/folder/messages?$select=subject",
			"sorted":    "/messages?$orderby=receivedDateTime&$select=subject",
			"skip":      fmt.Sprintf("/messages?$skip=%d", messages-20),
			"unread":    "/messages?$filter=isRead%20eq%20false&$top=10",
			"count":     "/mailFolders/folder/messages/$count",
			"counted":   "/messages?$filter=isRead%20eq%20false&$top=10&$count=true",
			"number":    "/messages/$count?$filter=isRead%20eq%20false",
			"immutable": "/messages/AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A" + benchMessageID(messages - 1)[105:148] + "AAA=?$select=subject",
		} {
			b.Run(fmt.Sprintf("%s/%d", name, messages), func(b *testing.B) {
				benchReads(b, "/v1.0"+benchMail+path, WithFixtures(fixture), WithAuth("off"))
			})
		}
	}
}
