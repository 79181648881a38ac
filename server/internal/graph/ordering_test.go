package graph

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// times are sort keys of every kind: equal ones, other offsets, fractions, from
// before 1970, none and what is no time.
var times = []string{
	`"2024-03-01T10:00:00Z"`, `"2024-03-01T10:00:00.5Z"`, `"2024-03-01T12:00:00+02:00"`, `null`, `"1601-01-01T00:00:00Z"`,
	`"2024-02-29T23:59:59Z"`, `"0001-01-01T00:00:00Z"`, `"2024-03-01T10:00:00.4999999Z"`, `"9999-12-31T23:59:59Z"`, `"1969-12-31T23:59:59Z"`,
}

func newSignIns(t *testing.T) (*fake, *counting) {
	f, counted := newDirectory(t, 1)
	var list []string
	for i, at := range append(times, times...) {
		list = append(list, fmt.Sprintf(`{"id":"s%d","createdDateTime":%s,"isInteractive":%t}`, i, at, i%3 == 0))
	}
	f.plant("/auditLogs/signIns", list...)
	return f, counted
}

// A list that the store keeps in order is the same as one that is sorted, page by
// page and in both directions, and reads no more than it shows.
func TestKeptOrder(t *testing.T) {
	f, counted := newSignIns(t)
	for _, order := range []string{"", "createdDateTime", "createdDateTime desc"} {
		for _, filter := range []string{"", "isInteractive eq false"} {
			query := "/auditLogs/signIns?$orderby=" + url.QueryEscape(order) + "&$filter=" + url.QueryEscape(filter)
			sorted := f.ids(strings.ReplaceAll(query, "filter="+url.QueryEscape(filter), "filter="+url.QueryEscape(strings.TrimPrefix(filter+" and id ne 'x'", " and "))) + "&$count=true&$top=1000")
			if counted.scanned == 0 || len(sorted) < 13 {
				t.Fatalf("%d found after reading %d", len(sorted), counted.scanned)
			}
			for _, top := range []string{"&$top=1", "&$top=3", "&$top=1000", "&$top=1000&$skip=4"} {
				counted.scanned = 0
				want := sorted
				if strings.Contains(top, "skip") {
					want = sorted[4:]
				}
				if got := f.ids(query + top); !slices.Equal(got, want) {
					t.Errorf("%s%s:\ngot  %v\nwant %v", query, top, got, want)
				}
				if counted.scanned > 0 {
					t.Errorf("%s%s: %d entities were read one after the other", query, top, counted.scanned)
				}
			}
		}
	}
}

// The order follows what is changed, in the whole set and in a part of it.
func TestKeptOrderOfParts(t *testing.T) {
	f, counted := newDirectory(t, 1)
	mailbox := "/users/" + f.ids("/users")[0]
	f.plant(mailbox+"/mailFolders", `{"id":"A"}`, `{"id":"B"}`)
	f.plant(mailbox+"/messages",
		`{"id":"1","parentFolderId":"A","receivedDateTime":"2024-01-01T00:00:00Z"}`, `{"id":"2","parentFolderId":"B","receivedDateTime":"2024-01-04T00:00:00Z"}`,
		`{"id":"3","parentFolderId":"A","receivedDateTime":"2024-01-03T00:00:00Z"}`, `{"id":"4","parentFolderId":"A","receivedDateTime":"2024-01-02T00:00:00Z"}`)
	counted.scanned, counted.only = 0, "messages"
	for path, want := range map[string]string{
		"/messages": "[2 3 4 1]", "/mailFolders/A/messages": "[3 4 1]", "/mailFolders/B/messages": "[2]",
		"/mailFolders/A/messages?$skip=1": "[4 1]", "/mailFolders/A/messages?$orderby=receivedDateTime": "[1 4 3]",
	} {
		if got := fmt.Sprint(f.ids(mailbox + path)); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	if n := f.must(200, "GET", mailbox+"/mailFolders/A/messages/$count", ""); n != "3" {
		t.Errorf("%s messages", n)
	}
	if counted.scanned > 0 {
		t.Errorf("%d entities were read one after the other", counted.scanned)
	}
	f.must(200, "PATCH", mailbox+"/messages/1", `{"parentFolderId":"B","receivedDateTime":"2024-01-05T00:00:00Z"}`)
	if got := fmt.Sprint(f.ids(mailbox+"/messages"), f.ids(mailbox+"/mailFolders/B/messages")); got != "[1 2 3 4] [1 2]" {
		t.Errorf("after a change: %s", got)
	}
}

// An item is found by its immutable id without reading the others.
func TestImmutableIndex(t *testing.T) {
	f, counted := newDirectory(t, 1)
	mailbox := "/users/" + f.ids("/users")[0]
	f.plant(mailbox+"/messages", `{"id":"1"}`, `{"id":"2"}`, `{"id":"3"}`)
	counted.scanned, counted.only = 0, "messages"
	if body := f.must(200, "GET", mailbox+"/messages/"+behavior.ImmutableID("3")+"?$select=id", ""); !strings.Contains(body, `"id":"3"`) {
		t.Error(body)
	}
	f.must(404, "GET", mailbox+"/messages/"+behavior.ImmutableID("4"), "")
	if counted.scanned > 0 {
		t.Errorf("%d entities were read one after the other", counted.scanned)
	}
}

// A file from before has the keys of its messages, and others, made anew.
func TestReindex_order(t *testing.T) {
	f, counted := newSignIns(t)
	want := f.ids("/auditLogs/signIns")
	err := counted.Store.Update(func(tx store.Writer) error {
		for e := range tx.Scan(store.SetKey{Tenant: f.tenant, Name: "auditLogs/signIns"}, 0) {
			if err := tx.SetKeys(e.Ordinal, nil); err != nil {
				return err
			}
		}
		return tx.SetValue(indexSpace, indexName, nil)
	})
	if err != nil || len(f.ids("/auditLogs/signIns")) > 0 {
		t.Fatalf("the keys are still there: %v", err)
	}
	if err := Reindex(counted.Store); err != nil {
		t.Fatal(err)
	}
	if got := f.ids("/auditLogs/signIns"); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
