package signin

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestREADME holds each line of code that the README shows to the programs that
// run here.
func TestREADME(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	check(t, err)
	sources := map[string]string{"go": read(t, "*_test.go"), "js": read(t, "../js/*.mjs")}
	language, lines := "", 0
	for _, line := range strings.Split(string(text), "\n") {
		if after, fence := strings.CutPrefix(line, "```"); fence {
			language = after
			continue
		}
		line = strings.TrimSpace(line)
		if source := sources[language]; source != "" && line != "" {
			if lines++; !strings.Contains(source, line) {
				t.Errorf("no program has the line %s", line)
			}
		}
	}
	if lines < 8 {
		t.Errorf("only %d lines of code", lines)
	}
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
