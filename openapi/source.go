package openapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"go.yaml.in/yaml/v3"
)

// source is the text of a document with its plain tree of maps, lists and
// scalars. Positions are found when a problem asks for one.
type source struct {
	file string
	data []byte
	tree map[string]any

	once      sync.Once
	positions map[string][2]int // line and column by JSON pointer
}

// readSource reads JSON, or YAML when it does not begin like JSON.
func readSource(file string, data []byte) (*source, error) {
	s := &source{file: file, data: data}
	var tree any
	var err error
	if s.isJSON() {
		tree, err = readJSON(data)
	} else {
		tree, err = readYAML(data)
	}
	if err != nil {
		return s, err
	}
	object, ok := tree.(map[string]any)
	if !ok {
		return s, errors.New("not an OpenAPI document: want an object at the top")
	}
	s.tree = object
	return s, nil
}

func (s *source) isJSON() bool {
	trimmed := bytes.TrimLeft(s.data, " \t\r\n\ufeff")
	return len(trimmed) > 0 && trimmed[0] == '{'
}

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

// mostNodes bounds what a YAML document may grow to through its aliases.
const mostNodes = 5_000_000

func readYAML(data []byte) (any, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return nil, err
	}
	if root.Kind != yaml.DocumentNode || len(root.Content) == 0 {
		return nil, nil
	}
	left := mostNodes
	return plain(root.Content[0], &left)
}

// plain turns a YAML node into what JSON would give: names are strings, and so
// are dates.
func plain(n *yaml.Node, left *int) (any, error) {
	if *left--; *left < 0 {
		return nil, errors.New("too many values: aliases refer to each other")
	}
	switch n.Kind {
	case yaml.AliasNode:
		return plain(n.Alias, left)
	case yaml.MappingNode:
		return plainMapping(n, left)
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, item := range n.Content {
			v, err := plain(item, left)
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

func plainMapping(n *yaml.Node, left *int) (any, error) {
	object := make(map[string]any, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind != yaml.ScalarNode {
			return nil, fmt.Errorf("line %d: a name must be a string", key.Line)
		}
		if _, again := object[key.Value]; again {
			return nil, fmt.Errorf("line %d: %q is there twice", key.Line, key.Value)
		}
		v, err := plain(n.Content[i+1], left)
		if err != nil {
			return nil, err
		}
		object[key.Value] = v
	}
	return object, nil
}
