package scenarios

import (
	"encoding/json"
	"testing"
)

func TestFill(t *testing.T) {
	e := engineOf(t, `
name: x
rules:
  - respond:
      status: 201
      headers: {X-Path: "{{request.path}}", X-Top: "{{ request.query.$top }}"}
      body:
        id: "{{uuid}}"
        at: "{{now}}"
        whole: "{{request.body}}"
        number: "{{request.body./n/0}}"
        text: "no {{request.body./n/0}} of {{request.segment.last}} by {{request.user}}, {{request.header.x-a}}"
        none: "{{request.body./zz}}"
    headers: {X-Set: "{{request.method}}", X-Gone: null}
`)
	f := &Facts{
		Method: "POST", Path: "/v1.0/users/a%20b", RawQuery: "%24top=5%0d%0aSet-Cookie:x", User: "ada",
		Body:   func() any { return map[string]any{"n": []any{7.0}} },
		Header: func(name string) string { return name },
	}
	d := e.Decide(f, noon)
	filled := d.Fill(f, Given{Now: noon, NewID: func() string { return "a-guid" }})
	got, _ := json.Marshal(filled.Respond.Body)
	const want = `{"at":"2024-05-01T12:00:00Z","id":"a-guid","none":null,"number":7,"text":"no 7 of a b by ada, X-A","whole":{"n":[7]}}`
	if string(got) != want {
		t.Errorf("%s", got)
	}
	if h := filled.Respond.Headers; h["X-Path"] != "/v1.0/users/a%20b" || h["X-Top"] != "5  Set-Cookie:x" {
		t.Errorf("%q", h)
	}
	if *filled.Headers["X-Set"] != "POST" || filled.Headers["X-Gone"] != nil || *d.Headers["X-Set"] != "{{request.method}}" {
		t.Errorf("%v", filled.Headers)
	}
}

func FuzzTemplate(f *testing.F) {
	for _, text := range []string{"", "{{now}}", "a{{request.body./x}}b", "{{", "{{request.segment.99}}", "}}{{uuid}}"} {
		f.Add(text)
	}
	facts := &Facts{Path: "/v1.0/x", Header: func(string) string { return "" }}
	f.Fuzz(func(t *testing.T, text string) {
		if checkTemplate(text) != nil {
			return
		}
		filler := filler{facts: facts, given: Given{Now: noon, NewID: func() string { return "id" }}}
		filler.any(text)
	})
}
