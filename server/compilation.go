package server

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/fakegraph/fakegraph/openapi"
)

// compilations keeps what was made of users' OpenAPI documents in the user's
// cache folder: 40 MB take seconds to compile, and are the same at the next
// start. A file that cannot be read, or was changed, is as good as none, and
// one that cannot be written is only a start that takes its time again.
type compilations struct{ dir string }

// mostCompilations is how many files are kept; the oldest go first.
const mostCompilations = 8

// openCompilations is the folder of this user; without one nothing is kept.
func openCompilations() compilations {
	dir, err := os.UserCacheDir()
	if err != nil {
		return compilations{}
	}
	return compilations{filepath.Join(dir, "fakegraph", "openapi")}
}

func (c compilations) file(key string) string { return filepath.Join(c.dir, key+".json") }

// load finds what was kept under a key.
func (c compilations) load(key string) (made openapi.Compiled, ok bool) {
	if c.dir == "" {
		return made, false
	}
	data, err := os.ReadFile(c.file(key))
	if err != nil {
		return made, false
	}
	sum, body, _ := bytes.Cut(data, []byte("\n"))
	if string(sum) != checksum(body) || json.Unmarshal(body, &made) != nil {
		return openapi.Compiled{}, false
	}
	return made, true
}

// save keeps something under a key: under another name first, so that nobody
// reads half of it.
func (c compilations) save(key string, made openapi.Compiled) error {
	if c.dir == "" {
		return nil
	}
	body, err := json.Marshal(made)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(c.dir, "new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone already when all went well
	_, err = fmt.Fprintf(f, "%s\n%s", checksum(body), body)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), c.file(key))
	}
	if err == nil {
		c.prune()
	}
	return err
}

// prune removes the oldest files.
func (c compilations) prune() {
	names, err := filepath.Glob(c.file("*"))
	if err != nil || len(names) <= mostCompilations {
		return
	}
	ages := map[string]fs.FileInfo{}
	for _, name := range names {
		if info, err := os.Stat(name); err == nil {
			ages[name] = info
		}
	}
	names = slices.DeleteFunc(names, func(name string) bool { return ages[name] == nil })
	slices.SortFunc(names, func(a, b string) int { return ages[b].ModTime().Compare(ages[a].ModTime()) })
	for _, name := range names[min(mostCompilations, len(names)):] {
		_ = os.Remove(name)
	}
}

func checksum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
