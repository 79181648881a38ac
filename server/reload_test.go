package server_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/fakegraph/fakegraph/server"
)

// lines is a log whose lines can be waited for.
type lines chan string

func (l lines) Write(p []byte) (int, error) {
	l <- string(p)
	return len(p), nil
}

// await reads the log up to a line that holds a text.
func (l lines) await(t *testing.T, part string) {
	t.Helper()
	late := time.After(20 * time.Second)
	for {
		select {
		case line := <-l:
			if strings.Contains(line, part) {
				return
			}
		case <-late:
			t.Fatalf("no line with %q", part)
		}
	}
}

func TestReload(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		next := filepath.Join(dir, name+".new")
		if err := os.WriteFile(next, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(next, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	const stays = "name: stays\nrules: [{match: {path: /v1.0/me}, times: 1, respond: {status: 500}}]\n"
	write("stays.yaml", stays)
	write("changes.yaml", "name: changes\nrules: [{match: {path: /v1.0/users}, respond: {status: 500}}]\n")

	log := make(lines, 1000)
	fake := server.NewTest(t, server.WithScenario(dir), server.WithReload(time.Millisecond), server.WithLogger(zerolog.New(log)))
	get := func(path string, want int) {
		t.Helper()
		request(t, fake.Client(), "GET", fake.URL+path, "").wants(t, want, "")
	}
	get("/v1.0/users", 500)
	get("/v1.0/me", 500)

	write("changes.yaml", "name: changes\nrules: [{match: {path: /v1.0/users}, respond: {status: 502}}]\n")
	log.await(t, "reloaded")
	get("/v1.0/users", 502)
	get("/v1.0/me", 200) // spent: what did not change keeps its counters

	write("changes.yaml", "name: changes\nrules: [{respond: {status: 1}, tiems: 2}]\n")
	log.await(t, "1 is too small")
	log.await(t, `did you mean \"times\"`)
	get("/v1.0/users", 502)

	if err := os.Remove(filepath.Join(dir, "changes.yaml")); err != nil {
		t.Fatal(err)
	}
	log.await(t, "reloaded")
	get("/v1.0/users", 200)

	if err := fake.Close(); err != nil {
		t.Error(err)
	}
}
