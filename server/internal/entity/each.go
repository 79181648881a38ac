package entity

import (
	"encoding/json"
	"iter"
	"unicode/utf8"
)

// Name is the name of a member of an object that is walked through.
type Name struct {
	Quoted []byte // as it stands in JSON, with its quotes
	plain  bool   // it stands there letter for letter, as names of properties do
}

// Is reports whether the name is a text.
func (n Name) Is(text string) bool {
	if n.plain {
		return string(n.Quoted[1:len(n.Quoted)-1]) == text
	}
	name, _ := Unquote(n.Quoted)
	return name == text
}

// In reports whether the name is one of a set.
func (n Name) In(set map[string]bool) bool {
	if n.plain {
		return set[string(n.Quoted[1:len(n.Quoted)-1])]
	}
	text, _ := Unquote(n.Quoted)
	return set[text]
}

// Each yields the members of a valid JSON object in their order, without
// copying or decoding them.
func Each(data []byte) iter.Seq2[Name, json.RawMessage] {
	return func(yield func(Name, json.RawMessage) bool) {
		at := skip(data, 0)
		if at >= len(data) || data[at] != '{' {
			return
		}
		for at = skip(data, at+1); data[at] != '}'; at = skip(data, at) {
			if data[at] == ',' {
				at = skip(data, at+1)
			}
			start := at
			end, plain := nameEnd(data, at)
			from := skip(data, skip(data, end)+1)
			at = valueEnd(data, from)
			if !yield(Name{data[start:end], plain}, data[from:at:at]) {
				return
			}
		}
	}
}

// nameEnd is where a name ends, and whether it stands there letter for letter.
func nameEnd(data []byte, at int) (end int, plain bool) {
	plain = true
	for at++; data[at] != '"'; at++ {
		if data[at] == '\\' {
			at++
			plain = false
		} else if data[at] >= utf8.RuneSelf {
			plain = false
		}
	}
	return at + 1, plain
}
