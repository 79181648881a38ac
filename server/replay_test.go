package server_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

// The least shares of the documented examples that have to be answered as
// documented, in per cent. Raise them as the shares rise; see TestReplay.
const (
	leastStatus = 96.0 // the documented status
	leastFull   = 93.1 // and body, and effect
	leastEven   = 89.7 // full, with every kind of request counted alike
)

// TestReplay sends Microsoft's documented examples to a server of its own, with
// the replayer and the corpus that lie beside a developer's clone, and logs how
// many are answered as documented and why the others are not. Examples that are
// wrong themselves, or that the replayer cannot set up, stand in
// testdata/replay.tsv, each with the reason; they count as failed all the same,
// so that the shares compare with the replayer's.
func TestReplay(t *testing.T) {
	tools, corpus := filepath.Join("..", "..", "shared", "tools", "replay.py"), filepath.Join("..", "..", "shared", "graph", "examples-dev.jsonl.gz")
	python, err := exec.LookPath("python3")
	if _, missing := os.Stat(corpus); err != nil || missing != nil || testing.Short() {
		t.Skip("needs python3 and the corpus of documented examples")
	}
	s, err := server.New(server.WithFixtures("none"), server.WithAddresses("127.0.0.1:0", ""))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	report := filepath.Join(t.TempDir(), "report.json")
	run := exec.Command(python, tools, "--base", s.URL(), "--corpus", corpus, "--class", "clean", "--report", report, "--show", "0")
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	r := readReport(t, report)
	r.judge(t, readWrong(t))
}

// report is what the replayer writes.
type report struct {
	Even    map[string]struct{ A, Full float64 } `json:"even"`
	Results []verdict                            `json:"results"`
}

type verdict struct {
	ID     string `json:"id"`
	A      bool   `json:"a"`
	B      *bool  `json:"b"`
	C      *bool  `json:"c"`
	Reason string `json:"reason"`
	Detail string `json:"detail"`
}

func (v verdict) full() bool { return v.A && (v.B == nil || *v.B) && (v.C == nil || *v.C) }

func readReport(t *testing.T, file string) report {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var r report
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// readWrong reads the examples that are wrong themselves: id, tab, reason.
func readWrong(t *testing.T) map[string]string {
	data, err := os.ReadFile(filepath.Join("testdata", "replay.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	wrong := map[string]string{}
	for line := range strings.Lines(string(data)) {
		id, reason, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || reason == "" || wrong[id] != "" {
			t.Errorf("testdata/replay.tsv: want an id, a tab and a reason, each id once: %q", line)
		}
		wrong[id] = reason
	}
	return wrong
}

func (r report) judge(t *testing.T, wrong map[string]string) {
	var status, full, excused int
	reasons := map[string]int{}
	known := map[string]bool{}
	for _, v := range r.Results {
		known[v.ID] = true
		if v.A {
			status++
		}
		switch {
		case v.full():
			full++
			if wrong[v.ID] != "" {
				t.Errorf("testdata/replay.tsv: %s is answered as documented: take it off the list", v.ID)
			}
		case wrong[v.ID] != "":
			excused++
		default:
			reasons[v.Reason]++
			t.Logf("%s: %s: %s", v.ID, v.Reason, firstLine(v.Detail))
		}
	}
	for id := range wrong {
		if !known[id] {
			t.Errorf("testdata/replay.tsv: no example %s", id)
		}
	}
	share := func(n int) float64 { return 100 * float64(n) / float64(len(r.Results)) }
	even := 100 * r.Even["kind"].Full
	t.Logf("%d examples: status %.1f %%, full %.1f %%, kinds alike %.1f %%; %d wrong themselves", len(r.Results), share(status), share(full), even, excused)
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		t.Logf("%5d %s", reasons[reason], reason)
	}
	for _, f := range []struct {
		name       string
		got, least float64
	}{{"status", share(status), leastStatus}, {"full", share(full), leastFull}, {"kinds alike", even, leastEven}} {
		if f.got < f.least {
			t.Errorf("%s: %s, want at least %.1f %%", f.name, fmt.Sprintf("%.1f %%", f.got), f.least)
		}
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSpace(line)
}
