package scenarios

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestBuiltIns(t *testing.T) {
	var found []string
	for _, s := range BuiltIns() {
		found = append(found, s.Name)
		if s.Description == "" {
			t.Errorf("%s has no description", s.Name)
		}
		roundTrip(t, s)
	}
	if !slices.Equal(found, builtInNames()) || !slices.IsSorted(found) {
		t.Errorf("got %v in files %v", found, builtInNames())
	}
	for _, name := range []string{"forbidden", "throttle-then-succeed", "unavailable"} { // promised since the first release
		if !slices.Contains(found, name) {
			t.Errorf("%s is gone", name)
		}
	}
}

// TestBuiltInsAreInTheReadme holds the README's table against the documents.
func TestBuiltInsAreInTheReadme(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range BuiltIns() {
		if row := "| `" + s.Name + "` | " + s.Description + " |\n"; !strings.Contains(string(readme), row) {
			t.Errorf("the README lacks %s", row)
		}
	}
}

// TestReadmeScenarios reads the scenarios that the README shows.
func TestReadmeScenarios(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for _, part := range strings.Split(string(readme), "```yaml\nname: ")[1:] {
		text, _, _ := strings.Cut(part, "```")
		if _, problems := Parse("README.md", []byte("name: "+text)); len(problems) > 0 {
			t.Errorf("%v\n%s", problems, text)
		}
		shown++
	}
	if shown < 2 {
		t.Errorf("%d scenarios are shown", shown)
	}
}

// TestBuiltInsOfChance plays a hundred requests: the same fail in each run, and
// about as many as the description says.
func TestBuiltInsOfChance(t *testing.T) {
	for name, want := range map[string]map[string]int{
		"server-errors":    {"500": 10, "502": 10, "503": 10, "504": 10},
		"flaky-connection": {"reset": 10, "close": 10, "truncate": 10},
	} {
		runs := [2][]string{hundred(t, name), hundred(t, name)}
		if !slices.Equal(runs[0], runs[1]) {
			t.Errorf("%s: two runs differ", name)
		}
		for what, about := range want {
			got := 0
			for _, one := range runs[0] {
				if one == what {
					got++
				}
			}
			if got < about-8 || got > about+8 {
				t.Errorf("%s: %d of 100 are %s, want about %d", name, got, what, about)
			}
		}
	}
}

// hundred is what a hundred requests meet: a status, a fault, or nothing.
func hundred(t *testing.T, name string) []string {
	list, problems, err := Load(name)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	e := NewEngine()
	if err := e.Add(list, ""); err != nil {
		t.Fatal(err)
	}
	met := make([]string, 100)
	for i := range met {
		switch d := e.Decide(&Facts{Method: "GET", Path: "/v1.0/me"}, noon); {
		case d != nil && d.Respond != nil:
			met[i] = strconv.Itoa(d.Respond.Status)
		case d != nil:
			met[i] = string(d.Fault)
		}
	}
	return met
}

func TestBuiltInsNameTheirSchema(t *testing.T) {
	for _, name := range builtInNames() {
		data, err := builtIns.ReadFile("builtin/" + name + ".yaml")
		if err != nil || !strings.HasPrefix(string(data), "# yaml-language-server: $schema=../scenario.schema.json\n") {
			t.Errorf("%s: %v, or another first line", name, err)
		}
	}
}

// TestBuiltInsDecide plays what a tester does with each.
func TestBuiltInsDecide(t *testing.T) {
	get, patch := Facts{Method: "GET", Path: "/v1.0/me"}, Facts{Method: "PATCH", Path: "/beta/deviceManagement/virtualEndpoint/externalPartnerSettings/1"}
	tests := []struct {
		name    string
		request Facts
		want    []int // statuses; 0 where the operation answers
	}{
		{"throttle-then-succeed", patch, []int{429, 429, 0, 0}},
		{"throttle-then-succeed", get, []int{0}},
		{"unavailable", get, []int{503, 503, 503, 0}},
		{"forbidden", patch, []int{403, 403}},
		{"forbidden", get, []int{0}},
		{"forbidden", Facts{Method: "POST", Path: "/v1.0/users"}, []int{403}},
		{"forbidden", Facts{Method: "POST", Path: "/v1.0/$batch"}, []int{0}},
		{"forbidden", Facts{Method: "POST", Path: "/beta/me/microsoft.graph.getMemberGroups"}, []int{0}},
		{"forbidden", Facts{Method: "POST", Path: "/common/oauth2/v2.0/token"}, []int{0}},
	}
	for _, test := range tests {
		list, problems, err := Load(test.name)
		if err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		e := NewEngine()
		if err := e.Add(list, ""); err != nil {
			t.Fatal(err)
		}
		for i, want := range test.want {
			got := 0
			if d := e.Decide(&test.request, noon); d != nil && d.Respond != nil {
				got = d.Respond.Status
			}
			if got != want {
				t.Errorf("%s, %s %s, request %d: %d, want %d", test.name, test.request.Method, test.request.Path, i+1, got, want)
			}
		}
	}
}

// TestSlowNetworkTakesItsTime draws many answers: half of them take longer than
// the median that the file names, and none longer than its most.
func TestSlowNetworkTakesItsTime(t *testing.T) {
	list, problems, err := Load("slow-network")
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	e := NewEngine()
	if err := e.Add(list, ""); err != nil {
		t.Fatal(err)
	}
	const drawn = 1000
	longer, longest := 0, time.Duration(0)
	for range drawn {
		d := e.Decide(&Facts{Method: "GET", Path: "/v1.0/me"}, noon)
		if d.Delay > 400*time.Millisecond {
			longer++
		}
		longest = max(longest, d.Delay)
	}
	if longer < drawn*4/10 || longer > drawn*6/10 || longest > 5*time.Second || longest < 2*time.Second {
		t.Errorf("%d of %d took longer than 400ms, the longest %v", longer, drawn, longest)
	}
}

func TestLoadFilesAndFolders(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "b.yml", "name: b\nrules: [{fault: reset}]")
	write(t, dir, "a.yaml", "name: a1\nrules: [{fault: reset}]\n---\nname: a2\nrules: [{fault: reset}]")
	write(t, dir, "c.json", `{"name": "c", "rules": [{"fault": "reset"}]}`)
	write(t, dir, "notes.txt", "not a scenario")
	write(t, filepath.Join(dir, "below"), "d.yaml", "not: read")

	for path, want := range map[string]string{dir: "a1 a2 b c", filepath.Join(dir, "b.yml"): "b"} {
		list, problems, err := Load(path)
		var found []string
		for _, s := range list {
			found = append(found, s.Name)
		}
		if got := strings.Join(found, " "); got != want || len(problems) > 0 || err != nil {
			t.Errorf("%s: %q, %v, %v", filepath.Base(path), got, problems, err)
		}
	}

	write(t, dir, "e.yaml", "name: b\nrules: []")
	write(t, dir, "d.yaml", "name: a1\nrules: [{fault: reset}]")
	list, problems, err := Load(dir)
	var got []string
	for _, p := range problems {
		got = append(got, strings.ReplaceAll(p.String(), dir+string(filepath.Separator), ""))
	}
	want := []string{`d.yaml:1:7: /name: name "a1" is already at a.yaml:1`, `e.yaml:1:7: /name: name "b" is already at b.yml:1`, `e.yaml:2:8: /rules: the list is empty`}
	if list != nil || err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v", got, err)
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestLoadErrors(t *testing.T) {
	_, _, err := Load("forbiden")
	const want = `no scenario, file or folder "forbiden" (did you mean "forbidden"?); built in are after-commit-failure, claims-challenge, `
	if !errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v", err)
	}
	if _, _, err := Load(t.TempDir()); err == nil || !strings.Contains(err.Error(), "has no *.yaml") {
		t.Errorf("got %v", err)
	}
}
