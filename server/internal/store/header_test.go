package store

import (
	"bytes"
	"reflect"
	"testing"
)

func TestHeader(t *testing.T) {
	guid := "6e7b768e-07e2-4810-8459-485f84f8f204"
	tests := []struct {
		name string
		id   string
		h    header
		size int // of what is before the JSON
	}{
		{"GUID", guid, header{}, 18},
		{"GUID in capitals", "6E7B768E-07E2-4810-8459-485F84F8F204", header{}, 39},
		{"text", "AAMkAD", header{age: 300}, 10},
		{"all of it", guid, header{age: 1 << 60, typ: 7, keyLists: keyLists{keys: appendKey(nil, keyEntry{3, "ada@x"}), finds: appendFind(nil, findEntry{4, 1})}}, 45},
		{"no id", "", header{}, 3},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := test.h
			h.setID(test.id)
			h.json = []byte(`{"a":1}`)
			b := h.appendTo(nil)
			if n := len(b) - len(h.json); n != test.size {
				t.Errorf("header of %d bytes, want %d", n, test.size)
			}
			if len(b) > h.size() {
				t.Errorf("%d bytes, at most %d foretold", len(b), h.size())
			}
			got, err := parseHeader(b)
			if err != nil {
				t.Fatal(err)
			}
			if id := (&reader{}).idText(&got, ""); id != test.id {
				t.Errorf("id %q", id)
			}
			if !bytes.Equal(got.appendTo(nil), b) {
				t.Errorf("%x comes out as %x", b, got.appendTo(nil))
			}
		})
	}
}

func FuzzHeader(f *testing.F) {
	for _, id := range []string{"6e7b768e-07e2-4810-8459-485f84f8f204", "AAMkAD", ""} {
		h := header{age: 5, typ: 1, json: []byte("{}")}
		h.keys, h.finds = appendKey(nil, keyEntry{2, "v"}), appendFind(nil, findEntry{3, 4})
		h.setID(id)
		b := h.appendTo(nil)
		f.Add(b)
		f.Add(b[:len(b)/2])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := parseHeader(b)
		if err != nil {
			return
		}
		again, err := parseHeader(h.appendTo(nil))
		if err != nil {
			t.Fatalf("what was written does not parse: %v", err)
		}
		// Lengths are what counts: an empty list has no flag when written.
		for _, l := range []*[]byte{&h.keys, &again.keys, &h.finds, &again.finds} {
			if *l = bytes.Clone(*l); len(*l) == 0 {
				*l = nil
			}
		}
		if !reflect.DeepEqual(h, again) {
			t.Fatalf("%+v comes back as %+v", h, again)
		}
		if keys, err := parseKeys(h.keys); err == nil {
			same(t, keys, appendKey, parseKeys)
		}
		if finds, err := parseFinds(h.finds); err == nil {
			same(t, finds, appendFind, parseFinds)
		}
	})
}

// same checks that a list comes back as it was written.
func same[E any](t *testing.T, list []E, add func([]byte, E) []byte, parse func([]byte) ([]E, error)) {
	var b []byte
	for _, e := range list {
		b = add(b, e)
	}
	back, err := parse(b)
	if err != nil || !reflect.DeepEqual(list, back) {
		t.Fatalf("%v comes back as %v, %v", list, back, err)
	}
}

func FuzzID(f *testing.F) {
	for _, id := range []string{"6e7b768e-07e2-4810-8459-485f84f8f204", "6E7B768E-07E2-4810-8459-485F84F8F204", "6e7b768e-07e2-4810-8459_485f84f8f204", "", "x"} {
		f.Add(id, id+"y")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a) > MaxText || len(b) > MaxText {
			return
		}
		if g, canonical, ok := packGUID(a); ok {
			var text [guidLen]byte
			formatGUID(&text, &g)
			if (string(text[:]) == a) != canonical || !sameID(string(text[:]), a) {
				t.Fatalf("%q formats as %q, canonical %v", a, text, canonical)
			}
		}
		x, y := appendID(nil, a), appendID(nil, b)
		if !bytes.Equal(x, y) && bytes.HasPrefix(y, x) {
			t.Fatalf("id %q reads as the beginning of %q", a, b)
		}
	})
}

// Strings of an arena keep their text while it makes more.
func TestArena(t *testing.T) {
	var a arena
	var list []string
	for i := range 1000 {
		list = append(list, a.text(bytes.Repeat([]byte{byte(i)}, i%97)))
	}
	list = append(list, a.text(bytes.Repeat([]byte{'x'}, 2*arenaMost)))
	for i, s := range list[:1000] {
		if s != string(bytes.Repeat([]byte{byte(i)}, i%97)) {
			t.Fatalf("string %d is %q", i, s)
		}
	}
}
