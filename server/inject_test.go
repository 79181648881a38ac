package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server"
)

func ExampleServer_Inject() {
	fake, err := server.New(server.WithAuth("off"))
	if err != nil {
		panic(err)
	}
	defer fake.Close()
	client := &http.Client{Transport: fake.Transport()}
	get := func() {
		response, err := client.Get("https://graph.microsoft.com/v1.0/users")
		if err != nil {
			panic(err)
		}
		response.Body.Close()
		fmt.Println(response.StatusCode, response.Header.Get("X-Fake-Reason"))
	}

	outage, err := fake.Inject(scenarios.Rule{
		Match:   scenarios.Match{Path: scenarios.AnyOf{"/v1.0/users"}},
		Respond: &scenarios.Respond{Status: 502},
	})
	if err != nil {
		panic(err)
	}
	get()
	outage.Remove()
	get()
	// Output:
	// 502 scenario "injected-1", rule 1
	// 200
}

func ExampleTest_InjectOnce() {
	var t *testing.T // your test's

	fake := server.NewTest(t)
	lost := fake.InjectOnce(scenarios.Rule{
		Match:   scenarios.Match{Method: scenarios.AnyOf{"PATCH"}},
		When:    scenarios.WhenAfter,
		Respond: &scenarios.Respond{Status: 504},
	})
	// … what is under test makes a change …
	if lost.Rules()[0].Decided != 1 {
		t.Error("nothing was changed")
	}
}

// status is a rule that answers every request.
func status(code int) scenarios.Rule {
	return scenarios.Rule{Respond: &scenarios.Respond{Status: code}}
}

func TestInject(t *testing.T) {
	t.Parallel()
	fake := server.NewTest(t, server.WithScenario("throttle-sustained"))
	first, then := fake.InjectOnce(status(502), status(504)), fake.InjectOnce(status(500))
	for _, want := range []int{502, 504, 500, 429} {
		request(t, fake.Client(), "GET", fake.URL+settings, "").wants(t, want, "")
	}
	if got := first.Rules(); len(got) != 2 || got[1].Decided != 1 || got[1].Matches != 1 {
		t.Errorf("counted %v", got)
	}
	then.Remove()
	then.Remove()
	if got := then.Rules(); got != nil {
		t.Errorf("removed, and there is %v", got)
	}
}

func TestInject_Tenant(t *testing.T) {
	t.Parallel()
	fake := server.NewTest(t)
	for _, name := range []string{"one", "two"} {
		t.Run(name, func(t *testing.T) {
			own := fake.Tenant(t, name)
			own.InjectOnce(status(500))
			get := func(want int) {
				t.Helper()
				request(t, fake.Client(), "GET", fake.URL+settings, "", "X-Fake-Tenant", name).wants(t, want, "")
			}
			request(t, fake.Client(), "GET", fake.URL+settings, "").wants(t, 200, "")
			get(500)
			get(200)
			own.Inject(status(503))
			get(503)
		})
	}
	request(t, fake.Client(), "GET", fake.URL+settings, "", "X-Fake-Tenant", "one").wants(t, 200, "") // gone with its test
}

func TestInject_Refused(t *testing.T) {
	t.Parallel()
	fake := server.NewTest(t)
	if _, err := fake.Server.Inject(scenarios.Rule{}); err == nil || !strings.Contains(err.Error(), "the rule does nothing") {
		t.Errorf("got %v", err)
	}
}

func TestScenarios_FromGo(t *testing.T) {
	t.Parallel()
	fake := server.NewTest(t, server.WithScenario("throttle-sustained"))
	get := func(want int) {
		t.Helper()
		request(t, fake.Client(), "GET", fake.URL+settings, "").wants(t, want, "")
	}
	get(429)
	fake.Scenarios().Switch("throttle-sustained", "", false)
	get(200)
	if _, err := fake.Scenarios().Put(scenarios.Scenario{Name: "throttle-sustained", Rules: []scenarios.Rule{status(500)}}, ""); err != nil {
		t.Fatal(err)
	}
	get(500)
}
