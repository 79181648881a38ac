package graph

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// steps are the decoded steps of a JSON pointer; findings about members have
// at least one.
func steps(pointer string) []string {
	parts := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, p := range parts {
		parts[i] = pointerUnescaper.Replace(p)
	}
	return parts
}

var pointerUnescaper = strings.NewReplacer("~1", "/", "~0", "~")

// member is the body's member that a JSON pointer leads into.
func member(pointer string) string { return steps(pointer)[0] }

// dig returns the value that a JSON pointer leads to, nil when there is none.
func dig(o entity.Object, pointer string) []byte {
	path := steps(pointer)
	v, _ := o.Get(path[0])
	for _, step := range path[1:] {
		v = child(v, step)
	}
	return v
}

func child(v []byte, step string) []byte {
	if len(v) == 0 {
		return nil
	}
	if v[0] == '{' {
		inner, _ := entity.Field(v, step)
		return inner
	}
	items, i := itemsOf(v, step)
	if i < 0 {
		return nil
	}
	return items[i]
}

// itemsOf reads a list and the index that a step names in it; -1 for none.
func itemsOf(v []byte, step string) ([]json.RawMessage, int) {
	var items []json.RawMessage
	i, err := strconv.Atoi(step)
	if err != nil || json.Unmarshal(v, &items) != nil || i < 0 || i >= len(items) {
		return nil, -1
	}
	return items, i
}

// without is an object that lacks what a JSON pointer leads to. The object
// itself does not change.
func without(o entity.Object, pointer string) entity.Object {
	return cut(o, steps(pointer))
}

func cut(o entity.Object, path []string) entity.Object {
	o = o.Clone()
	if len(path) == 1 {
		o.Delete(path[0])
	} else if v, ok := o.Get(path[0]); ok {
		o.Set(path[0], cutValue(v, path[1:]))
	}
	return o
}

func cutValue(v []byte, path []string) []byte {
	if inner, err := entity.Members(v); err == nil {
		return cut(inner, path).JSON()
	}
	items, i := itemsOf(v, path[0])
	if i < 0 || len(path) == 1 {
		return v
	}
	items[i] = cutValue(items[i], path[1:])
	text, err := json.Marshal(items)
	if err != nil {
		return v
	}
	return text
}
