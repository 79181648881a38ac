package openapi

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// document is an OpenAPI document as the compiler reads it: the text, and where
// in it each path and each component stands. These are parsed one by one, when
// they are asked for, and not kept, so that the memory which compiling takes
// depends on what is found and hardly on the length of the text: as one tree,
// 40 MB of YAML are more than 3 GB.
type document struct {
	source   *source
	head     map[string]any      // members at the top beside the sections
	sections map[string]*section // "/paths", "/components/schemas", …

	placed    string            // pointer to the member whose positions are known
	positions map[string][2]int // line and column by pointer
}

// section is a group of members that are parsed one by one.
type section struct{ members map[string]member }

// member is one path or component.
type member struct {
	start, end int // of its text; of YAML with its name
	line       int // on which it begins, from 1
	column     int // of its name
	value      any // what is parsed already, text is nothing then
}

// errParts is why a text cannot be read in parts, although it may be sound:
// aliases of YAML that cross parts, styles that are not taken apart.
var errParts = errors.New("not to be read in parts")

// openDocument finds the parts of a text.
func openDocument(s *source) (*document, error) {
	d := &document{source: s, head: map[string]any{}, sections: map[string]*section{}}
	if s.isJSON() {
		return d, d.indexJSON()
	}
	return d, d.indexYAML()
}

// mostWhole is how long a YAML text may be, in bytes, that is compiled as one
// tree, which takes some eighty times its length.
const mostWhole = 8 << 20

// undivided is a document that cannot be read in parts, for the given reason.
func undivided(s *source, reason error) (*document, error) {
	if !s.isJSON() && len(s.data) > mostWhole {
		return nil, fmt.Errorf("%w, for aliases that cross parts or for its style; at once, YAML of at most %d MB is, and this has %d: "+
			"write it in block style with $ref in place of aliases, or as JSON", reason, mostWhole>>20, len(s.data)>>20)
	}
	return wholeDocument(s)
}

// wholeDocument is a document whose text was parsed at once.
func wholeDocument(s *source) (*document, error) {
	tree, err := s.read()
	if err != nil {
		return nil, err
	}
	d := &document{source: s, head: map[string]any{}, sections: map[string]*section{}}
	for name, value := range tree {
		d.keep(name, value)
	}
	return d, nil
}

// keep takes a member of the top that is parsed already.
func (d *document) keep(name string, value any) {
	group, ok := value.(map[string]any)
	switch {
	case name == "paths" && ok:
		d.keepSection("/paths", group)
	case name == "components" && ok:
		for kind, value := range group {
			if members, ok := value.(map[string]any); ok {
				d.keepSection("/components/"+kind, members)
			}
		}
	default:
		d.head[name] = value
	}
}

func (d *document) keepSection(pointer string, members map[string]any) {
	s := d.section(pointer)
	for name, value := range members {
		s.members[name] = member{value: value}
	}
}

// section is the section at a pointer, made when there is none yet.
func (d *document) section(pointer string) *section {
	if d.sections[pointer] == nil {
		d.sections[pointer] = &section{members: map[string]member{}}
	}
	return d.sections[pointer]
}

// names lists the members of a section, sorted.
func (d *document) names(pointer string) []string {
	if s := d.sections[pointer]; s != nil {
		return slices.Sorted(maps.Keys(s.members))
	}
	return nil
}

// kinds lists the kinds of components, sorted.
func (d *document) kinds() []string {
	var kinds []string
	for pointer := range d.sections {
		if kind, ok := strings.CutPrefix(pointer, "/components/"); ok {
			kinds = append(kinds, kind)
		}
	}
	slices.Sort(kinds)
	return kinds
}

// has reports whether a section has a member.
func (d *document) has(pointer, name string) bool {
	s := d.sections[pointer]
	if s == nil {
		return false
	}
	_, ok := s.members[name]
	return ok
}

// tree parses a member. The caller may change what it gets.
func (d *document) tree(pointer, name string) (any, error) {
	m := d.section(pointer).members[name]
	if m.value != nil || m.end == 0 {
		return clone(m.value), nil
	}
	text := d.source.data[m.start:m.end]
	if d.source.isJSON() {
		return readJSON(text)
	}
	value, err := readYAML(text)
	object, ok := value.(map[string]any)
	if err != nil || !ok || len(object) != 1 {
		return nil, fmt.Errorf("%s/%s: %w", pointer, name, errParts)
	}
	for _, value = range object {
	}
	return value, nil
}

// clone copies maps and lists.
func clone(value any) any {
	switch value := value.(type) {
	case map[string]any:
		to := make(map[string]any, len(value))
		for name, v := range value {
			to[name] = clone(v)
		}
		return to
	case []any:
		to := make([]any, len(value))
		for i, v := range value {
			to[i] = clone(v)
		}
		return to
	}
	return value
}

// cutMember parts a JSON pointer into section, member and what is below.
func (d *document) cutMember(pointer string) (section, name, rest string, ok bool) {
	pieces := strings.SplitN(pointer, "/", 5)
	at := 2
	if len(pieces) > 1 && pieces[1] == "components" {
		at = 3
	}
	if len(pieces) <= at {
		return "", "", "", false
	}
	section, name = strings.Join(pieces[:at], "/"), pointerUnescaper.Replace(pieces[at])
	rest = strings.TrimPrefix(pointer, section+"/"+pieces[at])
	return section, name, rest, d.has(section, name)
}

// follow gives what a JSON pointer leads to, as the text has it.
func (d *document) follow(pointer string) (any, bool) {
	section, name, rest, ok := d.cutMember(pointer)
	if !ok {
		return descend(d.head, pointer)
	}
	value, err := d.tree(section, name)
	if err != nil {
		return nil, false
	}
	return descend(value, rest)
}

// descend takes a JSON pointer below a value.
func descend(value any, pointer string) (any, bool) {
	if pointer == "" {
		return value, true
	}
	for name := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		object, ok := value.(map[string]any)
		if !ok {
			return nil, false
		}
		if value, ok = object[pointerUnescaper.Replace(name)]; !ok {
			return nil, false
		}
	}
	return value, true
}

// position gives the line and column of what a JSON pointer leads to, or of the
// nearest place above it.
func (d *document) position(pointer string) (line, column int) {
	section, name, rest, ok := d.cutMember(pointer)
	if !ok {
		return 1, 1
	}
	m := d.sections[section].members[name]
	if m.value != nil || m.end == 0 {
		return d.source.position(pointer)
	}
	if rest == "" {
		return m.line, m.column
	}
	if at := section + "/" + name; d.placed != at {
		d.placed, d.positions = at, d.locate(m)
	}
	for ; rest != ""; rest = rest[:strings.LastIndexByte(rest, '/')] {
		if p, ok := d.positions[rest]; ok {
			return p[0], p[1]
		}
	}
	return m.line, m.column
}

// locate finds the positions inside a member.
func (d *document) locate(m member) map[string][2]int {
	part := &source{data: d.source.data[m.start:m.end], form: d.source.form, line: m.line, column: 1}
	if d.source.isJSON() {
		part.line, part.column = lineOf(d.source.data, m.start)
	} else {
		part.named = true
	}
	part.locate()
	return part.positions
}
