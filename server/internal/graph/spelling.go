package graph

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// Spell gives a body the model's spelling: names of properties and of types,
// and members of enumerations, which Graph takes in any letter case (R,
// graph-behaviour §14.5). It reports whether anything changed; the body given
// does not. What the model does not know stays as it is, for validation to
// name. Where numbers come as strings, as IEEE754Compatible=true has those of 64
// bits (O, JSON format §4.3), they become numbers. A moment where a date is wanted is
// its date (D, page accessreviewscheduledefinition-post); Outlook takes a date for the
// moment at which it begins (D, page contact-update), and planner (C, output of the CLI
// for Microsoft 365 of 2023).
func Spell(op *openapi.Operation, v *openapi.Version, body entity.Object, numbersQuoted bool) (entity.Object, bool) {
	s := speller{version: v, quoted: numbersQuoted, worded: op.Family == openapi.FamilySearch, dated: op.Family == openapi.FamilyOutlook || op.Family == openapi.FamilyPlanner}
	if t := op.Request().Type(); t != nil && t.Kind != openapi.EnumType {
		return s.object(t, body, 0)
	}
	if op.Kind != openapi.Action {
		return body, false
	}
	return s.members(body, 0, func(name string) *openapi.Property { return foldedParameter(op.Parameters(), name) })
}

func foldedParameter(list []*openapi.Property, name string) *openapi.Property {
	for _, p := range list {
		if p.Name == name {
			return p
		}
	}
	for _, p := range list {
		if strings.EqualFold(p.Name, name) {
			return p
		}
	}
	return nil
}

type speller struct {
	version *openapi.Version
	quoted  bool // numbers of 64 bits come as strings
	dated   bool // dates stand for moments
	worded  bool // true and false may come as strings, as samples of external connections have them (D)
}

// deepestSpelling bounds how far objects inside objects are followed.
const deepestSpelling = 32

func (s *speller) object(t *openapi.Type, o entity.Object, depth int) (entity.Object, bool) {
	if name, ok := o.String("@odata.type"); ok {
		if derived := s.version.TypeFold(name); derived != nil {
			t = derived
		}
	}
	return s.members(o, depth, t.PropertyFold)
}

// members spells the members of one object, and the values inside them.
func (s *speller) members(o entity.Object, depth int, property func(string) *openapi.Property) (entity.Object, bool) {
	changed := false
	for i := range o {
		m, different := s.member(o[i], depth, property)
		if !different || m.Name != o[i].Name && o.Has(m.Name) {
			continue
		}
		if !changed {
			o, changed = o.Clone(), true
		}
		o[i] = m
	}
	return o, changed
}

func (s *speller) member(m entity.Member, depth int, property func(string) *openapi.Property) (entity.Member, bool) {
	name, rest := m.Name, ""
	if at := strings.IndexByte(name, '@'); at >= 0 {
		name, rest = name[:at], name[at:]
	}
	if name == "" {
		return s.typeName(m)
	}
	p := property(name)
	if p == nil {
		return m, false
	}
	changed := p.Name != name
	m.Name = p.Name + rest
	if rest == "" {
		value, different := s.value(p, m.Value, depth)
		m.Value, changed = value, changed || different
	}
	return m, changed
}

// typeName spells the value of @odata.type.
func (s *speller) typeName(m entity.Member) (entity.Member, bool) {
	if m.Name != "@odata.type" {
		return m, false
	}
	name, _ := entity.Unquote(m.Value)
	if s.version.Type(name) != nil && !strings.EqualFold(trimHash(name), s.version.Type(name).Name) {
		return m, false // a short name, which is right too
	}
	t := s.version.TypeFold(name)
	if t == nil || t.Name == trimHash(name) {
		return m, false
	}
	m.Value = entity.Quote(nil, "#"+t.Name)
	return m, true
}

// value spells what is inside a property's value.
func (s *speller) value(p *openapi.Property, raw json.RawMessage, depth int) (json.RawMessage, bool) {
	t := p.Type.Type()
	if s.quoted && quotable(p.Type.Name) {
		return unquotedNumbers(raw)
	}
	if s.worded && p.Type.Name == "Edm.Boolean" && (string(raw) == `"true"` || string(raw) == `"false"`) {
		return raw[1 : len(raw)-1], true
	}
	if p.Type.Name == "Edm.Date" {
		return dateOf(raw)
	}
	if s.dated && p.Type.Name == "Edm.DateTimeOffset" {
		return momentOf(raw)
	}
	if t == nil || len(raw) == 0 || depth >= deepestSpelling {
		return raw, false
	}
	switch raw[0] {
	case '"':
		if t.Kind == openapi.EnumType {
			return spelledEnum(t, raw)
		}
	case '{':
		if t.Kind != openapi.EnumType {
			return s.nested(t, raw, depth)
		}
	case '[':
		return s.items(p, raw, depth)
	}
	return raw, false
}

// dateOf is the date of a moment.
func dateOf(raw json.RawMessage) (json.RawMessage, bool) {
	text, ok := entity.Unquote(raw)
	if !ok || len(text) <= len(time.DateOnly) {
		return raw, false
	}
	if _, err := time.Parse(time.RFC3339, text); err != nil {
		return raw, false
	}
	return entity.Quote(nil, text[:len(time.DateOnly)]), true
}

// momentOf is the moment at which a date begins.
func momentOf(raw json.RawMessage) (json.RawMessage, bool) {
	text, _ := entity.Unquote(raw)
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return raw, false
	}
	return entity.Quote(nil, text+"T00:00:00Z"), true
}

// quotable reports whether numbers of an Edm type are strings for a client that
// cannot hold them.
func quotable(edm string) bool { return edm == "Edm.Int64" || edm == "Edm.Decimal" }

// unquotedNumbers takes the quotes off a number, or off several in a list.
func unquotedNumbers(raw json.RawMessage) (json.RawMessage, bool) {
	if len(raw) > 0 && raw[0] == '[' {
		var items []json.RawMessage
		if json.Unmarshal(raw, &items) != nil {
			return raw, false
		}
		changed := false
		for i := range items {
			value, different := unquotedNumbers(items[i])
			items[i], changed = value, changed || different
		}
		b, err := json.Marshal(items)
		return b, changed && err == nil
	}
	text, ok := entity.Unquote(raw)
	var n json.Number
	if !ok || strings.HasPrefix(text, `"`) || json.Unmarshal([]byte(text), &n) != nil || n == "" {
		return raw, false
	}
	return json.RawMessage(text), true
}

func (s *speller) nested(t *openapi.Type, raw json.RawMessage, depth int) (json.RawMessage, bool) {
	o, err := entity.Members(raw)
	if err != nil {
		return raw, false
	}
	o, changed := s.object(t, o, depth+1)
	if !changed {
		return raw, false
	}
	return o.JSON(), true
}

func (s *speller) items(p *openapi.Property, raw json.RawMessage, depth int) (json.RawMessage, bool) {
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil {
		return raw, false
	}
	changed := false
	for i, item := range items {
		if len(item) == 0 || item[0] == '[' {
			continue
		}
		value, different := s.value(p, item, depth)
		items[i], changed = value, changed || different
	}
	if !changed {
		return raw, false
	}
	b, err := json.Marshal(items)
	if err != nil {
		return raw, false
	}
	return b, true
}

// spelledEnum spells one member of an enumeration, or several with commas.
func spelledEnum(t *openapi.Type, raw json.RawMessage) (json.RawMessage, bool) {
	text, ok := entity.Unquote(raw)
	members := t.Members()
	if !ok || slices.Contains(members, text) {
		return raw, false
	}
	parts := strings.Split(text, ",")
	for i, part := range parts {
		part = strings.TrimSpace(part)
		at := slices.IndexFunc(members, func(m string) bool { return strings.EqualFold(m, part) })
		if at < 0 {
			return raw, false
		}
		parts[i] = members[at]
	}
	spelled := strings.Join(parts, ",")
	return entity.Quote(nil, spelled), spelled != text
}
