package signin

import (
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/e2e/internal/javascript"
	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server"
)

// TestJavaScript_Retry drives the retry handler of @microsoft/microsoft-graph-client
// through faults and reads from the journal what it did.
func TestJavaScript_Retry(t *testing.T) {
	javascript.Install(t, programs)
	posts := scenarios.Match{Method: scenarios.AnyOf{"POST"}, Path: scenarios.AnyOf{"/v1.0/groups"}}
	second := scenarios.Duration(time.Second)
	for name, test := range map[string]struct {
		rule     scenarios.Rule
		outcome  string
		statuses []int // of the calls; 0 for a fault
		made     int   // groups
	}{
		"429":          {scenarios.Rule{Respond: &scenarios.Respond{Status: 429, RetryAfter: &second}}, "^made$", []int{429, 201}, 1},
		"503":          {scenarios.Rule{Respond: &scenarios.Respond{Status: 503, RetryAfter: &second}}, "^made$", []int{503, 201}, 1},
		"after commit": {scenarios.Rule{When: scenarios.WhenAfter, Respond: &scenarios.Respond{Status: 504, RetryAfter: &second}}, "^made$", []int{504, 201}, 2},
		"reset":        {scenarios.Rule{Fault: scenarios.FaultReset}, "^failed ", []int{0}, 0}, // it looks at answers alone
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := server.NewTest(t, server.WithAddresses("127.0.0.1:0", "127.0.0.1:0"))
			test.rule.Match = posts
			fake.InjectOnce(test.rule)
			e := environmentOf(t, fake)
			node(t, slices.Concat(e.common, []string{"FAKE_WAY=explicit", "FAKE_OUTCOME=" + test.outcome}), "clients.mjs", "create a group")
			calls := fake.AssertCalled(t, posts)
			if len(calls) != len(test.statuses) {
				t.Fatalf("called %v, want %v", calls, test.statuses)
			}
			for i, c := range calls {
				if want := test.statuses[i]; want > 0 && c.Response.Status != want || want == 0 && c.Response.Fault != "reset" {
					t.Errorf("call %d: %s, want %d", i+1, c, want)
				}
				if attempt := strings.Join(c.Request.Headers["Retry-Attempt"], ""); (attempt == "") != (i == 0) || c.Decision.RetriedEarlyMs > 0 {
					t.Errorf("call %d: Retry-Attempt %q, %v ms too early", i+1, attempt, c.Decision.RetriedEarlyMs)
				}
			}
			if made := strings.Count(listGroups(t, fake), `"displayName":"retried"`); made != test.made {
				t.Errorf("%d groups were made, want %d", made, test.made)
			}
		})
	}
}

// listGroups is the answer to a list of groups.
func listGroups(t *testing.T, fake *server.Test) string {
	t.Helper()
	r, err := fake.Client().Get(fake.URL + "/v1.0/groups?$select=displayName")
	check(t, err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	check(t, err)
	return string(body)
}
