package store

import (
	"os"
	"path/filepath"
	"slices"
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
	add(n, "two", 2)
	n.Close()
	whole, _ := os.ReadFile(path)
	for cut := len(whole) - 1; cut > len(whole)/2; cut-- {
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
