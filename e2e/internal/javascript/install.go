// Package javascript installs what the Node programs of e2e/js need.
package javascript

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// Install makes sure of Node and of the packages that the lock file in dir
// names, or skips the test. Test binaries that run side by side wait for each
// other: half an installation looks like a whole one, but for the file that npm
// writes last.
func Install(t *testing.T, dir string) {
	t.Helper()
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed: the JavaScript clients are not tested here", tool)
		}
	}
	lock, err := os.Open(filepath.Join(dir, "package-lock.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close() // and with it the lock
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatalf("wait for another installation: %v", err)
	}
	if current(lock, filepath.Join(dir, "node_modules", ".package-lock.json")) {
		return
	}
	c := exec.Command("npm", "ci", "--no-progress")
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
}

// current reports whether what was installed is as new as the lock file.
func current(lock *os.File, installed string) bool {
	wanted, err := lock.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(installed)
	return err == nil && !there.ModTime().Before(wanted.ModTime())
}
