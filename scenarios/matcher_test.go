package scenarios

import (
	"encoding/json"
	"strings"
	"testing"
)

// facts are those of one PATCH that most cases of this package start from.
func facts() *Facts {
	header := map[string]string{"Prefer": "return=minimal, respond-async", "Consistencylevel": "eventual"}
	body := decode(`{"displayName":"Ada","a/b":[1,{"n":2.50}],"big":12345678901234567890,"gone":null,"on":true}`)
	return &Facts{
		Method: "PATCH", Path: "/v1.0/users/ada", RawQuery: "odd=%zz&$top=5&%24Filter=a+eq%20b&$count=true&x=1&x=2",
		Header: func(name string) string { return header[name] }, Body: func() any { return body },
		App: "app-1", User: "ada@contoso.com", Tenant: "t-1",
		Permissions: []string{"User.ReadWrite.All", "User.ManageIdentities.All"},
		Operation:   "users.user.UpdateUser", EntityType: "microsoft.graph.user",
	}
}

func decode(text string) any {
	var v any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil
	}
	return v
}

func TestMatcher(t *testing.T) {
	tests := []struct {
		match string
		want  bool
	}{
		{`{}`, true},
		{`method: PATCH`, true}, {`method: GET`, false}, {`method: [GET, PATCH]`, true}, {`method: "*"`, true}, {`method: [GET, "*"]`, true},
		{`path: /v1.0/users/*`, true}, {`path: [/beta/**, /**]`, true}, {`path: [/beta/**, /v1.0/groups/**]`, false},
		{`query: {$top: 5}`, true}, {`query: {TOP: "5"}`, true}, {`query: {$top: 50}`, false}, {`query: {$top: "*"}`, true}, {`query: {$skip: "*"}`, false},
		{`query: {$filter: a eq b}`, true}, {`query: {$filter: "*eq*"}`, true}, {`query: {x: 2}`, true}, {`query: {x: 3}`, false}, {`query: {odd: "%zz"}`, true},
		{`query: {$skip: ""}`, true}, {`query: {$top: ""}`, false}, {`query: {$top: 5, $count: false}`, false}, {`query: {$count: true}`, true},
		{`header: {prefer: "*return=minimal*"}`, true}, {`header: {prefer: return=minimal}`, false}, {`header: {CONSISTENCYLEVEL: eventual}`, true},
		{`header: {If-Match: "*"}`, false}, {`header: {If-Match: ""}`, true}, {`header: {Prefer: ""}`, false},
		{`body: {/displayName: Ada}`, true}, {`body: {/displayName: ada}`, false}, {`body: {/displayName: "*"}`, false}, {`body: {/none: null}`, false}, {`body: {/gone: null}`, true},
		{`body: {/a~1b/1/n: 2.5}`, true}, {`body: {/a~1b/0: 1.0}`, true}, {`body: {/a~1b/0: "1"}`, false}, {`body: {/a~1b/2: 1}`, false}, {`body: {/a~1b/x: 1}`, false},
		{`body: {/a~1b: [1, {n: 2.5}]}`, true}, {`body: {/a~1b: [1]}`, false}, {`body: {/a~1b/1: {n: 2.5, m: 1}}`, false}, {`body: {/on: true}`, true}, {`body: {/on: "true"}`, false},
		{`body: {/big: 12345678901234567890}`, true}, {`body: {/big: 12345678901234567891}`, false}, {`body: {/displayName/x: 1}`, false},
		{`app: APP-1`, true}, {`app: [a, b]`, false}, {`user: ada@contoso.com`, true}, {`user: bob@contoso.com`, false}, {`tenant: t-1`, true}, {`tenant: t-2`, false},
		{`permission: User.ReadWrite.All`, true}, {`permission: user.manageidentities.all`, true}, {`permission: User.Read`, false},
		{`operation: users.user.UpdateUser`, true}, {`operation: users.user.GetUser`, false}, {`entityType: microsoft.graph.user`, true}, {`entityType: microsoft.graph.group`, false},
		{`delivery: false`, true}, {`delivery: true`, false},
		{`inBatch: false`, true}, {`inBatch: true`, false},
		{`{method: PATCH, path: /v1.0/users/*, user: ada@contoso.com, inBatch: false}`, true}, {`{method: PATCH, user: bob@contoso.com}`, false},
	}
	for _, test := range tests {
		m := compileMatch(parseMatch(t, test.match))
		if got := m.match(facts()); got != test.want {
			t.Errorf("%s: %v, want %v", test.match, got, test.want)
		}
	}
}

// A delivery is met by the rules that ask for deliveries, and by no other.
func TestMatcherOfDeliveries(t *testing.T) {
	for match, want := range map[string]bool{`{}`: false, `method: POST`: false, `delivery: true`: true, `{delivery: true, path: /hook}`: true, `{delivery: true, path: /other}`: false} {
		m := compileMatch(parseMatch(t, match))
		if got := m.match(&Facts{Method: "POST", Path: "/hook", Delivery: true}); got != want {
			t.Errorf("%s: %v, want %v", match, got, want)
		}
	}
}

func parseMatch(t *testing.T, match string) Match {
	t.Helper()
	if !strings.HasPrefix(match, "{") {
		match = "{" + match + "}"
	}
	list, problems := Parse("match", []byte("name: x\nrules: [{delay: 1s, match: "+match+"}]"))
	if len(problems) > 0 {
		t.Fatalf("%s: %v", match, problems)
	}
	return list[0].Rules[0].Match
}

func TestMatcherWithoutFacts(t *testing.T) {
	for match, want := range map[string]bool{
		`header: {a: "*"}`: false, `header: {a: ""}`: true, `body: {"": null}`: false, `query: {a: ""}`: true, `user: ada`: false, `permission: p`: false,
	} {
		m := compileMatch(parseMatch(t, match))
		if got := m.match(&Facts{Method: "GET", Path: "/v1.0/me"}); got != want {
			t.Errorf("%s: %v, want %v", match, got, want)
		}
	}
}
