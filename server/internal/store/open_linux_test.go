package store

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

// withoutRights runs fn on a thread that the file system treats as nobody, so
// that the test means something for root too.
func withoutRights(fn func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // and never unlocked: the thread ends with us
		if os.Geteuid() == 0 {
			_, _ = unix.SetfsgidRetGid(65534)
			_, _ = unix.SetfsuidRetUid(65534)
		}
		fn()
	}()
	<-done
}

func TestOpenWithoutRights(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "store.db")
	must(t, os.WriteFile(path, written(t), 0o400))
	must(t, os.Chmod(folder, 0o555))
	for dir := folder; dir != filepath.Dir(os.TempDir()) && len(dir) > 1; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		must(t, err)
		_ = os.Chmod(dir, info.Mode().Perm()|0o111)
	}
	defer os.Chmod(folder, 0o700)
	for _, name := range []string{path, filepath.Join(folder, "new.db")} {
		var err error
		withoutRights(func() { _, err = Open(Options{Path: name}) })
		wantText(t, err, fs.ErrPermission, "data file "+name, "needs to read and write it and its folder")
	}
}
