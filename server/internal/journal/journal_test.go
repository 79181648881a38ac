package journal_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/journal"
)

const tenant = "f4ce0a11-0000-4000-8000-000000000001"

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// get is a call as describe leaves it.
func get(path string) *call.Call {
	return &call.Call{
		RequestID: "0a", ClientRequestID: "0b", Received: noon, Method: "GET",
		Origin: "https://graph.microsoft.com", Version: "v1.0", Path: path, Tenant: tenant,
		Header: call.Header{"Accept": {"application/json"}},
	}
}

func record(j *journal.Journal, c *call.Call, status int) {
	j.Begin(c).End(&call.Response{Status: status})
}

func paths(entries []journal.Entry) []string {
	list := make([]string, len(entries))
	for i, e := range entries {
		list[i] = e.Path
	}
	return list
}

func TestJournal_Full(t *testing.T) {
	j := journal.New(journal.Options{Entries: 40})
	for i := range 100 {
		record(j, get(fmt.Sprint("/", i)), 200)
	}
	got := j.Requests(journal.Filter{})
	if len(got) != 40 || got[0].Number != 61 || got[39].Number != 100 || got[0].Path != "/v1.0/60" {
		t.Errorf("got %v", paths(got))
	}
	if j.Dropped() != 60 {
		t.Errorf("dropped %d, want 60", j.Dropped())
	}
}

func TestJournal_Bytes(t *testing.T) {
	j := journal.New(journal.Options{Bytes: 100_000})
	for range 10 {
		c := get("/me")
		c.Body = make([]byte, 10_000)
		j.Begin(c).End(&call.Response{Body: make([]byte, 20_000)})
	}
	if got := len(j.Requests(journal.Filter{})); got != 3 || j.Dropped() != 7 {
		t.Errorf("%d entries, %d dropped; want 3 and 7", got, j.Dropped())
	}
	huge := get("/huge")
	huge.Body = make([]byte, 10<<20) // counts as what is kept of it
	record(j, huge, 200)
	if got := len(j.Requests(journal.Filter{})); got != 2 {
		t.Errorf("%d entries, want 2", got)
	}
	small := journal.New(journal.Options{Bytes: 1})
	record(small, huge, 200)
	if got := len(small.Requests(journal.Filter{})); got != 1 {
		t.Errorf("%d entries, want the newest to stay", got)
	}
}

func TestJournal_Clear(t *testing.T) {
	j := journal.New(journal.Options{Entries: 4})
	for i := range 6 {
		c := get(fmt.Sprint("/", i))
		if i%2 == 1 {
			c.Tenant = "Other"
		}
		record(j, c, 200)
	}
	j.Clear("other")
	if got := paths(j.Requests(journal.Filter{})); !slices.Equal(got, []string{"/v1.0/2", "/v1.0/4"}) || j.Dropped() != 2 {
		t.Errorf("got %v, dropped %d", got, j.Dropped())
	}
	j.Clear("")
	if got := j.Requests(journal.Filter{}); len(got) != 0 || j.Dropped() != 0 {
		t.Errorf("got %v, dropped %d", paths(got), j.Dropped())
	}
	record(j, get("/6"), 200)
	if got := j.Requests(journal.Filter{}); len(got) != 1 || got[0].Number != 7 {
		t.Errorf("got %+v", got)
	}
}

func TestJournal_Concurrent(t *testing.T) {
	const writers, each = 8, 200
	j := journal.New(journal.Options{Entries: 64, Now: func() time.Time { return noon }})
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for range each {
				c := get("/users")
				c.Body = []byte(`{"password":"s3cret"}`)
				r := j.Begin(c)
				r.Decided(journal.Rule{Scenario: "s", Rule: w})
				r.End(&call.Response{Status: 200, Body: c.Body})
			}
		})
	}
	group.Go(func() {
		for range 50 {
			got := j.Requests(journal.Filter{})
			if !slices.IsSortedFunc(got, func(a, b journal.Entry) int { return int(a.Number) - int(b.Number) }) {
				t.Error("entries are not in order")
			}
		}
	})
	group.Go(func() {
		_, err := j.Wait(t.Context(), func(e journal.Entry) bool { return e.Number == writers*each })
		if err != nil {
			t.Error(err)
		}
	})
	group.Wait()
	if got := len(j.Requests(journal.Filter{})); got != 64 || j.Dropped() != writers*each-64 {
		t.Errorf("%d entries, %d dropped", got, j.Dropped())
	}
}
