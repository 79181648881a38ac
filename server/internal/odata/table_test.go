package odata

import (
	"errors"
	"testing"
)

// treeCase is a text, the tree it gives, and the tree's canonical text.
type treeCase struct {
	source string
	tree   string // by the dump functions of tree_test.go
	print  string // "" when it is the same as source
}

// mistakeCase is a text that cannot be read, and its mistake as "kind position n: text".
type mistakeCase struct {
	source  string
	mistake string
}

// checkTrees reads each source, and then its canonical text once more.
func checkTrees[T any](t *testing.T, cases []treeCase, parse func(string) (T, error), dump, print func(T) string) {
	t.Helper()
	for _, c := range cases {
		tree, err := parse(c.source)
		if err != nil {
			t.Errorf("%s\n%s", c.source, display(err))
			continue
		}
		if got := dump(tree); got != c.tree {
			t.Errorf("%s\n got %s\nwant %s", c.source, got, c.tree)
		}
		want := c.print
		if want == "" {
			want = c.source
		}
		if got := print(tree); got != want {
			t.Errorf("%s\n printed %s\n    want %s", c.source, got, want)
		}
		checkRoundTrip(t, tree, parse, dump, print)
	}
}

// checkRoundTrip sees that the canonical text of tree gives the same tree, and the
// same canonical text.
func checkRoundTrip[T any](t *testing.T, tree T, parse func(string) (T, error), dump, print func(T) string) {
	t.Helper()
	text := print(tree)
	again, err := parse(text)
	if err != nil {
		t.Fatalf("canonical text cannot be read\n%s", display(err))
	}
	if dump(again) != dump(tree) {
		t.Fatalf("%s\n became %s\n   from %s", text, dump(again), dump(tree))
	}
	if print(again) != text {
		t.Fatalf("printed %s\n   then %s", text, print(again))
	}
}

func checkMistakes[T any](t *testing.T, cases []mistakeCase, parse func(string) (T, error)) {
	t.Helper()
	for _, c := range cases {
		_, err := parse(c.source)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%q: no *Error but %v", c.source, err)
			continue
		}
		checkPlace(t, e)
		where := e.Option
		e.Option = ""
		if got := string(e.Kind) + " " + e.Error(); got != c.mistake {
			t.Errorf("%s %q\n got %s\nwant %s", where, c.source, got, c.mistake)
		}
	}
}

// checkPlace sees that a mistake lies within its source.
func checkPlace(t *testing.T, e *Error) {
	t.Helper()
	if e.Offset < 0 || e.Offset > len(e.Source) || e.Text == "" {
		t.Errorf("bad place or no text: %#v", e)
	}
}

func display(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Display()
	}
	return err.Error()
}
