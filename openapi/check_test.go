package openapi

import (
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	const document = `openapi: 3.0.4
info: {title: t}
paths:
  /a/{id}:
    get:
      responses: {'200': {description: ok}}
  /b:
    get:
      responses: {'200': {$ref: '#/components/responses/none'}}
components:
  schemas:
    odd: {type: strange}
`
	var lines []string
	for _, p := range Check("mine.yaml", []byte(document)) {
		lines = append(lines, p.String())
	}
	got := strings.Join(lines, "\n")
	for _, want := range []string{
		"mine.yaml:2:1: /info: ", "operation GET /a/{id} must define", `mine.yaml:9:27: /paths/~1b/get/responses/200/$ref: nothing at`,
		"mine.yaml:12:5: /components/schemas/odd: ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if len(lines) != 4 {
		t.Errorf("%d problems:\n%s", len(lines), got)
	}
}

func TestCheckUnreadable(t *testing.T) {
	for _, document := range []string{"", "a: [", "{", "[]", "openapi: '2.0'", "openapi: 3.0.4\npaths: []"} {
		if got := Check("mine.yaml", []byte(document)); len(got) != 1 || got[0].File != "mine.yaml" || got[0].Text == "" {
			t.Errorf("%q: %v", document, got)
		}
	}
}
