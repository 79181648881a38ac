package entity

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Distinct reports the first name that stands twice in an object inside one of
// o's values, at any depth. [Members] sees to o's own names only; a merge would
// take such a value for one that it cannot read.
func (o Object) Distinct() error {
	for _, m := range o {
		if len(m.Value) == 0 || m.Value[0] != '{' && m.Value[0] != '[' {
			continue
		}
		if name, found := repeated(m.Value); found {
			return fmt.Errorf("%s: member %q stands twice", m.Name, name)
		}
	}
	return nil
}

// repeated finds a repeated name in valid JSON, in one pass whatever its depth.
func repeated(raw []byte) (name string, found bool) {
	d := json.NewDecoder(bytes.NewReader(raw))
	var open nesting
	for {
		token, err := d.Token()
		if err != nil {
			return "", false
		}
		switch t := token.(type) {
		case json.Delim:
			open.delimiter(t)
		case string:
			if open.again(t) {
				return t, true
			}
		default:
			open.value()
		}
	}
}

// nesting is the objects and lists that a token stands in, innermost last.
type nesting []level

type level struct {
	seen map[string]bool // nil in a list
	name bool            // a name comes next
}

func (n *nesting) delimiter(d json.Delim) {
	switch d {
	case '{':
		*n = append(*n, level{seen: map[string]bool{}, name: true})
	case '[':
		*n = append(*n, level{})
	default:
		*n = (*n)[:len(*n)-1]
		n.value()
	}
}

// value notes that a value ended: in an object a name comes next.
func (n nesting) value() {
	if len(n) > 0 {
		n[len(n)-1].name = true
	}
}

// again takes a string, which is a name or a value, and reports a name that was
// there before.
func (n nesting) again(text string) bool {
	if len(n) == 0 {
		return false
	}
	top := &n[len(n)-1]
	if top.seen == nil || !top.name {
		top.name = true
		return false
	}
	top.name = false
	before := top.seen[text]
	top.seen[text] = true
	return before
}
