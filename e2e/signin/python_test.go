package signin

import (
	"os/exec"
	"slices"
	"testing"
)

// interpreter is a Python that has MSAL, Debian's python3-msal for one; the test
// is skipped without.
func interpreter(t *testing.T) string {
	t.Helper()
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import msal, requests").Run() == nil {
			return python
		}
	}
	t.Skip("no Python with msal and requests is installed: MSAL Python is not tested here")
	return ""
}

// TestPython runs each case of clients.py by the fake's name and by the proxy.
func TestPython(t *testing.T) {
	python := interpreter(t)
	fake := start(t)
	e := environmentOf(t, fake)
	for way, more := range map[string][]string{"explicit": nil, "proxy": {"HTTPS_PROXY=" + e.plain}} {
		for _, name := range []string{"confidential", "device", "code", "password"} {
			t.Run(way+"/"+name, func(t *testing.T) {
				run(t, slices.Concat(e.common, more, []string{"FAKE_WAY=" + way}), "../python", python, "clients.py", name)
			})
		}
	}
}
