package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/journal"
)

// model is what the journal says that was written: the task lists by id, with
// their names. It is built from the journal alone, in its order.
type model struct {
	mu       sync.Mutex
	names    map[string]string
	awaited  map[string]bool // client request ids: true for acknowledged and not yet followed, false the other way round
	last     uint64          // number of the last call followed
	gaps     uint64          // calls that had left the journal before they were followed
	applied  int             // writes
	problems []string
}

func newModel() *model { return &model{names: map[string]string{}, awaited: map[string]bool{}} }

const listsPath = "/v1.0/me/todo/lists"

// awaitedPrefix begins the client request ids of writes whose answer their
// client waits for.
const awaitedPrefix = "soak-"

// follow applies a call; it is never what is waited for.
func (m *model) follow(e journal.Entry) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.gaps += e.Number - m.last - 1
	m.last = e.Number
	if !done(e) || !strings.HasPrefix(e.Path, listsPath) {
		m.refused(e)
		return false
	}
	if e.Method != http.MethodGet && strings.HasPrefix(e.ClientRequestID, awaitedPrefix) {
		m.meet(e.ClientRequestID, false)
	}
	id := strings.TrimPrefix(strings.TrimPrefix(e.Path, listsPath), "/")
	switch e.Method {
	case http.MethodPost:
		var made struct{ ID, DisplayName string }
		m.decode(e, e.Response.Body, &made)
		m.names[made.ID] = made.DisplayName
	case http.MethodPatch:
		var change struct{ DisplayName string }
		m.decode(e, e.Request.Body, &change)
		if _, there := m.names[id]; !there {
			m.problem("%s: changed, and not there", e)
		}
		m.names[id] = change.DisplayName
	case http.MethodDelete:
		if _, there := m.names[id]; !there {
			m.problem("%s: deleted, and not there", e)
		}
		delete(m.names, id)
	default:
		return false
	}
	m.applied++
	return false
}

// size is how many lists there are by now.
func (m *model) size() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.names)
}

// done reports whether a call was carried out. Of the faults that break an
// answer, a truncated one alone has something behind it.
func done(e journal.Entry) bool {
	return e.Response != nil && e.Response.Status >= 200 && e.Response.Status < 300 && (e.Response.Fault == "" || e.Response.Fault == "truncate")
}

// refused looks at a call that did nothing: one that failed at the server must
// have been asked for.
func (m *model) refused(e journal.Entry) {
	if e.Response != nil && e.Response.Status >= 500 && e.Decision.Rule == nil && !strings.Contains(e.Response.Reason, "--max-requests") {
		m.problem("%s: a failure that nobody asked for", e)
	}
}

func (m *model) decode(e journal.Entry, body json.RawMessage, into any) {
	if err := json.Unmarshal(body, into); err != nil {
		m.problem("%s: %v: %s", e, err, body)
	}
}

func (m *model) problem(format string, args ...any) {
	if len(m.problems) < 20 {
		m.problems = append(m.problems, fmt.Sprintf(format, args...))
	}
}

// acknowledged notes that a client got the answer to a write.
func (m *model) acknowledged(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.meet(id, true)
}

// meet brings the acknowledgement of a write and its entry together, whichever
// comes first.
func (m *model) meet(id string, byClient bool) {
	if first, there := m.awaited[id]; there && first != byClient {
		delete(m.awaited, id)
		return
	}
	m.awaited[id] = byClient
}

// awaitAll waits until every acknowledged write was followed.
func (m *model) awaitAll(t *testing.T) {
	t.Helper()
	lost := func() (ids []string) {
		m.mu.Lock()
		defer m.mu.Unlock()
		for id, byClient := range m.awaited {
			if byClient {
				ids = append(ids, id)
			}
		}
		return ids
	}
	deadline := time.Now().Add(20 * time.Second)
	for len(lost()) > 0 && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
	if ids := lost(); len(ids) > 0 {
		t.Errorf("%d acknowledged writes are not in the journal, such as %s", len(ids), ids[0])
	}
}

// compare holds what the server has against the model.
func (m *model) compare(t *testing.T, there map[string]string) {
	t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range m.problems {
		t.Error(p)
	}
	if m.gaps > 0 {
		t.Errorf("%d calls left the journal before they were followed: nothing can be said", m.gaps)
	}
	if m.applied == 0 {
		t.Error("nothing was written")
	}
	for id, name := range m.names {
		if got, ok := there[id]; !ok {
			t.Errorf("lost: %s %q", id, name)
		} else if got != name {
			t.Errorf("%s is %q, and was written as %q", id, got, name)
		}
	}
	for id, name := range there {
		if _, ok := m.names[id]; !ok {
			t.Errorf("phantom: %s %q", id, name)
		}
	}
}

// lists reads all task lists, page by page.
func (s *soak) lists() map[string]string {
	all := map[string]string{}
	for path := listsPath + "?$select=displayName&$top=500"; path != ""; {
		status, text := s.send(s.http, http.MethodGet, path, "")
		var page struct {
			Value []struct{ ID, DisplayName string }
			Next  string `json:"@odata.nextLink"`
		}
		if err := json.Unmarshal(text, &page); err != nil || status != http.StatusOK {
			s.fail("lists: %d %v %s", status, err, text)
			return all
		}
		for _, c := range page.Value {
			if strings.Contains(c.DisplayName, "name-") || strings.Contains(c.DisplayName, "stray-") { // no built-in one
				all[c.ID] = c.DisplayName
			}
		}
		path = ""
		if next, err := url.Parse(page.Next); err == nil && page.Next != "" {
			path = next.RequestURI()
		}
	}
	return all
}
