package entity

import (
	"slices"
	"testing"
)

func TestDiffering(t *testing.T) {
	for _, c := range []struct {
		before, after string
		want          []string
	}{
		{`{}`, `{}`, nil}, {`{"a":1}`, `{"a":1}`, nil}, {`{"a":1,"b":2}`, `{"b":2,"a":1}`, nil},
		{`{"a":1}`, `{"a":2}`, []string{"a"}}, {`{"a":1}`, `{"b":1}`, []string{"b", "a"}},
		{`{"a":{"x":1}}`, `{"a":{"x":2}}`, []string{"a"}}, {`{"\u0061":1}`, `{"a":2}`, []string{"a"}},
	} {
		got := Differing([]byte(c.before), []byte(c.after))
		if got == nil || !slices.Equal(got, c.want) {
			t.Errorf("%s, %s: %q", c.before, c.after, got)
		}
	}
}
