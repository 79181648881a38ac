package openapi

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
)

func firstVersion(t testing.TB) *Version {
	t.Helper()
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return c.Version("v1.0")
}

// Find says what Resolve says, at the first time and later, of more paths than
// it remembers and by several at once.
func TestVersion_Find(t *testing.T) {
	v := firstVersion(t)
	paths := []string{"/users", "/users/", "/me/messages", "/users('a')/drive/root:/x y:/children", "/nothing", "/users/%zz",
		"/users/" + strings.Repeat("k", longestKept)}
	for i := range 3 * recentPaths {
		paths = append(paths, fmt.Sprintf("/users/%d/memberOf", i))
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for _, path := range paths {
				want, wantErr := v.Resolve(path, nil)
				for range 2 {
					got, err := v.Find(path)
					if !reflect.DeepEqual(got, want) || (err == nil) != (wantErr == nil) {
						t.Errorf("%s: %v, %v; want %v, %v", path, got, err, want, wantErr)
						return
					}
				}
			}
		})
	}
	all.Wait()
}

// Who appends to the segments of one request does not write into another's.
func TestVersion_Find_shared(t *testing.T) {
	v := firstVersion(t)
	first, _ := v.Find("/users/a/")
	_ = append(first.Segments, Segment{Name: "mine"})
	if second, _ := v.Find("/users/a/"); cap(second.Segments) != len(second.Segments) {
		t.Errorf("room for %d segments behind %d", cap(second.Segments)-len(second.Segments), len(second.Segments))
	}
}

func BenchmarkVersion_Find(b *testing.B) {
	v := firstVersion(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := v.Find("/users/0d6f5a30-7c1b-4a1e-9d4e-2a8f5b6c7d81/messages"); err != nil {
			b.Fatal(err)
		}
	}
}
