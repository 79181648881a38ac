package signin

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/e2e/internal/javascript"
)

// A block of code of the README's part on clients.
type block struct{ language, text string }

// blocks are those of the section "Clients".
func blocks(t *testing.T) (list []block) {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	check(t, err)
	_, section, found := strings.Cut(string(text), "\n## Clients\n")
	if !found {
		t.Fatal("the README has no section Clients")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	for i, part := range strings.Split(section, "```") {
		if language, code, _ := strings.Cut(part, "\n"); i%2 == 1 {
			list = append(list, block{language, code})
		}
	}
	return list
}

// TestREADME runs what the README shows: programs in JavaScript and Python as
// they stand there, with the port of a running fake; blocks in Go stand word for
// word in the tests beside this one.
func TestREADME(t *testing.T) {
	fake := start(t)
	e := environmentOf(t, fake)
	count := map[string]int{}
	for _, b := range blocks(t) {
		count[b.language]++
		program := strings.ReplaceAll(b.text, "localhost:8843", strings.TrimPrefix(e.base, "https://"))
		switch b.language {
		case "go":
			if !strings.Contains(unindented(read(t, "*_test.go")+read(t, "../*_test.go")), unindented(b.text)) {
				t.Errorf("no test has the block\n%s", b.text)
			}
		case "js":
			t.Run("js", func(t *testing.T) {
				javascript.Install(t, programs)
				file := filepath.Join(programs, "readme_snippet.mjs") // beside node_modules
				check(t, os.WriteFile(file, []byte(program), 0o600))
				defer os.Remove(file)
				run(t, e.common, programs, "node", filepath.Base(file))
			})
		case "python":
			t.Run("python", func(t *testing.T) { run(t, e.common, ".", interpreter(t), "-c", program) })
		}
	}
	if count["go"] < 6 || count["js"] < 2 || count["python"] < 1 {
		t.Errorf("a client is missing: %v", count)
	}
}

// unindented is code without what gofmt may change where it stands, and without
// the tests' own lines between.
func unindented(code string) string {
	var b strings.Builder
	for line := range strings.Lines(code) {
		if line = strings.Join(strings.Fields(line), " "); line != "" && line != "check(t, err)" {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

func read(t *testing.T, pattern string) string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	check(t, err)
	var all strings.Builder
	for _, name := range names {
		text, err := os.ReadFile(name)
		check(t, err)
		all.Write(text)
	}
	return all.String()
}
