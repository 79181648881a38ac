package server

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/graph"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const aSetting = "/beta/deviceManagement/virtualEndpoint/externalPartnerSettings/b3548526-e615-3785-3118-be70b3968ec5"

// breaking is a behaviour with a mistake in it.
type breaking struct{}

func (breaking) Update(_ behavior.Tx, _, _ entity.Object, after *behavior.Entity) *grapherr.Error {
	after.SetString("statusDetails", "half done")
	panic("a mistake in a behaviour")
}

// A request that breaks the fake gets Graph's 500 with its ids; what it had
// written is undone, and the server lives on.
func TestPanicInAHandler(t *testing.T) {
	var log bytes.Buffer
	s, err := New(WithLogger(zerolog.New(zerolog.SyncWriter(&log))))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	sound := s.graph
	s.graph = &graph.Engine{Store: sound.Store, Clock: sound.Clock, NewID: sound.NewID, Catalogue: sound.Catalogue}
	s.graph.Behaviors, err = behavior.NewSet([]behavior.Registration{
		{Type: "microsoft.graph.cloudPcExternalPartnerSetting", Behavior: breaking{}},
	})
	if err != nil {
		t.Fatal(err)
	}
	patch := func() (*http.Response, string) {
		t.Helper()
		r, err := http.NewRequest("PATCH", "https://graph.microsoft.com"+aSetting, strings.NewReader(`{"enableConnection":true}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer secret-token")
		response, err := s.Transport().RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response, string(text)
	}
	for range 2 {
		response, text := patch()
		var v struct {
			Error struct {
				Code  string
				Inner map[string]string `json:"innerError"`
			}
		}
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		id := response.Header.Get("Request-Id")
		if response.StatusCode != 500 || v.Error.Code != "InternalServerError" || id == "" || v.Error.Inner["request-id"] != id {
			t.Errorf("%d, request-id %q: %s", response.StatusCode, id, text)
		}
		if reason := response.Header.Get("X-Fake-Reason"); !strings.Contains(reason, "its log has the stack") {
			t.Errorf("reason %q", reason)
		}
		if !strings.Contains(log.String(), id) || !strings.Contains(log.String(), "routes_test.go") || strings.Contains(log.String(), "secret-token") {
			t.Errorf("the log says %s", log.String())
		}
	}
	s.graph = sound
	if response, text := patch(); response.StatusCode != 200 || strings.Contains(text, "half done") {
		t.Errorf("afterwards %d %s", response.StatusCode, text)
	}
}
