package server_test

import (
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

// The journal tells how long an answer took, by the fake's clock.
func TestRequests_Took(t *testing.T) {
	fake := server.NewTest(t)
	resp, err := fake.Client().Get(fake.URL + "/v1.0/me")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if calls := fake.Requests(); len(calls) != 1 || calls[0].DurationMs <= 0 {
		t.Errorf("%d calls, want one that took more than no time: %+v", len(calls), calls)
	}
}
