package server

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/openapi"
)

// Every collection at the service root and of the caller that has a delta goes
// a round, and an empty one after it.
func TestDeltaEverywhere(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	n := 0
	for _, v := range s.catalogue.Versions() {
		for op := range v.Operations() {
			if op.Kind != openapi.Function || !strings.HasSuffix(op.Template, "/delta()") || strings.Contains(op.Template, "{") {
				continue
			}
			n++
			path := "/" + v.Name() + op.Template
			if strings.Contains(op.Template, "calendarView") || strings.Contains(op.Template, "events") {
				path += "?startDateTime=2026-01-01T00:00:00Z&endDateTime=2027-01-01T00:00:00Z"
			}
			link := round(t, s, "https://graph.microsoft.com"+path, false)
			if link != "" {
				round(t, s, link, true)
			}
		}
	}
	if n < 60 {
		t.Errorf("only %d deltas", n)
	}
}

// round follows a delta to its end and returns the link of the next one.
func round(t *testing.T, s *Server, url string, empty bool) string {
	t.Helper()
	first := url
	for range 100 {
		r, err := http.NewRequest("GET", url, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer any")
		answer, err := s.Transport().RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		var page struct {
			Value []json.RawMessage
			Next  string `json:"@odata.nextLink"`
			Delta string `json:"@odata.deltaLink"`
		}
		if err := json.Unmarshal(text, &page); err != nil || answer.StatusCode != 200 || page.Value == nil {
			t.Errorf("%s: %d %s %.200s", first, answer.StatusCode, answer.Header.Get("X-Fake-Reason"), text)
			return ""
		}
		if empty && len(page.Value) > 0 {
			t.Errorf("%s: %d entries although nothing has changed", first, len(page.Value))
		}
		if page.Delta != "" {
			return page.Delta
		}
		url = page.Next
	}
	t.Errorf("%s: the round does not end", first)
	return ""
}
