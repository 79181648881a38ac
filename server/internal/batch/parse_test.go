package batch

import (
	"fmt"
	"strings"
	"testing"
)

func requests(list ...string) []byte {
	return []byte(`{"requests":[` + strings.Join(list, ",") + `]}`)
}

func get(id int, more string) string {
	return fmt.Sprintf(`{"id":"%d","method":"GET","url":"/me"%s}`, id, more)
}

func TestParseMalformed(t *testing.T) {
	many := make([]string, MaxSteps+1)
	for i := range many {
		many[i] = get(i, "")
	}
	for _, c := range []struct{ name, body, message, finding string }{
		{"no JSON", `nope`, "Invalid batch payload format.", "body: "},
		{"a list", `[]`, "Invalid batch payload format.", "body: "},
		{"no requests", `{}`, "Invalid batch payload format.", "/requests"},
		{"null requests", `{"requests":null}`, "Invalid batch payload format.", "/requests"},
		{"empty", `{"requests":[]}`, "Invalid batch payload format.", "/requests"},
		{"too many", string(requests(many...)), "Number of batch request steps exceeds the maximum value of 20.", "21 requests"},
		{"no id", `{"requests":[{"method":"GET","url":"/me"}]}`, "Request Id cannot be null or empty.", "/requests/0/id"},
		{"empty id", `{"requests":[{"id":"","method":"GET","url":"/me"}]}`, "Request Id cannot be null or empty.", "/requests/0/id"},
		{"object id", `{"requests":[{"id":{},"method":"GET","url":"/me"}]}`, "Request Id cannot be null or empty.", "/requests/0/id"},
		{"same id but for case", `{"requests":[{"id":"A","method":"GET","url":"/me"},{"id":"a","method":"GET","url":"/me"}]}`, "Request Ids are not unique", `"a" is also that of /requests/0`},
		{"number and text", `{"requests":[{"id":1,"method":"GET","url":"/me"},{"id":"1","method":"GET","url":"/me"}]}`, "Request Ids are not unique", "/requests/1/id"},
		{"no method", `{"requests":[{"id":"1","url":"/me"}]}`, "Request Method", "/requests/0/method"},
		{"no url", `{"requests":[{"id":"1","method":"GET"}]}`, "Request URL", "/requests/0/url"},
		{"header object", `{"requests":[{"id":"1","method":"GET","url":"/me","headers":{"A":{}}}]}`, "Invalid batch payload", "/requests/0/headers/A"},
		{"unknown dependency", string(requests(get(1, `,"dependsOn":["7"]`))), "Invalid dependency for request Id : 1.", `"7"`},
		{"on itself", string(requests(get(1, `,"dependsOn":["1"]`))), "Invalid dependency", "stands before"},
		{"later", string(requests(get(1, `,"dependsOn":["2"]`), get(2, ""))), "Invalid dependency", "stands before"},
		{"two", string(requests(get(1, ""), get(2, ""), get(3, `,"dependsOn":["1","2"]`))), "Invalid dependency", "depends on one other"},
		{"two rows", string(requests(get(1, ""), get(2, `,"dependsOn":["1"]`), get(3, ""), get(4, `,"dependsOn":["3"]`))), "The dependencies of the batch", "one row"},
		{"object dependency", string(requests(get(1, `,"dependsOn":{}`))), "Invalid batch payload", "/requests/0/dependsOn"},
	} {
		b, bad := Parse([]byte(c.body), "v1.0", MaxSteps)
		if bad == nil || b != nil {
			t.Errorf("%s: accepted", c.name)
			continue
		}
		if !strings.HasPrefix(bad.Message, c.message) || !strings.Contains(strings.Join(bad.Findings, "; "), c.finding) {
			t.Errorf("%s: %q %q", c.name, bad.Message, bad.Findings)
		}
	}
}

func TestParseNamesAllFindings(t *testing.T) {
	_, bad := Parse([]byte(`{"requests":[{"id":"1"},{"id":"1","method":"GET","url":"/me"},{"method":"GET","url":"/me"}]}`), "v1.0", MaxSteps)
	if bad == nil || len(bad.Findings) != 4 {
		t.Fatalf("%+v", bad)
	}
}

func TestParseLevels(t *testing.T) {
	for _, c := range []struct {
		name string
		body []byte
		want string // level of each step
	}{
		{"independent", requests(get(1, ""), get(2, `,"dependsOn":[]`), get(3, `,"dependsOn":null`)), "000"},
		{"a row", requests(get(1, ""), get(2, `,"dependsOn":["1"]`), get(4, `,"dependsOn":["2"]`), get(3, `,"dependsOn":["4"]`)), "0123"},
		{"all on the same", requests(get(1, ""), get(2, `,"dependsOn":["1"]`), get(3, `,"dependsOn":["1"]`), get(4, "")), "0110"},
		{"by number and without list", requests(get(1, ""), get(2, `,"dependsOn":[1]`), get(3, `,"dependsOn":2`)), "012"},
	} {
		b, bad := Parse(c.body, "v1.0", MaxSteps)
		if bad != nil {
			t.Errorf("%s: %+v", c.name, bad)
			continue
		}
		var got strings.Builder
		for _, s := range b.Steps {
			fmt.Fprint(&got, s.Level)
		}
		if got.String() != c.want {
			t.Errorf("%s: levels %s, want %s", c.name, got.String(), c.want)
		}
	}
}

func TestParseAddresses(t *testing.T) {
	for _, c := range []struct{ url, path, query string }{
		{"/me", "/me", ""},
		{"me", "/me", ""},
		{"//me", "/me", ""},
		{"/v1.0/me", "/me", ""},
		{"V1.0/me?$select=id", "/me", "$select=id"},
		{"/users?$filter=city eq null&$count=true", "/users", "$filter=city%20eq%20null&$count=true"},
		{"/me/drive/root:/Grüße.txt:/content", "/me/drive/root:/Gr%C3%BC%C3%9Fe.txt:/content", ""},
		{"/users/a%20b", "/users/a%20b", ""},
		{"/users?x=https://example.com", "/users", "x=https://example.com"},
		{"/me#fragment", "/me", ""},
	} {
		b, bad := Parse(requests(fmt.Sprintf(`{"id":1,"method":"get","url":%q}`, c.url)), "v1.0", MaxSteps)
		if bad != nil || b.Steps[0].Refused != nil {
			t.Errorf("%s: refused: %+v", c.url, bad)
			continue
		}
		if s := b.Steps[0]; s.Path != c.path || s.RawQuery != c.query || s.Method != "GET" || s.ID != "1" {
			t.Errorf("%s: %+v", c.url, s)
		}
	}
}

func TestParseRefusesSteps(t *testing.T) {
	for _, c := range []struct{ step, reason string }{
		{`{"id":"1","method":"GET","url":"https://graph.microsoft.com/v1.0/me"}`, "not an absolute one"},
		{`{"id":"1","method":"GET","url":"/beta/me"}`, "a batch has one version"},
		{`{"id":"1","method":"POST","url":"/$batch","headers":{"content-type":"application/json"},"body":{}}`, "a batch inside a batch"},
		{`{"id":"1","method":"PATCH","url":"/me","body":{}}`, "Content-Type"},
		{`{"id":"1","method":"POST","url":"/me/sendMail"}`, "Content-Type"},
		{`{"id":"1","method":"PUT","url":"/me/photo/$value","headers":{"Content-Type":"image/png"},"body":"***"}`, "base64"},
	} {
		b, bad := Parse(requests(c.step), "v1.0", MaxSteps)
		if bad != nil {
			t.Errorf("%s: the whole batch: %+v", c.step, bad)
			continue
		}
		if s := b.Steps[0]; s.Refused == nil || s.Refused.Status != 400 || !strings.Contains(s.Reason, c.reason) {
			t.Errorf("%s: %+v", c.step, s)
		}
	}
}

func TestParseBodies(t *testing.T) {
	for _, c := range []struct{ media, body, want string }{
		{"application/json", `{"a":1}`, `{"a":1}`},
		{"application/json;odata.metadata=none", `{"a":1}`, `{"a":1}`},
		{"image/png", `"-_8="`, "\xfb\xff"},
		{"image/png", `"+/8="`, "\xfb\xff"},
		{"image/png", `"-_8"`, "\xfb\xff"},
		{"text/plain", `"grün"`, "grün"},
		{"application/json", `null`, ""},
	} {
		b, bad := Parse(requests(fmt.Sprintf(`{"id":"1","method":"PUT","url":"/x","headers":{"content-type":%q},"body":%s}`, c.media, c.body)), "beta", MaxSteps)
		if bad != nil || b.Steps[0].Refused != nil {
			t.Errorf("%s: refused", c.body)
			continue
		}
		if got := string(b.Steps[0].Body); got != c.want {
			t.Errorf("%s as %s: %q, want %q", c.body, c.media, got, c.want)
		}
	}
}

func TestParseHeaders(t *testing.T) {
	b, bad := Parse(requests(`{"id":"1","method":"GET","url":"/me","headers":{"consistencylevel":"eventual","X-Number":7,"authorization":"Bearer other"}}`), "beta", MaxSteps)
	if bad != nil {
		t.Fatal(bad)
	}
	h := b.Steps[0].Header
	if h.Get("Consistencylevel") != "eventual" || h.Get("X-Number") != "7" || h.Get("Authorization") != "" {
		t.Errorf("%v", h)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(requests(get(1, ""), get(2, `,"dependsOn":["1"]`)))
	f.Add([]byte(`{"requests":[{"id":1,"method":"PUT","url":"a?b","headers":{"content-type":"image/png"},"body":"AA"}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		b, bad := Parse(body, "v1.0", MaxSteps)
		if (b == nil) == (bad == nil) {
			t.Fatal("neither a batch nor a reason, or both")
		}
		if bad != nil {
			if bad.Message == "" || len(bad.Findings) == 0 {
				t.Fatalf("%+v", bad)
			}
			return
		}
		for i, s := range b.Steps {
			if s.After >= i || s.ID == "" || (s.Refused == nil) != (s.Reason == "") || (s.Refused == nil && s.Path[0] != '/') {
				t.Fatalf("step %d: %+v", i, s)
			}
		}
	})
}
