package openapi

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v4"
)

// block is a member of a mapping in block style: the lines from its name to
// before the next name of the same indentation.
type block struct {
	name       string
	start, end int // in the text
	line       int
	indent     int
	inline     bool // something stands behind the name on its line
}

// indexYAML takes a text in block style apart by its indentation. What YAML
// forbids anyway is that a value goes on at the indentation of its name.
func (d *document) indexYAML() error {
	top, ok := yamlBlocks(d.source.data, 0, len(d.source.data), 1)
	if !ok || len(top) == 0 {
		return errParts
	}
	seen := map[string]bool{}
	for _, b := range top {
		if seen[b.name] {
			return errParts // the parser of the whole says so, and where
		}
		seen[b.name] = true
		if err := d.indexBlock(b); err != nil {
			return err
		}
	}
	return nil
}

func (d *document) indexBlock(b block) error {
	switch {
	case b.name == "paths" && !b.inline:
		return d.indexSection("/paths", b)
	case b.name == "components" && !b.inline:
		kinds, ok := d.inside(b)
		if !ok {
			return errParts
		}
		for _, kind := range kinds {
			if err := d.indexSection("/components/"+kind.name, kind); err != nil {
				return err
			}
		}
		return nil
	}
	value, err := readYAML(d.source.data[b.start:b.end])
	object, ok := value.(map[string]any)
	if err != nil || !ok {
		return errParts
	}
	d.keep(b.name, object[b.name])
	return nil
}

// indexSection notes the members of a section.
func (d *document) indexSection(pointer string, b block) error {
	if b.inline {
		value, err := readYAML(d.source.data[b.start:b.end])
		object, _ := value.(map[string]any)
		members, ok := object[b.name].(map[string]any)
		if err != nil || !ok {
			return errParts
		}
		d.keepSection(pointer, members)
		return nil
	}
	blocks, ok := d.inside(b)
	if !ok {
		return errParts
	}
	s := d.section(pointer)
	for _, m := range blocks {
		if _, again := s.members[m.name]; again {
			return errParts
		}
		s.members[m.name] = member{start: m.start, end: m.end, line: m.line, column: m.indent + 1}
	}
	return nil
}

// inside are the members of a member.
func (d *document) inside(b block) ([]block, bool) {
	first := b.start + bytes.IndexByte(d.source.data[b.start:b.end], '\n') + 1
	if first == b.start {
		return nil, true
	}
	return yamlBlocks(d.source.data, first, b.end, b.line+1)
}

// yamlBlocks takes lines apart into members; false when they are not a mapping
// in block style.
func yamlBlocks(data []byte, start, end, line int) (list []block, ok bool) {
	for at := start; at < end; line++ {
		next := at + bytes.IndexByte(data[at:end], '\n') + 1
		if next == at {
			next = end
		}
		text := strings.TrimRight(string(data[at:min(next, at+maxNameLine)]), " \r\n")
		inner := strings.TrimLeft(text, " ")
		indent := len(text) - len(inner)
		switch {
		case inner == "" || inner[0] == '#', len(list) == 0 && inner == "---":
		case len(list) > 0 && indent > list[0].indent:
		case len(list) > 0 && indent < list[0].indent:
			return nil, false
		default:
			name, inline, named := yamlName(inner)
			if !named {
				return nil, false
			}
			if n := len(list); n > 0 {
				list[n-1].end = at
			}
			list = append(list, block{name: name, start: at, end: end, line: line, indent: indent, inline: inline})
		}
		at = next
	}
	return list, true
}

// maxNameLine is how much of a line is looked at for a name.
const maxNameLine = 4096

// yamlName reads the name at the beginning of a line; inline says that more
// than a comment stands behind its colon.
func yamlName(line string) (name string, inline, ok bool) {
	end, quoted := -1, line[0] == '"' || line[0] == '\''
	switch {
	case quoted:
		if n := strings.IndexByte(line[1:], line[0]); n >= 0 {
			end = n + 2
		}
	case strings.IndexByte("-?:,[]{}#&*!|>%@`\t", line[0]) < 0:
		end = strings.Index(line+" ", ": ")
	}
	if end <= 0 || end >= len(line) || line[end] != ':' {
		return "", false, false
	}
	if name = line[:end]; quoted && yaml.Unmarshal([]byte(line[:end]), &name) != nil {
		return "", false, false
	}
	rest := strings.TrimSpace(line[end+1:])
	return strings.TrimRight(name, " "), rest != "" && rest[0] != '#', true
}
