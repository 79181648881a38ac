package server_test

import (
	"flag"
	"os"
	"path/filepath"
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
