package entity_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

func TestNames(t *testing.T) {
	object := []byte(`{"id":1,"mail":2,"main":3,"ma\u0069l":4,"":5,"größe":6,"x":7,"id":8}`)
	for _, list := range [][]string{
		{}, {"id"}, {"mail", "id", "mail"}, {"main", "größe"}, {"", "x"}, {"absent", "liam", "m"},
	} {
		var names entity.Names
		for _, name := range list {
			names.Add(name)
		}
		for n := range entity.Each(object) {
			var found, want []int
			for i := names.Find(n); i >= 0; i = names.Next(n, i) {
				found = append(found, i)
			}
			for i, name := range slices.Backward(list) {
				if n.Is(name) {
					want = append(want, i)
				}
			}
			if !slices.Equal(found, want) {
				t.Errorf("%s among %q: %v, want %v", n.Quoted, list, found, want)
			}
		}
	}
}

// A list longer than its slots can number is searched.
func TestNamesMany(t *testing.T) {
	var names entity.Names
	for i := range 70_000 {
		names.Add(fmt.Sprint("n", i))
	}
	for n := range entity.Each([]byte(`{"n5":1,"n69999":2,"n70000":3}`)) {
		want := map[string]int{`"n5"`: 5, `"n69999"`: 69999, `"n70000"`: -1}[string(n.Quoted)]
		if i := names.Find(n); i != want {
			t.Errorf("%s: %d, want %d", n.Quoted, i, want)
		}
	}
}

func FuzzNames(f *testing.F) {
	f.Add("id", "mail", "ma")
	f.Fuzz(func(t *testing.T, a, b, member string) {
		var names entity.Names
		names.Add(a)
		names.Add(b)
		object := append(append([]byte{'{'}, entity.Quote(nil, member)...), ":0}"...)
		for n := range entity.Each(object) {
			want := -1
			if n.Is(b) {
				want = 1
			} else if n.Is(a) {
				want = 0
			}
			if i := names.Find(n); i != want {
				t.Errorf("%q among %q, %q: %d, want %d", member, a, b, i, want)
			}
		}
	})
}
