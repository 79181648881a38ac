package graph

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

func object(t testing.TB, text string) entity.Object {
	t.Helper()
	o, err := entity.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return o
}

func TestMerge(t *testing.T) {
	for _, c := range []struct{ name, typ, stored, change, want, applied string }{
		{"left out stays", "person", `{"name":"A","age":1}`, `{}`, `{"name":"A","age":1}`, `{}`},
		{"scalar replaced in place", "person", `{"name":"A","age":1}`, `{"name":"B"}`, `{"name":"B","age":1}`, `{"name":"B"}`},
		{"new member appended", "person", `{"name":"A"}`, `{"age":2}`, `{"name":"A","age":2}`, `{"age":2}`},
		{"null clears", "person", `{"name":"A","age":1}`, `{"name":null}`, `{"name":null,"age":1}`, `{"name":null}`},
		{"another type of value", "person", `{"name":"A"}`, `{"name":{"x":1}}`, `{"name":{"x":1}}`, `{"name":{"x":1}}`},
		{"complex merged", "person", `{"home":{"city":"X","street":"S"}}`, `{"home":{"city":"Y"}}`,
			`{"home":{"city":"Y","street":"S"}}`, `{"home":{"city":"Y","street":"S"}}`},
		{"complex merged three levels deep", "person", `{"home":{"city":"X","geo":{"lat":1,"lon":2,"within":{"lat":3,"lon":4}}}}`,
			`{"home":{"geo":{"lon":9,"within":{"lat":null}}}}`,
			`{"home":{"city":"X","geo":{"lat":1,"lon":9,"within":{"lat":null,"lon":4}}}}`,
			`{"home":{"city":"X","geo":{"lat":1,"lon":9,"within":{"lat":null,"lon":4}}}}`},
		{"complex cleared", "person", `{"home":{"city":"X"}}`, `{"home":null}`, `{"home":null}`, `{"home":null}`},
		{"complex on null", "person", `{"home":null}`, `{"home":{"city":"Y"}}`, `{"home":{"city":"Y"}}`, `{"home":{"city":"Y"}}`},
		{"empty complex changes nothing", "person", `{"home":{"city":"X"}}`, `{"home":{}}`, `{"home":{"city":"X"}}`, `{"home":{"city":"X"}}`},
		{"collection of primitives replaced", "person", `{"tags":["a","b"]}`, `{"tags":["c"]}`, `{"tags":["c"]}`, `{"tags":["c"]}`},
		{"collection of complex values replaced", "person", `{"homes":[{"city":"X","street":"S"}]}`, `{"homes":[{"city":"Y"}]}`,
			`{"homes":[{"city":"Y"}]}`, `{"homes":[{"city":"Y"}]}`},
		{"collection emptied", "person", `{"tags":["a"]}`, `{"tags":[]}`, `{"tags":[]}`, `{"tags":[]}`},
		{"control information ignored", "person", `{"name":"A"}`,
			`{"@odata.context":"c","@odata.etag":"e","@odata.type":"#x","name@odata.type":"#String","name":"B"}`, `{"name":"B"}`, `{"name":"B"}`},
		{"control information inside ignored but for the type", "person", `{"home":{"city":"X"}}`,
			`{"home":{"@odata.type":"#microsoft.graph.address","@odata.id":"i","city@odata.type":"#String","city":"Y"}}`,
			`{"home":{"city":"Y","@odata.type":"#microsoft.graph.address"}}`, `{"home":{"city":"Y","@odata.type":"#microsoft.graph.address"}}`},
		{"object of an unknown member replaced", "person", `{"own":{"a":1,"b":2}}`, `{"own":{"a":3}}`, `{"own":{"a":3}}`, `{"own":{"a":3}}`},
		{"object of a derived type's member", "employee", `{"office":{"city":"X","street":"S"}}`, `{"office":{"city":"Y"}}`,
			`{"office":{"city":"Y","street":"S"}}`, `{"office":{"city":"Y","street":"S"}}`},
		{"no type", "", `{"home":{"a":1,"b":2}}`, `{"home":{"a":3}}`, `{"home":{"a":3}}`, `{"home":{"a":3}}`},
		{"dictionary merged by key", "task", `{"assignments":{"a":{"@odata.type":"#x","o":"1"},"b":{"o":"2"}}}`, `{"assignments":{"a":null,"c":{"@odata.type":"#x","o":"3"}}}`,
			`{"assignments":{"b":{"o":"2"},"c":{"@odata.type":"#x","o":"3"}}}`, `{"assignments":{"b":{"o":"2"},"c":{"@odata.type":"#x","o":"3"}}}`},
		{"value under a key merged, null removes", "task", `{"assignments":{"a":{"p":"1","q":[1],"q@odata.type":"#c"}}}`, `{"assignments":{"a":{"p":null,"q":[2],"q@odata.type":"#d"}}}`,
			`{"assignments":{"a":{"q":[2],"q@odata.type":"#d"}}}`, `{"assignments":{"a":{"q":[2],"q@odata.type":"#d"}}}`},
		{"extension merged", "task", `{"extx_a":{"p":1,"q":2}}`, `{"extx_a":{"p":3}}`, `{"extx_a":{"p":3,"q":2}}`, `{"extx_a":{"p":3,"q":2}}`},
		{"extension removed", "task", `{"extx_a":{"p":1},"title":"t"}`, `{"extx_a":null}`, `{"title":"t"}`, `{"extx_a":null}`},
		{"another derived type replaces", "person", `{"home":{"@odata.type":"#microsoft.graph.address","city":"X","street":"S"}}`, `{"home":{"@odata.type":"#microsoft.graph.other","city":"Y"}}`,
			`{"home":{"@odata.type":"#microsoft.graph.other","city":"Y"}}`, `{"home":{"@odata.type":"#microsoft.graph.other","city":"Y"}}`},
		{"white space goes", "person", `{"tags":[]}`, `{"tags": [ "a" , "b c" ] , "home": { "city" : "X" } }`,
			`{"tags":["a","b c"],"home":{"city":"X"}}`, `{"tags":["a","b c"],"home":{"city":"X"}}`},
		{"numbers keep their digits", "person", `{"score":1.50,"age":1e0}`, `{"score":2.500}`, `{"score":2.500,"age":1e0}`, `{"score":2.500}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			target, change := object(t, c.stored), object(t, c.change)
			var typ *openapi.Type
			if c.typ != "" {
				typ = model().Type(c.typ)
			}
			applied := merge(typ, &target, change)
			if got := string(target.JSON()); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if got := string(applied.JSON()); got != c.applied {
				t.Errorf("applied %s, want %s", got, c.applied)
			}
		})
	}
}

func TestComplete(t *testing.T) {
	person := model().Type("person")
	got := string(complete(person, object(t, `{"own":1,"name":"A","id":"a"}`)).JSON())
	want := `{"id":"a","active":null,"age":null,"badge":null,"born":null,"code":null,"color":null,"home":null,"homes":[],` +
		`"key":null,"name":"A","score":null,"seen":null,"tags":[],"own":1}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if again := string(complete(person, object(t, got)).JSON()); again != got {
		t.Errorf("not stable: %s", again)
	}
}

// FuzzMerge holds any change to three properties: applied twice it does what
// it does once, it yields JSON, and members that it does not name keep their
// bytes.
func FuzzMerge(f *testing.F) {
	for _, s := range [][2]string{
		{`{"name":"A","home":{"city":"X","geo":{"lat":1}}}`, `{"home":{"geo":{"lon":2}}}`},
		{`{"home":{"city":1,"city":2}}`, `{"home":{"city":3}}`},
		{`{"home":{"city":1}}`, `{"home":{"city":3,"city":4}}`},
		{`{"homes":[{"city":"X"}],"tags":[]}`, `{"homes":[],"tags":null,"@odata.type":"#x"}`},
		{`{"home":{"@odata.type":"#a"}}`, `{"home":{"@odata.type":"#b","@odata.typed":1}}`},
		{"{\"n\\u0061me\":1,\"\xff\":2}", `{"name":"\ud800"}`},
		{` {"age" : 1e0 } `, `{"age":1.00}`},
	} {
		f.Add([]byte(s[0]), []byte(s[1]))
	}
	person := model().Type("person")
	f.Fuzz(func(t *testing.T, stored, change []byte) {
		before, err := entity.Parse(stored)
		if err != nil {
			return
		}
		members, err := entity.Parse(change)
		if err != nil {
			return
		}
		once := before.Clone()
		applied := merge(person, &once, members)
		text := once.JSON()
		if !json.Valid(text) {
			t.Fatalf("%s and %s give %s", stored, change, text)
		}
		twice := object(t, string(text))
		merge(person, &twice, members)
		if again := twice.JSON(); !sameJSON(text, again) {
			t.Fatalf("once %s, twice %s", text, again)
		}
		for _, m := range before {
			if after, ok := once.Get(m.Name); !applied.Has(m.Name) && (!ok || !bytes.Equal(after, m.Value)) {
				t.Fatalf("%q became %q though %s leaves it out", m.Value, after, change)
			}
		}
		for _, m := range applied {
			if strings.ContainsRune(m.Name, '@') || !members.Has(m.Name) {
				t.Fatalf("applied %q", m.Name)
			}
		}
	})
}

// sameJSON compares values with their numbers as written; names and texts may
// be escaped otherwise.
func sameJSON(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	var values [2]any
	for i, text := range [][]byte{a, b} {
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		if d.Decode(&values[i]) != nil {
			return false
		}
	}
	return reflect.DeepEqual(values[0], values[1])
}
