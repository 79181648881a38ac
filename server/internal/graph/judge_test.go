package graph

import (
	"strings"
	"testing"
)

func TestJudgeUpdate(t *testing.T) {
	const stored = `{"id":"a","name":"A","code":"c1","badge":"b1","home":{"city":"X","street":"S","zone":"Z"},"homes":[{"city":"X","zone":"Z"}]}`
	for _, c := range []struct {
		name, body string
		lenient    bool
		status     int
		names      string // member that Graph's text names, of a refusal
		want       string // members of the answer, of an acceptance
	}{
		{"read-only and equal", `{"name":"B","code":"c1"}`, false, 200, "", `"code":"c1","name":"B"`},
		{"read-only and different", `{"name":"B","code":"c2"}`, false, 400, "code", ""},
		{"create-only and equal", `{"badge":"b1"}`, false, 200, "", `"badge":"b1"`},
		{"create-only and different", `{"badge":"b2"}`, false, 400, "badge", ""},
		{"id equal", `{"id":"a"}`, false, 200, "", `"id":"a"`},
		{"id different", `{"id":"b"}`, false, 400, "id", ""},
		{"equal but for the spelling of JSON", `{"code":"\u00631"}`, false, 200, "", `"code":"c1"`},
		{"nested read-only and equal", `{"home":{"zone":"Z","city":"Y"}}`, false, 200, "", `"city":"Y","street":"S","zone":"Z"`},
		{"nested read-only and different", `{"home":{"zone":"N","city":"Y"}}`, false, 400, "home", ""},
		{"nested read-only in a collection, equal", `{"homes":[{"zone":"Z","city":"Y"}]}`, false, 200, "", `"homes":[{"zone":"Z","city":"Y"}]`},
		{"nested read-only in a collection, different", `{"homes":[{"zone":"N"}]}`, false, 400, "homes", ""},
		{"nested read-only in a further item", `{"homes":[{"zone":"Z"},{"zone":"Z"}]}`, false, 400, "homes", ""},
		{"wrong type", `{"age":"old"}`, false, 400, "age", ""},
		{"unknown", `{"nmae":"B"}`, false, 400, "", ""},
		{"unknown inside", `{"home":{"ctiy":"Y"}}`, false, 400, "", ""},

		{"lenient: read-only and different", `{"name":"B","code":"c2"}`, true, 200, "", `"code":"c1","name":"B"`},
		{"lenient: nested read-only and different", `{"home":{"zone":"N","city":"Y"}}`, true, 200, "", `"city":"Y","street":"S","zone":"Z"`},
		{"lenient: nested read-only in a collection", `{"homes":[{"zone":"N","city":"Y"}]}`, true, 200, "", `"homes":[{"city":"Y"}]`},
		{"lenient: unknown is stored", `{"nmae":"B"}`, true, 200, "", `"nmae":"B"`},
		{"lenient: unknown inside is stored", `{"home":{"ctiy":"Y"}}`, true, 200, "", `"ctiy":"Y"`},
		{"lenient: wrong type", `{"age":"old"}`, true, 400, "age", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFake(t)
			f.Lenient = c.lenient
			f.plant("/people", stored)
			r := f.do("PATCH", "/people/a", c.body)
			if r.Status != c.status {
				t.Fatalf("%d %s %s", r.Status, r.Reason, r.Body)
			}
			if c.status == 200 {
				for want := range strings.SplitSeq(c.want, ",") {
					if !strings.Contains(string(r.Body), want) {
						t.Errorf("no %s in %s", want, r.Body)
					}
				}
				return
			}
			if text := message(t, r); !strings.Contains(text, c.names) || r.Reason == "" || len(r.Findings) == 0 {
				t.Errorf("%q, reason %q, findings %v", text, r.Reason, r.Findings)
			}
			if after := f.must(200, "GET", "/people/a", ""); !strings.Contains(after, `"name":"A"`) || !strings.Contains(after, `"city":"X","street":"S"`) {
				t.Errorf("a refused PATCH changed %s", after)
			}
		})
	}
}

// All findings reach the tester, the client gets one error.
func TestJudgeReportsAll(t *testing.T) {
	f := newFake(t)
	f.plant("/people", `{"id":"a","code":"c1"}`)
	r := f.do("PATCH", "/people/a", `{"age":"old","code":"c2","nmae":"B"}`)
	if r.Status != 400 || len(r.Findings) != 3 {
		t.Fatalf("%d %v", r.Status, r.Findings)
	}
	for _, name := range []string{"age", "code", "nmae"} {
		if !strings.Contains(r.Reason, name) {
			t.Errorf("%s is not in %q", name, r.Reason)
		}
	}
}

func TestJudgeCreate(t *testing.T) {
	f := newFake(t)
	body := f.must(201, "POST", "/people", `{"id":"mine","name":"A","badge":"b"}`)
	if strings.Contains(body, "mine") {
		t.Errorf("the client's id was taken: %s", body)
	}
	if r := f.do("POST", "/people", `{"name":"A","code":"c"}`); r.Status != 400 {
		t.Errorf("read-only member on create: %d %s", r.Status, r.Body)
	}
	f.Lenient = true
	r := f.do("POST", "/people", `{"name":"A","code":"c","more":1}`)
	if r.Status != 201 || strings.Contains(string(r.Body), `"code":"c"`) || !strings.Contains(string(r.Body), `"more":1`) {
		t.Errorf("lenient: %d %s", r.Status, r.Body)
	}
	if len(r.Warnings) != 2 {
		t.Errorf("warnings %q", r.Warnings)
	}
}

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{`1`, `1.0`, true}, {`"a"`, `"\u0061"`, true}, {`{"a":1,"b":2}`, `{ "b":2, "a":1 }`, true}, {`[1,2]`, `[2,1]`, false},
		{`null`, ``, false}, {``, ``, false}, {`null`, `null`, true}, {`"A"`, `"a"`, false},
	} {
		if got := same([]byte(c.a), []byte(c.b)); got != c.want {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}
