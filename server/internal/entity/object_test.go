package entity

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`{}`, `{}`},
		{` { "a" : 1 , "b" : [ 1, {"c":"}"} ] } `, `{"a":1,"b":[ 1, {"c":"}"} ]}`},
		{`{"a\"b":"x\\","é":null,"t":true}`, `{"a\"b":"x\\","é":null,"t":true}`},
		{`{"\u0061":"<&>"}`, `{"a":"<&>"}`},
		{`{"n":-1.50e+2}`, `{"n":-1.50e+2}`},
	} {
		o, err := Parse([]byte(c.in))
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
		} else if got := string(o.JSON()); got != c.want {
			t.Errorf("%s: got %s, want %s", c.in, got, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for in, want := range map[string]string{
		``:                    "offset 0",
		`[]`:                  "want a JSON object",
		`"x"`:                 "want a JSON object",
		`{"a":1`:              "offset",
		`{"a":1,"a":2}`:       `member "a" stands twice`,
		`{"a":1,"\u0061":2}`:  `member "a" stands twice`,
		`{"a":01}`:            "offset",
		manyMembers(40, "m3"): `member "m3" stands twice`,
	} {
		_, err := Parse([]byte(in))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: got error %v, want one with %q", in, err, want)
		}
	}
}

func manyMembers(n int, extra string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"m%d":%d,`, i, i)
	}
	return "{" + b.String() + `"` + extra + `":0}`
}

func TestFieldAgreesWithMembers(t *testing.T) {
	data := []byte(`{"a":{"b":2},"x\u0079":"v","z":[{"z":1}],"b":false}`)
	o, err := Members(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "xy", "z", "b", "q", ""} {
		want, ok := o.Get(name)
		if got, found := Field(data, name); found != ok || string(got) != string(want) {
			t.Errorf("Field(%q) = %s, %v; Get = %s, %v", name, got, found, want, ok)
		}
	}
}

func TestNulled(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":{"b":1},"c":2}`: `{"a":null,"c":2}`, `{"c":2,"a":"x"}`: `{"c":2,"a":null}`, `{"a" : [1] }`: `{"a" : null }`,
		`{"a":null}`: `{"a":null}`, `{"b":{"a":1}}`: `{"b":{"a":1}}`, `{}`: `{}`, `{"\u0061":1}`: `{"\u0061":null}`,
	} {
		before := strings.Clone(in)
		if got := string(Nulled([]byte(in), "a")); got != want || in != before {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestSetAndDelete(t *testing.T) {
	o, _ := Parse([]byte(`{"a":1,"b":2}`))
	o.Set("a", []byte("3"))
	o.SetString("c", "x\"\u2028<\x01")
	o.Delete("b")
	o.Delete("absent")
	if got, want := string(o.JSON()), `{"a":3,"c":"x\"`+"\u2028"+`<\u0001"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`{}`, `{"a":[1,{"b":"\\\""}],"c":null}`, `{"a":1,"a":2}`, `{"\ud800":"\ud800"}`, "{\"\xff\":1}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		o, err := Parse(data)
		if err != nil {
			return
		}
		var want, got map[string]any
		if err := json.Unmarshal(data, &want); err != nil {
			t.Fatalf("accepted what encoding/json refuses: %v", err)
		}
		out := o.JSON()
		if err := json.Unmarshal(out, &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q became %q (%v)", data, out, err)
		}
		again, err := Parse(out)
		if err != nil || string(again.JSON()) != string(out) {
			t.Fatalf("not stable: %q, %v", out, err)
		}
		for _, m := range o {
			if v, ok := Field(data, m.Name); !ok || string(v) != string(m.Value) {
				t.Fatalf("Field(%q) = %q, %v", m.Name, v, ok)
			}
		}
	})
}

// BenchmarkField finds the sixth and the last of a user's members.
func BenchmarkField(b *testing.B) {
	data := []byte(`{"id":"b3548526-e615-3785-3118-be70b3968ec5","accountEnabled":true,"businessPhones":["+47 1234567"],"city":"Oslo","country":"Norway","department":"Dept 7",` +
		`"displayName":"User 00001234","givenName":"User","jobTitle":"Engineer","mail":"user1234@contoso.com","ageGroup":null,"employeeId":null,"faxNumber":null,` +
		`"onPremisesExtensionAttributes":{"extensionAttribute1":null,"extensionAttribute2":null},"createdDateTime":"2026-01-01T00:00:00Z","userType":"Member"}`)
	for _, name := range []string{"displayName", "userType"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := Field(data, name); !ok {
					b.Fatal("not there")
				}
			}
		})
	}
}

func BenchmarkMembers(b *testing.B) {
	data := []byte(`{"id":"b3548526-e615-3785-3118-be70b3968ec5","partnerId":"198d7140-80bb-4843-8cc4-811377a49a92","enableConnection":true,"lastSyncDateTime":"2020-11-03T12:43:14Z","status":"available","statusDetails":"The external partner is available"}`)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Members(data); err != nil {
			b.Fatal(err)
		}
	}
}
