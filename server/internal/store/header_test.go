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
		{"all of it", guid, header{age: 1 << 60, typ: 7, keys: appendKey(nil, keyEntry{3, "ada@x"})}, 35},
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
		h := header{age: 5, typ: 1, keys: appendKey(nil, keyEntry{2, "v"}), json: []byte("{}")}
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
		h.keys, again.keys = bytes.Clone(h.keys), bytes.Clone(again.keys)
		if len(h.keys) == 0 {
			h.keys, again.keys = nil, nil
		}
		if !reflect.DeepEqual(h, again) {
			t.Fatalf("%+v comes back as %+v", h, again)
		}
		keys, err := parseKeys(h.keys)
		if err != nil {
			return
		}
		var list []byte
		for _, k := range keys {
			list = appendKey(list, k)
		}
		back, err := parseKeys(list)
		if err != nil || !reflect.DeepEqual(keys, back) {
			t.Fatalf("keys %v come back as %v, %v", keys, back, err)
		}
	})
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
