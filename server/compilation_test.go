package server

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/openapi"
)

const ownDocument = `openapi: 3.0.4
info: {title: t, version: '1'}
paths:
  /things:
    get: {responses: {'200': {description: ok}}}
    post: {requestBody: {$ref: '#/components/requestBodies/none'}, responses: {'204': {description: ok}}}
`

// compileOwn starts a server with a document of the user's and reports whether
// the document was compiled.
func compileOwn(t *testing.T, file string) (compiled bool) {
	t.Helper()
	fake, err := New(WithFixtures("none"), WithOpenAPI("beta", file), WithCompileProgress(func(name string, done, total int) { compiled = name == file && done == total }))
	if err != nil {
		t.Fatal(err)
	}
	defer fake.Close()
	if n := fake.catalogue.Version("beta").Len(); n != 1 {
		t.Errorf("%d operations", n)
	}
	return compiled
}

// A document is compiled once, and again when it or what was kept has changed.
func TestCompiledDocumentIsKept(t *testing.T) {
	cache := t.TempDir()
	for _, name := range []string{"XDG_CACHE_HOME", "HOME", "LocalAppData"} {
		t.Setenv(name, cache)
	}
	file := filepath.Join(t.TempDir(), "own.yaml")
	write := func(name, text string) {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(file, ownDocument)
	if !compileOwn(t, file) {
		t.Error("not compiled at first")
	}
	if compileOwn(t, file) {
		t.Error("compiled again")
	}
	kept, err := filepath.Glob(openCompilations().file("*"))
	if err != nil || len(kept) != 1 || !strings.HasPrefix(kept[0], cache) {
		t.Fatal(kept, err)
	}
	data, err := os.ReadFile(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	write(kept[0], strings.Replace(string(data), "own.yaml", "0wn.yaml", 1))
	if !compileOwn(t, file) {
		t.Error("what was changed on disk is taken")
	}
	if compileOwn(t, file) {
		t.Error("what was changed on disk is not replaced")
	}
	write(file, ownDocument+"# another\n")
	if !compileOwn(t, file) {
		t.Error("another document is not compiled")
	}
}

func TestOldestCompilationsGo(t *testing.T) {
	c := compilations{t.TempDir()}
	for i := range mostCompilations + 3 {
		if err := c.save(strconv.Itoa(i), openapi.Compiled{Table: []byte{1}}); err != nil {
			t.Fatal(err)
		}
	}
	names, err := os.ReadDir(c.dir)
	if err != nil || len(names) != mostCompilations {
		t.Errorf("%d files, %v", len(names), err)
	}
}
