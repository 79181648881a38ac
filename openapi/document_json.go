package openapi

import (
	"bytes"
	"encoding/json"
	"io"
)

// jsonIndex walks a JSON text once and notes where its members stand.
type jsonIndex struct {
	*document
	decoder *json.Decoder
	line    int // of the byte at offset
	start   int // where the line begins
	offset  int
}

func (d *document) indexJSON() error {
	d.source.data = bytes.TrimPrefix(d.source.data, []byte("\ufeff"))
	x := jsonIndex{document: d, decoder: json.NewDecoder(bytes.NewReader(d.source.data)), line: 1}
	err := x.object(func(name string) error {
		switch name {
		case "paths":
			return x.members("/paths")
		case "components":
			return x.object(func(kind string) error { return x.members("/components/" + kind) })
		}
		var value any
		err := x.decoder.Decode(&value)
		d.head[name] = value
		return err
	})
	if _, end := x.decoder.Token(); err == nil && end == io.EOF {
		return nil
	}
	return errParts // the parser of the whole says what is wrong, and where
}

// object reads an object member by member; take reads the value.
func (x *jsonIndex) object(take func(name string) error) error {
	open, err := x.decoder.Token()
	if err != nil {
		return err
	}
	if open != json.Delim('{') {
		return errParts
	}
	for x.decoder.More() {
		name, err := x.decoder.Token()
		if err != nil {
			return err
		}
		if err := take(name.(string)); err != nil { // More says that there is one
			return err
		}
	}
	_, err = x.decoder.Token()
	return err
}

// members notes the members of a section.
func (x *jsonIndex) members(pointer string) error {
	s := x.section(pointer)
	return x.object(func(name string) error {
		line, column := x.place(int(x.decoder.InputOffset()))
		var text json.RawMessage
		if err := x.decoder.Decode(&text); err != nil {
			return err
		}
		end := int(x.decoder.InputOffset())
		s.members[name] = member{start: end - len(text), end: end, line: line, column: column}
		return nil
	})
}

// place gives the line and column of the name that ends at an offset.
func (x *jsonIndex) place(end int) (line, column int) {
	data := x.source.data
	for ; x.offset < end; x.offset++ {
		if data[x.offset] == '\n' {
			x.line++
			x.start = x.offset + 1
		}
	}
	begin := end - 2
	for begin > x.start && (data[begin] != '"' || data[begin-1] == '\\') {
		begin--
	}
	return x.line, begin - x.start + 1
}
