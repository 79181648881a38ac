package e2e

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	msgraph "github.com/microsoftgraph/msgraph-beta-sdk-go"
	"github.com/microsoftgraph/msgraph-beta-sdk-go/models"
	"github.com/microsoftgraph/msgraph-beta-sdk-go/models/odataerrors"

	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server"
)

// groupPosts are the calls that these tests make.
var groupPosts = scenarios.Match{Method: scenarios.AnyOf{"POST"}, Path: scenarios.AnyOf{"/beta/groups"}}

// createGroup makes a group through the SDK.
func createGroup(c *msgraph.GraphServiceClient) error {
	name, yes, no := "retried", true, false
	group := models.NewGroup()
	group.SetDisplayName(&name)
	group.SetMailNickname(&name)
	group.SetMailEnabled(&no)
	group.SetSecurityEnabled(&yes)
	_, err := c.Groups().Post(context.Background(), group, nil)
	return err
}

// wantCalls holds the calls to groups against their statuses, and each but the
// first against what a retry is: numbered by its header, and no sooner than told.
func wantCalls(t *testing.T, fake *server.Test, statuses ...int) []server.Call {
	t.Helper()
	calls := fake.AssertCalled(t, groupPosts)
	if len(calls) != len(statuses) {
		t.Fatalf("%d calls %v, want %d", len(calls), calls, len(statuses))
	}
	for i, c := range calls {
		if c.Response == nil || c.Response.Status != statuses[i] {
			t.Errorf("call %d: %s, want %d", i+1, c, statuses[i])
		}
		if attempt := strings.Join(c.Request.Headers["Retry-Attempt"], ""); (attempt == "") != (i == 0) {
			t.Errorf("call %d: Retry-Attempt %q", i+1, attempt)
		}
		if c.Decision.RetriedEarlyMs > 0 {
			t.Errorf("call %d came %v ms too early", i+1, c.Decision.RetriedEarlyMs)
		}
	}
	return calls
}

// TestRetry_Answers drives the SDK's retry handler through statuses that it
// repeats: it waits as told, and what it waits for is in the journal.
func TestRetry_Answers(t *testing.T) {
	second := scenarios.Duration(time.Second)
	for _, status := range []int{429, 503} {
		fake := server.NewTest(t)
		fake.InjectOnce(scenarios.Rule{Match: groupPosts, Respond: &scenarios.Respond{Status: status, RetryAfter: &second}})
		check(t, createGroup(newClient(t, fake.Transport())))
		calls := wantCalls(t, fake, status, 201)
		if waited := calls[1].Time.Sub(calls[0].Time); waited < time.Second || waited > 10*time.Second {
			t.Errorf("%d: retried after %v", status, waited)
		}
	}
}

// TestRetry_GivesUp drives it until it has had enough: three retries.
func TestRetry_GivesUp(t *testing.T) {
	fake := server.NewTest(t, server.WithScenario("throttle-sustained"))
	err := createGroup(newClient(t, fake.Transport()))
	var fault *odataerrors.ODataError
	if !errors.As(err, &fault) || fault.ResponseStatusCode != 429 {
		t.Errorf("got %v, want 429", err)
	}
	wantCalls(t, fake, 429, 429, 429, 429)
}

// TestRetry_AfterCommit drives it through a lost answer: the retry makes the
// group a second time, which is what the scenario is there to find.
func TestRetry_AfterCommit(t *testing.T) {
	fake := server.NewTest(t, server.WithScenario("after-commit-failure"))
	c := newClient(t, fake.Transport())
	check(t, createGroup(c))
	wantCalls(t, fake, 504, 201)
	list, err := c.Groups().Get(context.Background(), nil)
	check(t, err)
	made := 0
	for _, g := range list.GetValue() {
		if name := g.GetDisplayName(); name != nil && *name == "retried" {
			made++
		}
	}
	if made != 2 {
		t.Errorf("%d groups, want the one that was made and the one that the retry made", made)
	}
}

// TestRetry_Reset drives it through a connection that is reset: the handler
// looks at answers alone, so the caller has to repeat the call.
func TestRetry_Reset(t *testing.T) {
	fake := server.NewTest(t)
	reset := fake.InjectOnce(scenarios.Rule{Match: groupPosts, Fault: scenarios.FaultReset})
	c := newClient(t, fake.Transport())
	if err := createGroup(c); err == nil || !strings.Contains(err.Error(), "reset") {
		t.Errorf("got %v, want a connection that was reset", err)
	}
	if n := reset.Rules()[0].Decided; n != 1 {
		t.Errorf("reset %d times", n)
	}
	check(t, createGroup(c))
	if calls := fake.AssertCalled(t, groupPosts); len(calls) != 2 || calls[0].Response.Fault != "reset" || len(calls[1].Request.Headers["Retry-Attempt"]) > 0 {
		t.Errorf("called %v", calls)
	}
}
