package graph

import "testing"

func TestMember(t *testing.T) {
	for pointer, want := range map[string]string{
		"/a": "a", "/a/b/0": "a", "": "", "/x~1y": "x/y", "/x~0y/z": "x~y", "/~01": "~1",
	} {
		if got := member(pointer); got != want {
			t.Errorf("%q: %q, want %q", pointer, got, want)
		}
	}
}

func TestDigAndWithout(t *testing.T) {
	const text = `{"a":{"b":[1,{"c/d":"x","e":2}],"f":null},"g":"s"}`
	for _, c := range []struct{ pointer, dug, without string }{
		{"/g", `"s"`, `{"a":{"b":[1,{"c/d":"x","e":2}],"f":null}}`},
		{"/a/f", `null`, `{"a":{"b":[1,{"c/d":"x","e":2}]},"g":"s"}`},
		{"/a/b/1/c~1d", `"x"`, `{"a":{"b":[1,{"e":2}],"f":null},"g":"s"}`},
		{"/a/b/0", `1`, text}, // items of a list stay: their places count
		{"/a/b/2/e", ``, text},
		{"/a/b/-1", ``, text},
		{"/a/b/x", ``, text},
		{"/none/x", ``, text},
		{"/g/x", ``, text},
	} {
		o := object(t, text)
		if got := string(dig(o, c.pointer)); got != c.dug {
			t.Errorf("%s: %s, want %s", c.pointer, got, c.dug)
		}
		if got := string(without(o, c.pointer).JSON()); got != c.without {
			t.Errorf("without %s: %s, want %s", c.pointer, got, c.without)
		}
		if string(o.JSON()) != text {
			t.Fatalf("%s changed the object", c.pointer)
		}
	}
}
