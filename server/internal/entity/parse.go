package entity

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// SyntaxError says where a text stops being a JSON object.
type SyntaxError struct {
	Offset int    // byte offset into the text
	Text   string // ours; never repeats the value
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("offset %d: %s", e.Offset, e.Text) }

// Parse reads one JSON object. Values keep sharing data's bytes. A name that
// stands twice is an error, because readers disagree on which one counts.
func Parse(data []byte) (Object, error) {
	if !json.Valid(data) {
		return nil, invalid(data)
	}
	return Members(data)
}

// Members reads the members of an object that is known to be valid JSON, such
// as what a store returns. It does not check the values.
func Members(data []byte) (Object, error) {
	at := skip(data, 0)
	if at >= len(data) || data[at] != '{' {
		return nil, &SyntaxError{at, "want a JSON object"}
	}
	o := make(Object, 0, 12)
	var seen names
	for at = skip(data, at+1); data[at] != '}'; at = skip(data, at) {
		if data[at] == ',' {
			at = skip(data, at+1)
		}
		start := at
		at = stringEnd(data, at)
		name, _ := Unquote(data[start:at])
		if seen.twice(o, name) {
			return nil, &SyntaxError{start, fmt.Sprintf("member %q stands twice", name)}
		}
		from := skip(data, skip(data, at)+1)
		at = valueEnd(data, from)
		o = append(o, Member{name, data[from:at:at]})
	}
	return o, nil
}

// names finds repeated names: by looking through the few members that most
// objects have, by a map once there are many.
type names map[string]bool

func (n *names) twice(o Object, name string) bool {
	if len(o) < 32 {
		return o.Has(name)
	}
	if *n == nil {
		*n = make(names, 2*len(o))
		for i := range o {
			(*n)[o[i].Name] = true
		}
	}
	before := (*n)[name]
	(*n)[name] = true
	return before
}

// Field finds one member of a valid JSON object without reading the others'
// values.
func Field(data []byte, name string) (json.RawMessage, bool) {
	from, to, ok := find(data, name)
	if !ok {
		return nil, false
	}
	return data[from:to:to], true
}

// Nulled is a valid JSON object with a member null: data itself, without a copy,
// where it has none or has it null already.
func Nulled(data []byte, name string) []byte {
	from, to, ok := find(data, name)
	if !ok || string(data[from:to]) == "null" {
		return data
	}
	b := make([]byte, 0, len(data)-(to-from)+len("null"))
	b = append(append(b, data[:from]...), "null"...)
	return append(b, data[to:]...)
}

// find is where the value of a member begins and ends. It walks through objects
// as the store writes them, without white space and with plain names, and leaves
// what it is not sure of to search.
func find(data []byte, name string) (from, to int, ok bool) {
	at := 1
	if len(data) < 2 || data[0] != '{' {
		return search(data, name)
	}
	for data[at] == '"' {
		end := at + 1
		for data[end] != '"' {
			end++
		}
		if data[end+1] != ':' || data[end-1] == '\\' || data[end+2] <= ' ' {
			return search(data, name)
		}
		from := end + 2
		to := valueEnd(data, from)
		if end-at-1 == len(name) && string(data[at+1:end]) == name {
			return from, to, true
		}
		if data[to] == '}' {
			break
		}
		at = to + 1
	}
	if data[at] == '"' && bytes.IndexByte(data, '\\') < 0 && !strings.ContainsRune(name, utf8.RuneError) {
		return 0, 0, false
	}
	return search(data, name)
}

// search walks through the members until one has the name.
func search(data []byte, name string) (from, to int, ok bool) {
	at := skip(data, 0)
	if at >= len(data) || data[at] != '{' {
		return 0, 0, false
	}
	replaced := strings.ContainsRune(name, utf8.RuneError)
	for at = skip(data, at+1); data[at] != '}'; at = skip(data, at) {
		if data[at] == ',' {
			at = skip(data, at+1)
		}
		start := at
		end := stringEnd(data, at)
		from := skip(data, skip(data, end)+1)
		at = valueEnd(data, from)
		if sameName(data[start:end], name, replaced) {
			return from, at, true
		}
	}
	return 0, 0, false
}

// sameName compares a name as it stands with one in plain text. Most differ in
// their length: only one with an escape is written longer than it is, and only
// one with broken bytes shorter, where each stands for a replacement character.
func sameName(quoted []byte, name string, replaced bool) bool {
	inner := quoted[1 : len(quoted)-1]
	switch {
	case len(inner) == len(name) && string(inner) == name:
		return true
	case !replaced && (len(inner) <= len(name) || bytes.IndexByte(inner, '\\') < 0):
		return false
	}
	text, _ := Unquote(quoted)
	return text == name
}

func skip(data []byte, at int) int {
	for at < len(data) && (data[at] == ' ' || data[at] == '\t' || data[at] == '\n' || data[at] == '\r') {
		at++
	}
	return at
}

func stringEnd(data []byte, at int) int {
	at += 1 + bytes.IndexByte(data[at+1:], '"')
	for data[at-1] == '\\' && escaped(data, at) {
		at += 1 + bytes.IndexByte(data[at+1:], '"')
	}
	return at + 1
}

// escaped reports whether a quote is part of its string: an odd number of
// backslashes stands before it.
func escaped(data []byte, at int) bool {
	n := 0
	for data[at-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

func valueEnd(data []byte, at int) int {
	switch data[at] {
	case '"':
		return stringEnd(data, at)
	case '{', '[':
		return nestedEnd(data, at)
	case 'n', 't':
		return at + len("null")
	case 'f':
		return at + len("false")
	}
	for at < len(data) && data[at] != ',' && data[at] != '}' && data[at] != ']' && data[at] > ' ' {
		at++
	}
	return at
}

func nestedEnd(data []byte, at int) int {
	for depth := 0; ; {
		switch data[at] {
		case '"':
			at = stringEnd(data, at)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		at++
		if depth == 0 {
			return at
		}
	}
}

func invalid(data []byte) error {
	var probe json.RawMessage
	err := json.Unmarshal(data, &probe)
	if syntax, ok := err.(*json.SyntaxError); ok {
		return &SyntaxError{int(syntax.Offset), syntax.Error()}
	}
	return &SyntaxError{len(data), "not JSON"}
}

// Quote appends text as a JSON string. Unlike encoding/json it leaves <, > and
// & alone, as Graph does.
func Quote(dst []byte, text string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c >= 0x20 && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(text[i:])
			if r != utf8.RuneError || n > 1 {
				i += n
				continue
			}
		}
		dst = append(append(dst, text[start:i]...), escape(c)...)
		i++
		start = i
	}
	return append(append(dst, text[start:]...), '"')
}

func escape(c byte) string {
	switch c {
	case '"':
		return `\"`
	case '\\':
		return `\\`
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	}
	if c >= utf8.RuneSelf {
		return string(utf8.RuneError)
	}
	return fmt.Sprintf(`\u%04x`, c)
}

// Unquote returns the text of a JSON string; false when raw is another value.
func Unquote(raw []byte) (string, bool) {
	if len(raw) < 2 || raw[0] != '"' {
		return "", false
	}
	if inner := raw[1 : len(raw)-1]; bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner), true
	}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return "", false
	}
	return text, true
}

// Compact removes the white space between tokens. What has none is returned as
// it is.
func Compact(raw []byte) []byte {
	if len(raw) > 0 && raw[0] == '"' || !bytes.ContainsAny(raw, " \t\r\n") {
		return raw
	}
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return raw
	}
	return b.Bytes()
}
