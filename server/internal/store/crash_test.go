package store

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// crashPath tells a child process of TestCrash where to write.
const crashPath = "STORE_CRASH_PATH"

func TestMain(m *testing.M) {
	if path := os.Getenv(crashPath); path != "" {
		if err := writeUntilKilled(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeUntilKilled inserts, replaces and deletes from several goroutines and
// prints the id of each entity after its insert was acknowledged.
func writeUntilKilled(path string) error {
	s, err := Open(Options{Path: path})
	if err != nil {
		return err
	}
	const writers = 8
	failed := make(chan error)
	var out sync.Mutex
	for n := range writers {
		go func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("%d.%d.%d", os.Getpid(), n, i)
				if err := s.Update(func(w Writer) error { return crashWrite(w, id) }); err != nil {
					failed <- err
					return
				}
				out.Lock()
				fmt.Println(id)
				out.Unlock()
			}
		}()
	}
	return <-failed
}

// crashWrite adds an entity that stays, one that goes at once, and changes a
// third.
func crashWrite(w Writer, id string) error {
	o, err := w.Insert(people, Entity{ID: id, Keys: []Key{{Name: "id", Value: id}}, JSON: make([]byte, 700)})
	if err != nil {
		return err
	}
	gone, err := w.Insert(SetKey{Tenant: "a", Parent: o, Name: "gone"}, Entity{ID: id})
	if err != nil {
		return err
	}
	if _, err := w.Link(o, "link", gone); err != nil {
		return err
	}
	if _, err := w.Replace(o, Entity{JSON: []byte(id)}); err != nil {
		return err
	}
	return w.Delete(gone)
}

// What was acknowledged is there after the process was killed, and again after
// the next one was.
func TestCrash(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	var acknowledged []string
	for round := range 3 {
		acknowledged = append(acknowledged, killAfter(t, path, 40+30*round)...)
		s := openBoltFor(t, Options{Path: path})
		must(t, s.View(func(r Reader) error {
			for _, id := range acknowledged {
				if e, err := r.Get(people, id); err != nil || string(e.JSON) != id {
					t.Errorf("round %d: %s: %.20q, %v", round, id, e.JSON, err)
				}
			}
			return nil
		}))
		must(t, s.Check())
		must(t, s.Close())
	}
}

// killAfter starts a child, kills it once it has acknowledged n writes, and
// returns all that it had acknowledged by then.
func killAfter(t *testing.T, path string, n int) (ids []string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), crashPath+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	stuck := time.AfterFunc(time.Minute, func() { child.Process.Kill() })
	defer stuck.Stop()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if ids = append(ids, lines.Text()); len(ids) == n {
			must(t, child.Process.Kill())
		}
	}
	_ = child.Wait() // it was killed
	if len(ids) < n {
		t.Fatalf("the child ended after %d of %d writes", len(ids), n)
	}
	return ids
}
