package command

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts run the real command in processes of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"fakegraph": func() { os.Exit(Run(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestCommand runs the scripts of testdata. Their words, beside testscript's
// own, are in words_test.go.
func TestCommand(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata", Setup: setupScript, Cmds: scriptWords(), RequireExplicitExec: true,
		Condition: func(name string) (bool, error) { return name == "root" && os.Geteuid() == 0, nil },
	})
}

// setupScript gives a script free ports, a CA folder and a home of its own.
func setupScript(env *testscript.Env) error {
	p := &processes{running: map[string]*process{}}
	env.Values[processesKey{}] = p
	env.Defer(p.end)
	env.Setenv("FAKEGRAPH_ADDR", "127.0.0.1:0")
	env.Setenv("FAKEGRAPH_TLS_ADDR", "127.0.0.1:0")
	env.Setenv("FAKEGRAPH_CA_DIR", filepath.Join(env.WorkDir, "ca"))
	env.Setenv("HOME", env.WorkDir)
	return nil
}
