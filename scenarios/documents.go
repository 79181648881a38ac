package scenarios

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strconv"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// documents splits a file into the root nodes of its documents; empty ones are
// left out. What stands before a syntax error is returned too.
func documents(file string, data []byte) ([]*yaml.Node, *Problem) {
	if json.Valid(data) {
		return []*yaml.Node{jsonNode(data)}, nil
	}
	var roots []*yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	for {
		var doc yaml.Node
		err := decoder.Decode(&doc)
		if errors.Is(err, io.EOF) {
			return roots, nil
		}
		if err != nil {
			return roots, syntaxProblem(file, err)
		}
		if root := doc.Content[0]; root.ShortTag() != "!!null" {
			roots = append(roots, root)
		}
	}
}

var yamlErrorForm = regexp.MustCompile(`(?s)^yaml: (?:line ([0-9]+): )?(.*)$`)

// syntaxProblem turns an error of the YAML reader, which knows the line at most,
// into a problem.
func syntaxProblem(file string, err error) *Problem {
	p := &Problem{File: file, Line: 1, Column: 1, Kind: "syntax", Text: err.Error()}
	if m := yamlErrorForm.FindStringSubmatch(p.Text); m != nil {
		p.Text = m[2]
		if line, err := strconv.Atoi(m[1]); err == nil {
			p.Line = line
		}
	}
	return p
}

// jsonReader makes nodes out of JSON text. The YAML reader takes most JSON, but
// not all: surrogate pairs and control characters in texts stop it.
type jsonReader struct {
	data      []byte
	decoder   *json.Decoder
	seen      int // offset up to which line and column count
	line, col int
}

// jsonNode returns the node of a valid JSON text.
func jsonNode(data []byte) *yaml.Node {
	r := &jsonReader{data: data, decoder: json.NewDecoder(bytes.NewReader(data)), line: 1, col: 1}
	r.decoder.UseNumber()
	return r.next()
}

// next reads one value. The text is known to be valid, so Token cannot fail.
func (r *jsonReader) next() *yaml.Node {
	n := &yaml.Node{}
	n.Line, n.Column = r.place()
	token, _ := r.decoder.Token()
	switch t := token.(type) {
	case json.Delim:
		n.Kind, n.Tag = yaml.SequenceNode, "!!seq"
		if t == '{' {
			n.Kind, n.Tag = yaml.MappingNode, "!!map"
		}
		for r.decoder.More() {
			n.Content = append(n.Content, r.next()) // a mapping's keys are values to Token as well
		}
		_, _ = r.decoder.Token()
		return n
	case string:
		n.Tag, n.Value = "!!str", t
	case json.Number:
		n.Tag, n.Value = "!!float", t.String()
		if _, err := strconv.ParseInt(n.Value, 10, 64); err == nil {
			n.Tag = "!!int"
		}
	case bool:
		n.Tag, n.Value = "!!bool", strconv.FormatBool(t)
	default:
		n.Tag, n.Value = "!!null", "null"
	}
	n.Kind = yaml.ScalarNode
	return n
}

// place returns line and column of the token that comes next.
func (r *jsonReader) place() (line, col int) {
	start := int(r.decoder.InputOffset())
	for start < len(r.data) && bytes.IndexByte([]byte(" \t\r\n,:"), r.data[start]) >= 0 {
		start++
	}
	for ; r.seen < start; r.seen++ {
		switch c := r.data[r.seen]; {
		case c == '\n':
			r.line, r.col = r.line+1, 1
		case utf8.RuneStart(c): // columns count characters, as those of YAML do
			r.col++
		}
	}
	return r.line, r.col
}
