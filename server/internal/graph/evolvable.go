package graph

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// sentinel is the member of an evolvable enumeration that stands for all later
// ones to clients that do not know them (D, G, graph-behaviour §2.13).
const sentinel = "unknownFutureValue"

// masked is the value of an enumeration as a client may see it that does not
// know its later members.
func (q *run) masked(raw []byte, t *openapi.Type) []byte {
	text, ok := entity.Unquote(raw)
	if q.form.unmasked || !ok || !evolves(t) {
		return raw
	}
	return entity.Quote(nil, maskedText(text, t))
}

// maskedText is the text of a value as masked shows it.
func maskedText(text string, t *openapi.Type) string {
	names := strings.Split(text, ",") // of flags, several
	for i, name := range names {
		names[i] = mask(name, t.Members())
	}
	return strings.Join(slices.Compact(names), ",")
}

func mask(name string, members []string) string {
	at := slices.IndexFunc(members, isSentinel)
	if slices.Index(members, name) > at {
		return members[at]
	}
	return name
}

// evolves reports whether an enumeration has members behind its sentinel.
func evolves(t *openapi.Type) bool {
	members := t.Members()
	at := slices.IndexFunc(members, isSentinel)
	return at >= 0 && at < len(members)-1
}

// isSentinel knows the sentinel in the letter case that some models give it.
func isSentinel(member string) bool { return strings.EqualFold(member, sentinel) }

// evolvedIn reports whether values of a type can hold one of an enumeration
// that evolves. seen are the types looked at before.
func evolvedIn(t *openapi.Type, seen map[*openapi.Type]bool) bool {
	if t == nil || seen[t] {
		return false
	}
	seen[t] = true
	if t.Kind == openapi.EnumType {
		return evolves(t)
	}
	for _, p := range t.Properties() {
		if !p.Navigation && evolvedIn(p.Type.Type(), seen) {
			return true
		}
	}
	return t.Kind == openapi.ComplexType && slices.ContainsFunc(t.Derived(), func(d *openapi.Type) bool { return evolvedIn(d, seen) })
}

// unsent judges a body that brings the sentinel as a value: to make something
// of it is refused, in a change of what is stored it stands for no change (G,
// graph-behaviour §2.13). Inside a list, which is replaced as a whole, it stays.
func (q *run) unsent(payload, stored entity.Object) (entity.Object, []openapi.Finding) {
	if !bytes.Contains(q.Call.Body, []byte("nknownFutureValue")) {
		return payload, nil
	}
	var found []openapi.Finding
	left := strip(payload, q.op.Request().Type(), "", &found)
	if stored == nil {
		return payload, found
	}
	for _, f := range found {
		q.note(f.Path + ": " + sentinel + " leaves the value as it is")
	}
	return left, nil
}

// strip leaves out the members whose value is their enumeration's sentinel, and
// collects where they were.
func strip(o entity.Object, t *openapi.Type, at string, found *[]openapi.Finding) entity.Object {
	if t == nil {
		return o
	}
	var left entity.Object
	for _, m := range o {
		p, path := t.Property(m.Name), at+"/"+m.Name
		text, isText := entity.Unquote(m.Value)
		switch {
		case p == nil || p.Type.Type() == nil || p.Type.Collection || p.Navigation:
		case isText && p.Type.Type().Kind == openapi.EnumType && isSentinel(text):
			*found = append(*found, openapi.Finding{In: "body", Path: path, Kind: "enum", Text: m.Name + ": " + text + " stands for members that a client does not know, and is none to set"})
			continue
		case len(m.Value) > 0 && m.Value[0] == '{':
			m.Value = stripped(m.Value, p.Type.Type(), path, found)
		}
		left = append(left, m)
	}
	return left
}

func stripped(raw json.RawMessage, t *openapi.Type, at string, found *[]openapi.Finding) json.RawMessage {
	inner, err := entity.Members(raw)
	if err != nil {
		return raw
	}
	before := len(*found)
	if inner = strip(inner, t, at, found); len(*found) == before {
		return raw
	}
	return inner.JSON()
}
