package openapi

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// operationAt resolves a path and takes its operation.
func operationAt(tb testing.TB, v *Version, method, path string) (*Operation, []Segment) {
	tb.Helper()
	target, err := v.Resolve(path, nil)
	if err != nil {
		tb.Fatal(err)
	}
	op := target.Item.Operation(method)
	if op == nil {
		tb.Fatalf("no %s %s", method, path)
	}
	return op, target.Segments
}

// jsonBody decodes a body as the server does.
func jsonBody(tb testing.TB, text string) Body {
	tb.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	body := Body{MediaType: "application/json", Present: true}
	if err := decoder.Decode(&body.Value); err != nil {
		tb.Fatal(err)
	}
	return body
}

// findingLines writes findings one on a line: "body /partnerId format".
func findingLines(list []Finding) string {
	var b strings.Builder
	for _, f := range list {
		fmt.Fprintf(&b, "%s %s %s\n", f.In, f.Path, f.Kind)
	}
	return strings.TrimSpace(b.String())
}

func TestValidateMediaType(t *testing.T) {
	v := beta(t)
	object := map[string]any{"enableConnection": true}
	for _, test := range []struct {
		name, method, path string
		body               Body
		want               string
	}{
		{"JSON", "PATCH", partners + "/1", Body{"application/json", true, object}, ""},
		{"parameters", "PATCH", partners + "/1", Body{"Application/JSON; odata.metadata=none; charset=utf-8", true, object}, ""},
		{"none", "PATCH", partners + "/1", Body{"", true, object}, "header Content-Type mediaType"},
		{"text", "PATCH", partners + "/1", Body{"text/plain", true, object}, "header Content-Type mediaType"},
		{"missing", "PATCH", partners + "/1", Body{"application/json", false, nil}, "body  required"},
		{"missing on create", "POST", partners, Body{}, "body  required"},
		{"on DELETE", "DELETE", partners + "/1", Body{"text/plain", true, "x"}, ""},
		{"on GET", "GET", partners + "/1", Body{"application/json", true, 7.0}, ""},
		{"array", "PATCH", partners + "/1", Body{"application/json", true, []any{}}, "body  type"},
		{"null", "PATCH", partners + "/1", Body{"application/json", true, nil}, "body  type"},
	} {
		t.Run(test.name, func(t *testing.T) {
			op, _ := operationAt(t, v, test.method, test.path)
			if got := findingLines(op.Validate(Input{Body: test.body})); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestValidateStreamsAndLinks(t *testing.T) {
	v := served(t, "v1.0", directory)
	for _, test := range []struct {
		method, path string
		body         Body
		want         string
	}{
		{"PUT", "/users/x/photo/$value", Body{MediaType: "image/jpeg", Present: true}, ""},
		{"PUT", "/users/x/photo/$value", Body{MediaType: "text/plain", Present: true}, "header Content-Type mediaType"},
		{"POST", "/groups/g/members/$ref", jsonBody(t, `{"@odata.id":"https://graph.microsoft.com/v1.0/users/x"}`), ""},
		{"POST", "/groups/g/members/$ref", jsonBody(t, `{"id":"x"}`), "body /@odata.id required"},
		{"POST", "/groups/g/members/$ref", jsonBody(t, `{"@odata.id":7}`), "body /@odata.id type"},
		{"POST", "/groups/g/members/$ref", jsonBody(t, `"x"`), "body  type"},
		{"POST", "/groups/g/members/$ref", Body{}, "body  required"},
		{"POST", "/users/x/assignLicense", Body{}, ""},
		{"POST", "/users/x/assignLicense", jsonBody(t, `{}`), ""},
		{"POST", "/users/x/assignLicense", jsonBody(t, `{"a":1}`), "body /a additionalProperties"},
	} {
		t.Run(test.method+test.path, func(t *testing.T) {
			op, _ := operationAt(t, v, test.method, test.path)
			if got := findingLines(op.Validate(Input{Body: test.body})); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestValidatePath(t *testing.T) {
	v := served(t, "beta", `
openapi: 3.0.4
info: {title: t, version: '1'}
paths:
  /things/{thing-id}:
    get:
      parameters:
        - {name: thing-id, in: path, required: true, schema: {type: string, format: uuid}}
        - {name: If-Match, in: header, required: true, schema: {type: string}}
        - {name: Accept, in: header, required: true, schema: {type: string}}
        - {name: from, in: query, required: true, schema: {type: string, format: date-time}}
        - {name: level, in: query, schema: {type: string, enum: [low, high]}}
      responses: {'200': {description: ok}}
`)
	for _, test := range []struct{ path, query, match, want string }{
		{"/things/b3548526-e615-3785-3118-be70b3968ec5", "from=2026-01-01T00:00:00Z&level=low", "*", ""},
		{"/things/1", "from=2026-01-01T00:00:00Z", "*", "path thing-id format"},
		{"/things/B3548526-E615-3785-3118-BE70B3968EC5", "level=x", "", "header If-Match required\nquery from required\nquery level enum"},
		{"/things('1')", "from=now", "*", "path thing-id format\nquery from format"},
	} {
		t.Run(test.path+test.query, func(t *testing.T) {
			op, segments := operationAt(t, v, "GET", test.path)
			header := func(string) string { return test.match }
			got := findingLines(op.Validate(Input{RawQuery: test.query, Header: header, Segments: segments}))
			if got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestValidateFunctionArguments(t *testing.T) {
	v := served(t, "v1.0", directory)
	for _, test := range []struct{ start, want string }{
		{"'2026-01-01T00:00:00Z'", ""}, {"@p", ""}, {"null", ""}, {"'@p'", "path StartDateTime format"}, {"soon", "path StartDateTime format"},
	} {
		op, segments := operationAt(t, v, "GET", "/users/x/reminderView(startDateTime="+test.start+",endDateTime='b')")
		if got := findingLines(op.Validate(Input{Segments: segments})); got != test.want {
			t.Errorf("%s: got %q, want %q", test.start, got, test.want)
		}
	}
}

// All findings come at once, sorted and capped, the rest counted.
func TestFindingsAreCapped(t *testing.T) {
	op, _ := operationAt(t, beta(t), "POST", partners)
	for _, test := range []struct{ unknown, more int }{{18, 0}, {19, 1}, {50, 32}, {5000, 4982}} {
		object := map[string]any{}
		for i := range test.unknown {
			object[fmt.Sprintf("zz%06d", i)] = i
		}
		got := op.Validate(Input{Body: Body{"application/json", true, object}})
		want := test.unknown + 2
		if test.more > 0 {
			want = mostFindings + 1
			last := got[len(got)-1]
			if last.Kind != "count" || last.Text != fmt.Sprintf("and %d more", test.more) {
				t.Errorf("%d: last is %+v", test.unknown, last)
			}
		}
		if len(got) != want || got[0].Kind != "required" || got[0].Path != "/enableConnection" {
			t.Errorf("%d: %d findings, first %+v", test.unknown, len(got), got[0])
		}
	}
}

func BenchmarkValidate(b *testing.B) {
	op, segments := operationAt(b, beta(b), "PATCH", partners+"/b3548526-e615-3785-3118-be70b3968ec5")
	in := Input{Segments: segments, Header: func(string) string { return "" }, Body: jsonBody(b, `{"enableConnection":true}`)}
	b.ReportAllocs()
	for b.Loop() {
		if got := op.Validate(in); got != nil {
			b.Fatal(got)
		}
	}
}
