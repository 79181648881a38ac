package openapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"go.yaml.in/yaml/v4"
)

// source is the text of a document, or of a part of one. Positions are found
// when a problem asks for one.
type source struct {
	file string
	data []byte
	form form

	// Of a part: where it begins, and that its value stands behind its name.
	line, column int // 0: at the beginning of the file
	named        bool

	once      sync.Once
	positions map[string][2]int // line and column by JSON pointer
}

// form is the language of a text.
type form uint8

// Values of form.
const (
	formUnknown form = iota
	formJSON
	formYAML
)

// isJSON reports whether a text begins like JSON; all others are YAML.
func (s *source) isJSON() bool {
	if s.form == formUnknown {
		s.form = formYAML
		if trimmed := bytes.TrimLeft(s.data, " \t\r\n\ufeff"); len(trimmed) > 0 && trimmed[0] == '{' {
			s.form = formJSON
		}
	}
	return s.form == formJSON
}

// read parses the whole text.
func (s *source) read() (map[string]any, error) {
	parse := readYAML
	if s.isJSON() {
		parse = readJSON
	}
	tree, err := parse(s.data)
	if err != nil {
		return nil, err
	}
	object, ok := tree.(map[string]any)
	if !ok {
		return nil, errNoObject
	}
	return object, nil
}

var errNoObject = errors.New("not an OpenAPI document: want an object at the top")

func readJSON(data []byte) (any, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var tree any
	err := json.Unmarshal(data, &tree)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		line, column := lineOf(data, int(syntax.Offset)-1)
		return nil, fmt.Errorf("line %d column %d: %w", line, column, err)
	}
	return tree, err
}

func readYAML(data []byte) (any, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return nil, err
	}
	if root.Kind != yaml.DocumentNode || len(root.Content) == 0 {
		return nil, nil
	}
	return (&expansion{}).plain(root.Content[0])
}

// mostExpanded bounds the values that aliases add to a YAML document: each of
// those that refer to each other multiplies what it stands for.
const mostExpanded = 1_000_000

// expansion turns YAML nodes into what JSON would give.
type expansion struct {
	added int          // values that stand behind aliases
	open  []*yaml.Node // aliases that are being followed, the outermost first
}

// plain is the value of a node: names are strings, and so are dates.
func (e *expansion) plain(n *yaml.Node) (any, error) {
	if len(e.open) > 0 {
		if e.added++; e.added > mostExpanded {
			return nil, fmt.Errorf("line %d: with the alias *%s, aliases add more than %d values: "+
				"describe what is used again under components and refer to it by $ref", e.open[0].Line, e.open[0].Value, mostExpanded)
		}
	}
	switch n.Kind {
	case yaml.AliasNode:
		return e.followed(n)
	case yaml.MappingNode:
		return e.mapping(n)
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, item := range n.Content {
			v, err := e.plain(item)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		return list, nil
	}
	if n.Tag == "!!timestamp" || n.Tag == "!!binary" {
		return n.Value, nil
	}
	var v any
	if err := n.Decode(&v); err != nil {
		return nil, fmt.Errorf("line %d: %w", n.Line, err)
	}
	return v, nil
}

// followed is what an alias stands for, which must not have the alias in it.
func (e *expansion) followed(n *yaml.Node) (any, error) {
	if slices.ContainsFunc(e.open, func(o *yaml.Node) bool { return o.Alias == n.Alias }) {
		return nil, fmt.Errorf("line %d: the alias *%s stands for what it is in: refer to a component by $ref", n.Line, n.Value)
	}
	e.open = append(e.open, n)
	v, err := e.plain(n.Alias)
	e.open = e.open[:len(e.open)-1]
	return v, err
}

func (e *expansion) mapping(n *yaml.Node) (any, error) {
	object := make(map[string]any, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind != yaml.ScalarNode {
			return nil, fmt.Errorf("line %d: a name must be a string", key.Line)
		}
		if _, again := object[key.Value]; again {
			return nil, fmt.Errorf("line %d: %q is there twice", key.Line, key.Value)
		}
		v, err := e.plain(n.Content[i+1])
		if err != nil {
			return nil, err
		}
		object[key.Value] = v
	}
	return object, nil
}
