package server_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var (
	baseURL = flag.String("base", "", "run the conformance scripts against this server, such as http://127.0.0.1:8880, instead of in process")
	update  = flag.Bool("update", false, "rewrite the wanted JSON of conformance scripts")
)

// TestConformance runs every script below testdata: a few requests each and the
// answers that Graph gives. The words that scripts use are in script_test.go.
func TestConformance(t *testing.T) {
	areas, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range areas {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() || filepath.Base(dir) == "fuzz" {
			continue
		}
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			testscript.Run(t, testscript.Params{
				Dir: dir, Setup: setupScript, Cmds: scriptWords(), UpdateScripts: *update, RequireExplicitExec: true,
				Condition: func(name string) (bool, error) { return name == "external" && *baseURL != "", nil },
			})
		})
	}
}

// TestConformance_external: a script that changes what all tenants of a server
// share says so before, as scripts run beside each other on the server of -base.
func TestConformance_external(t *testing.T) {
	scripts, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatal("no scripts:", err)
	}
	// What a server of its own needs, or shows: its clock, its settings, its address.
	shared, skip := regexp.MustCompile(`(?m)^(server |clock |.*/@odata\.[a-zA-Z]+ '"https://graph\.microsoft\.com/)`), regexp.MustCompile(`(?m)^\[external\] skip\b`)
	for _, script := range scripts {
		text, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		commands, _, _ := bytes.Cut(text, []byte("\n-- "))
		at := shared.FindIndex(commands)
		if at != nil && !skip.Match(commands[:at[0]]) {
			t.Errorf("%s: %q without '[external] skip' before it", script, commands[at[0]:at[1]])
		}
	}
}
