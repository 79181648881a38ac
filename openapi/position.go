package openapi

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// position gives the line and column of what a JSON pointer leads to, or of the
// nearest place above it; zeros when the text cannot be read.
func (s *source) position(pointer string) (line, column int) {
	s.once.Do(s.locate)
	for {
		if p, ok := s.positions[pointer]; ok {
			return p[0], p[1]
		}
		i := strings.LastIndexByte(pointer, '/')
		if i < 0 {
			return 0, 0
		}
		pointer = pointer[:i]
	}
}

func (s *source) locate() {
	s.positions = map[string][2]int{}
	if s.isJSON() {
		l := jsonLocator{decoder: json.NewDecoder(bytes.NewReader(s.data)), source: s, line: max(1, s.line), start: min(0, 1-s.column)}
		// A text that ends early keeps the positions found up to there.
		_ = l.value("")
		return
	}
	var root yaml.Node
	if yaml.Unmarshal(s.data, &root) != nil || len(root.Content) == 0 {
		return
	}
	if top := root.Content[0]; !s.named {
		s.locateYAML("", top)
	} else if len(top.Content) > 1 {
		s.locateYAML("", top.Content[1])
	}
}

func (s *source) locateYAML(pointer string, n *yaml.Node) {
	if _, known := s.positions[pointer]; !known {
		s.positions[pointer] = [2]int{s.lineAt(n.Line), n.Column}
	}
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			at := pointer + "/" + escapePointer(key.Value)
			s.positions[at] = [2]int{s.lineAt(key.Line), key.Column}
			s.locateYAML(at, n.Content[i+1])
		}
	case yaml.SequenceNode:
		for i, item := range n.Content {
			s.locateYAML(pointer+"/"+strconv.Itoa(i), item)
		}
	}
}

// lineAt is a line of a part as a line of the file.
func (s *source) lineAt(line int) int { return line + max(0, s.line-1) }

// jsonLocator walks the tokens of a JSON text and counts its lines.
type jsonLocator struct {
	decoder *json.Decoder
	source  *source
	line    int // of the byte at offset
	offset  int
	start   int // where the line begins
}

// mark records the position of the first token at or behind an offset.
func (l *jsonLocator) mark(pointer string, at int64) {
	data, to := l.source.data, int(at)
	for to < len(data) && strings.IndexByte(" \t\r\n:,", data[to]) >= 0 {
		to++
	}
	for ; l.offset < to; l.offset++ {
		if data[l.offset] == '\n' {
			l.line++
			l.start = l.offset + 1
		}
	}
	if _, known := l.source.positions[pointer]; !known {
		l.source.positions[pointer] = [2]int{l.line, to - l.start + 1}
	}
}

func (l *jsonLocator) value(pointer string) error {
	l.mark(pointer, l.decoder.InputOffset())
	token, err := l.decoder.Token()
	if err != nil {
		return err
	}
	switch token {
	case json.Delim('{'):
		return l.members(pointer)
	case json.Delim('['):
		for i := 0; l.decoder.More(); i++ {
			if err := l.value(pointer + "/" + strconv.Itoa(i)); err != nil {
				return err
			}
		}
		_, err = l.decoder.Token()
	}
	return err
}

func (l *jsonLocator) members(pointer string) error {
	for l.decoder.More() {
		before := l.decoder.InputOffset()
		token, err := l.decoder.Token()
		if err != nil {
			return err
		}
		name, ok := token.(string)
		if !ok {
			return io.ErrUnexpectedEOF
		}
		at := pointer + "/" + escapePointer(name)
		l.mark(at, before)
		if err := l.value(at); err != nil {
			return err
		}
	}
	_, err := l.decoder.Token()
	return err
}

// lineOf gives the line and column of an offset.
func lineOf(data []byte, offset int) (line, column int) {
	before := data[:min(offset, len(data))]
	return 1 + bytes.Count(before, []byte("\n")), len(before) - bytes.LastIndexByte(before, '\n')
}
