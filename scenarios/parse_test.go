package scenarios

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite testdata/problems.txtar")

func archive(t testing.TB, name string) *txtar.Archive {
	t.Helper()
	a, err := txtar.ParseFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestParseProblems holds places, kinds and words of all mistakes to
// testdata/problems.txtar.
func TestParseProblems(t *testing.T) {
	want := archive(t, "problems.txtar")
	got := &txtar.Archive{Comment: want.Comment}
	for _, f := range want.Files {
		if strings.HasSuffix(f.Name, ".want") {
			continue
		}
		list, problems := Parse(f.Name, f.Data)
		if list != nil || len(problems) == 0 {
			t.Errorf("%s: no problems found", f.Name)
		}
		var lines strings.Builder
		for _, p := range problems {
			fmt.Fprintf(&lines, "[%s] %s\n", p.Kind, p)
		}
		got.Files = append(got.Files, f, txtar.File{Name: f.Name + ".want", Data: []byte(lines.String())})
	}
	if *update {
		if err := os.WriteFile("testdata/problems.txtar", txtar.Format(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	byName := map[string]string{}
	for _, f := range want.Files {
		byName[f.Name] = string(f.Data)
	}
	for _, f := range got.Files {
		if byName[f.Name] != string(f.Data) {
			t.Errorf("%s:\n%s\nwant:\n%s", f.Name, f.Data, byName[f.Name])
		}
	}
}

func TestParseValid(t *testing.T) {
	for _, f := range archive(t, "valid.txtar").Files {
		docs, problems := parse(f.Name, f.Data)
		if len(problems) > 0 {
			t.Errorf("%s: %v", f.Name, problems)
		}
		for _, d := range docs {
			roundTrip(t, d.scenario)
		}
	}
}

// roundTrip checks that a scenario survives its JSON form, through Parse and
// through encoding/json.
func roundTrip(t *testing.T, s Scenario) {
	t.Helper()
	first := encode(t, s)
	docs, problems := parse("", first)
	if p := problems; len(p) > 0 {
		t.Fatalf("%s\n%v", first, p)
	}
	if !reflect.DeepEqual(docs[0].scenario, s) {
		t.Errorf("parsed again:\n%#v\nwant:\n%#v", docs[0].scenario, s)
	}
	var decoded Scenario
	if err := json.Unmarshal(first, &decoded); err != nil && !strings.Contains(err.Error(), "1e400") {
		t.Fatalf("%s: %v", first, err)
	} else if err == nil && !hasLargeNumber(first) && !bytes.Equal(encode(t, decoded), first) {
		t.Errorf("decoded:\n%s\nwant:\n%s", encode(t, decoded), first)
	}
}

// hasLargeNumber reports whether a document holds a number that encoding/json
// cannot keep.
func hasLargeNumber(data []byte) bool { return bytes.Contains(data, []byte("12345678901234567890")) }

func encode(t *testing.T, s Scenario) []byte {
	t.Helper()
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestParseValues(t *testing.T) {
	for _, f := range archive(t, "valid.txtar").Files {
		if f.Name != "interface.yaml" {
			continue
		}
		list, problems := Parse(f.Name, f.Data)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		const want = `{"name":"throttle-then-succeed","description":"The first two updates are throttled, the third succeeds.","seed":7,"rules":[` +
			`{"match":{"method":"PATCH","path":"/beta/deviceManagement/virtualEndpoint/externalPartnerSettings/*"},"times":2,"respond":{"status":429,"retryAfter":"2s"}},` +
			`{"match":{"method":"*","path":"/**","permission":"CloudPC.ReadWrite.All"},"respond":{"status":403}}]}`
		if got := encode(t, list[0]); string(got) != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestParseCapsProblems(t *testing.T) {
	_, problems := Parse("many.yaml", []byte("name: x\nrules:\n"+strings.Repeat("  - {fault: no}\n", 80)))
	if len(problems) != maxProblems+1 {
		t.Fatalf("%d problems", len(problems))
	}
	const want = "many.yaml:53:13: 30 more problems from here on"
	if got := problems[maxProblems].String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestParseAliasBomb proves that a small file cannot make a large scenario.
func TestParseAliasBomb(t *testing.T) {
	var b strings.Builder
	b.WriteString("name: x\nrules:\n  - respond:\n      status: 200\n      body:\n        - &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n")
	for i := range 12 {
		fmt.Fprintf(&b, "        - &a%d [%s*a%d]\n", i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 9), i)
	}
	_, problems := Parse("bomb.yaml", []byte(b.String()))
	if len(problems) != 1 || problems[0].Kind != "limit" {
		t.Errorf("got %v", problems)
	}
}

// FuzzParse: no input makes Parse panic, and what it accepts survives its own
// JSON form.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"problems.txtar", "valid.txtar"} {
		for _, file := range archive(f, name).Files {
			f.Add(file.Data)
		}
	}
	for _, s := range BuiltIns() {
		data, _ := json.Marshal(s)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		docs, problems := parse("f", data)
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 || p.Text == "" || p.Kind == "" {
				t.Errorf("problem without place or words: %#v", p)
			}
		}
		if len(problems) > 0 {
			return
		}
		for _, d := range docs {
			first := encode(t, d.scenario)
			again, problems := parse("again", first)
			if len(problems) > 0 {
				t.Fatalf("%s\n%v", first, problems)
			}
			if second := encode(t, again[0].scenario); !bytes.Equal(first, second) {
				t.Fatalf("first  %s\nsecond %s", first, second)
			}
		}
	})
}
