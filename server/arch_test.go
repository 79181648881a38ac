package server_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/fakegraph/fakegraph"

// house is the table of arrows: what each package may import of ours. What is
// not listed is forbidden, and so is a package that is not in it. A name that
// ends in "/..." stands for all below.
var house = map[string][]string{
	".":                               {"server/command"},
	"openapi":                         {"openapi/internal/..."},
	"openapi/internal/...":            {"openapi/internal/..."},
	"fixtures":                        {"openapi"},
	"scenarios":                       {},
	"server/internal/entity":          {},
	"server/internal/odata":           {},
	"server/internal/store":           {},
	"server/internal/store/storetest": {"server/internal/store"},
	"server/internal/clock":           {},
	"server/internal/call":            {"openapi", "server/internal/entity"},
	"server/internal/grapherr":        {"server/internal/call"},
	"server/internal/batch":           {"server/internal/call", "server/internal/entity", "server/internal/grapherr"},
	"server/internal/behavior":        {"server/internal/call", "server/internal/entity", "server/internal/formula", "server/internal/grapherr"},
	"server/internal/formula":         {},
	"server/internal/identity":        {"openapi", "server/internal/call", "server/internal/clock", "server/internal/grapherr"},
	"server/internal/journal":         {"openapi", "server/internal/call"}, // openapi for the types that a Call holds
	"server/internal/edge":            {"server/internal/call"},
	"server/internal/notify":          {"server/internal/clock"},
	"server/internal/privilege":       {"openapi"},
	"server/internal/metrics":         {"openapi"},
	"server/internal/postman":         {"openapi"},
	"server/internal/graph": {
		"openapi", "server/internal/behavior", "server/internal/call", "server/internal/clock", "server/internal/entity",
		"server/internal/grapherr", "server/internal/odata", "server/internal/store",
	},
	"server/internal/control": {
		"fixtures", "openapi", "scenarios", "server/internal/call", "server/internal/clock", "server/internal/graph",
		"server/internal/identity", "server/internal/journal",
	},
	"server":                    {"fixtures", "openapi", "scenarios", "server/internal/..."},
	"server/command":            {"fixtures", "openapi", "scenarios", "server", "server/internal/..."},
	"server/internal/bench":     {"openapi", "scenarios", "server", "server/internal/..."}, // a program of its own
	"server/internal/bench/...": {},
}

// testsOnly are packages that only tests may import.
var testsOnly = []string{"server/internal/store/storetest"}

// goPackage is what `go list -json` says of a package.
type goPackage struct {
	Dir, ImportPath                    string
	Imports                            []string
	GoFiles, TestGoFiles, XTestGoFiles []string
	IgnoredGoFiles                     []string
}

// name is the package's path below the module; "." for its root.
func (p goPackage) name() string {
	if p.ImportPath == module {
		return "."
	}
	return strings.TrimPrefix(p.ImportPath, module+"/")
}

// packages lists the module's packages.
func packages(t *testing.T) []goPackage {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(goTool(t, "list", "-json=Dir,ImportPath,Imports,GoFiles,TestGoFiles,XTestGoFiles,IgnoredGoFiles", "./...")))
	var all []goPackage
	for d.More() {
		var p goPackage
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) < 10 {
		t.Fatalf("only %d packages", len(all))
	}
	return all
}

// goTool runs the go command in the module's root.
func goTool(t *testing.T, args ...string) string {
	t.Helper()
	c := exec.Command("go", args...)
	c.Dir = ".."
	var failed strings.Builder
	c.Stderr = &failed
	out, err := c.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, failed.String())
	}
	return string(out)
}

func TestImportsFollowTheHouse(t *testing.T) {
	for _, p := range packages(t) {
		allowed, known := mayImport(p.name())
		if !known {
			t.Errorf("%s is not in the house: add it with what it may import", p.name())
			continue
		}
		for _, path := range p.Imports {
			target, ours := strings.CutPrefix(path, module+"/")
			switch {
			case !ours:
			case slices.Contains(testsOnly, target):
				t.Errorf("%s imports %s outside of tests", p.name(), target)
			case !slices.ContainsFunc(allowed, func(rule string) bool { return covers(rule, target) }):
				t.Errorf("%s may not import %s", p.name(), target)
			}
		}
	}
}

// mayImport finds the rule for a package: its own before one for all below.
func mayImport(name string) ([]string, bool) {
	if allowed, ok := house[name]; ok {
		return allowed, true
	}
	for rule, allowed := range house {
		if covers(rule, name) {
			return allowed, true
		}
	}
	return nil, false
}

func covers(rule, name string) bool {
	if parent, all := strings.CutSuffix(rule, "..."); all {
		return strings.HasPrefix(name, parent)
	}
	return rule == name
}

func TestBinaryHoldsNoTestPackages(t *testing.T) {
	for path := range strings.Lines(goTool(t, "list", "-deps", ".")) {
		switch path = strings.TrimSpace(path); path {
		case "testing", "net/http/httptest", "github.com/rogpeppe/go-internal/testscript", module + "/server/internal/store/storetest":
			t.Errorf("the binary holds %s", path)
		}
	}
}

// machineTime and randomness name the files that may read the machine's time
// or chance, with the reason. Elsewhere time comes from the clock, and chance
// is injected.
var (
	machineTime = map[string]string{
		"server/internal/clock/clock.go":         "is the clock",
		"server/metrics.go":                      "measures how long requests take",
		"server/internal/edge/date.go":           "knows what net/http writes as Date",
		"server/internal/edge/pace.go":           "sets deadlines, which are the machine's",
		"server/internal/edge/write_deadline.go": "sets deadlines, which are the machine's",
	}
	randomness = map[string]string{
		"server/identifiers.go":             "seeds the one source of a server",
		"server/internal/edge/authority.go": "makes keys and certificates",
		"server/internal/edge/leaf.go":      "makes keys and certificates",
	}
	// instruments are folders of programs that measure, and so need real time.
	instruments = []string{"server/internal/bench"}
)

func TestTimeAndChanceAreInjected(t *testing.T) {
	for _, p := range packages(t) {
		if slices.ContainsFunc(instruments, func(dir string) bool { return p.name() == dir || strings.HasPrefix(p.name(), dir+"/") }) {
			continue
		}
		for _, name := range p.GoFiles {
			file := filepath.ToSlash(filepath.Join(p.name(), name))
			found := impure(t, filepath.Join(p.Dir, name))
			for _, use := range found {
				switch {
				case strings.HasPrefix(use, "time."):
					if machineTime[file] == "" {
						t.Errorf("%s uses %s: time comes from the clock", file, use)
					}
				case randomness[file] == "":
					t.Errorf("%s imports %s: chance is injected", file, use)
				}
			}
		}
	}
}

// impure lists what a file uses of the machine's time and chance.
func impure(t *testing.T, path string) (uses []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range file.Imports {
		switch name := strings.Trim(i.Path.Value, `"`); name {
		case "math/rand", "math/rand/v2", "crypto/rand":
			uses = append(uses, name)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if of, ok := s.X.(*ast.Ident); ok && of.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "Sleep", "Tick"}, s.Sel.Name) {
				uses = append(uses, "time."+s.Sel.Name)
			}
		}
		return true
	})
	return uses
}

// A file that a build leaves out says so in its name by design, never by an
// accident such as policy_windows.go.
func TestNoFileIsLeftOutByItsName(t *testing.T) {
	for _, p := range packages(t) {
		for _, name := range p.IgnoredGoFiles {
			text, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(text), "//go:build") {
				t.Errorf("%s/%s is left out of this build because of its name alone; if that is meant, say so by //go:build", p.name(), name)
			}
		}
	}
}

const longestFile = 400

func TestFilesAreShortAndDone(t *testing.T) {
	marks := []string{"TO" + "DO", "FIX" + "ME", "XX" + "X:"}
	walkSources(t, func(path, text string) {
		if n := strings.Count(text, "\n"); strings.HasSuffix(path, ".go") && n > longestFile && !strings.Contains(text, "DO NOT EDIT") {
			t.Errorf("%s has %d lines: look for its second noun", path, n)
		}
		for _, mark := range marks {
			if i := strings.Index(text, mark); i >= 0 {
				t.Errorf("%s:%d: %s", path, 1+strings.Count(text[:i], "\n"), mark)
			}
		}
	})
}

// walkSources visits the files that people write.
func walkSources(t *testing.T, visit func(path, text string)) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules"):
			return fs.SkipDir
		case d.IsDir() || !slices.Contains([]string{".go", ".md", ".txtar", ".yaml", ".yml"}, filepath.Ext(path)):
			return nil
		case strings.HasPrefix(path, filepath.Join("..", "openapi", "data")):
			return nil // generated
		}
		text, err := os.ReadFile(path)
		visit(strings.TrimPrefix(filepath.ToSlash(path), "../"), string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The exported surface is a promise: a change to it is deliberate, and -update
// writes it down.
func TestExportedSurface(t *testing.T) {
	const file = "testdata/api.txt"
	got := goTool(t, "doc", "-all", "./server")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the exported surface of server is not that of %s; if that is meant, run with -update\n%s", file, difference(got, string(want)))
	}
}

// difference shows the first line in which two texts differ.
func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d:\ngot  %s\nwant %s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("got %d lines, want %d", len(g), len(w))
}
