package store

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Notes come back as they were appended, without what was cut off, and numbers go on
// after a rewrite.
func TestNotes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notes")
	open := func(want ...string) *Notes {
		t.Helper()
		var got []string
		n, err := OpenNotes(path, func(n Note) { got = append(got, n.Tenant+" "+string(n.Body)) })
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("got %q, want %q", got, want)
		}
		return n
	}
	add := func(n *Notes, body string, number uint64) {
		t.Helper()
		if got, err := n.Append(Note{Kind: 1, Tenant: "t", Round: 3, Body: []byte(body)}); err != nil || got != number {
			t.Fatalf("note %d, %v; want %d", got, err, number)
		}
	}
	n := open()
	add(n, "one", 1)
	first := int(n.Size())
	add(n, "two", 2)
	n.Close()
	whole, _ := os.ReadFile(path)
	for cut := len(whole) - 1; cut >= first; cut-- {
		if err := os.WriteFile(path, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		open("t one").Close()
	}
	n = open("t one")
	add(n, "again", 2)
	if err := n.Rewrite([]Note{{Number: 2, Kind: 1, Tenant: "u", Body: []byte("left")}}); err != nil {
		t.Fatal(err)
	}
	add(n, "after", 3)
	if err := n.Rewrite(nil); err != nil {
		t.Fatal(err)
	}
	n.Close()
	n = open()
	add(n, "last", 4)
	n.Close()
	open("t last").Close()
}

// A file of another program is refused and left as it is; one that was left before
// its head was whole is begun anew.
func TestNotes_Foreign(t *testing.T) {
	for content, foreign := range map[string]bool{"": false, "fakegr": false, "to do: milk\n": true, "fakegraph notes 9\nx": true} {
		path := filepath.Join(t.TempDir(), "notes")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		n, err := OpenNotes(path, func(Note) { t.Errorf("%q: a note", content) })
		if err == nil {
			n.Close()
		}
		after, _ := os.ReadFile(path)
		switch {
		case foreign && (err == nil || !strings.Contains(err.Error(), path) || string(after) != content):
			t.Errorf("%q: %v, left as %q", content, err, after)
		case !foreign && (err != nil || string(after) != notesHead):
			t.Errorf("%q: %v, left as %q", content, err, after)
		}
	}
}

// FuzzReadNote: no bytes break the reader, and a record that it takes is written
// again as it was.
func FuzzReadNote(f *testing.F) {
	f.Add(appendRecord(nil, &Note{Number: 7, Kind: 1, Tenant: "t", Round: 3, Body: []byte("body")}))
	f.Add([]byte{})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		note, length, ok := readNote(data)
		if !ok {
			return
		}
		again, n, ok := readNote(appendRecord(nil, &note))
		if length > len(data) || !ok || n == 0 || again.Number != note.Number || again.Round != note.Round || again.Tenant != note.Tenant || !bytes.Equal(again.Body, note.Body) {
			t.Errorf("%v of %d bytes became %v", note, length, again)
		}
	})
}
