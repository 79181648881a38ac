package entity

import (
	"bytes"
	"testing"
)

// Each finds what Members finds.
func TestEachAgreesWithMembers(t *testing.T) {
	for _, text := range []string{
		`{}`, ` { "a" : {"b":2} , "x\u0079":"v","é":[{"z":1}],"b":false } `, `{"a":"}\"","c":[]}`, `[]`, manyMembers(40, "last"),
	} {
		o, _ := Members([]byte(text))
		n := 0
		for name, value := range Each([]byte(text)) {
			if !name.Is(o[n].Name) || name.Is(o[n].Name+"x") || !bytes.Equal(value, o[n].Value) {
				t.Errorf("%s: member %d is %s: %s, want %s: %s", text, n, name.Quoted, value, o[n].Name, o[n].Value)
			}
			if !name.In(map[string]bool{o[n].Name: true}) || name.In(map[string]bool{"none": true}) {
				t.Errorf("%s: %s is not found in a set", text, name.Quoted)
			}
			n++
		}
		if n != len(o) {
			t.Errorf("%s: %d members, want %d", text, n, len(o))
		}
	}
}
