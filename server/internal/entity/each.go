package entity

import (
	"encoding/binary"
	"encoding/json"
	"iter"
	"math/bits"
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
// It looks at eight bytes at a time, as names are a few words long.
func nameEnd(data []byte, at int) (end int, plain bool) {
	plain = true
	for at++; at+8 <= len(data); {
		word := binary.LittleEndian.Uint64(data[at:])
		odd := word&highBits | equal(word, '\\')
		if quote := equal(word, '"'); quote != 0 {
			first := bits.TrailingZeros64(quote)
			if odd&(1<<first-1) == 0 {
				return at + first/8 + 1, plain
			}
			break
		}
		if odd != 0 {
			break
		}
		at += 8
	}
	for ; data[at] != '"'; at++ {
		if data[at] == '\\' {
			at++
			plain = false
		} else if data[at] >= utf8.RuneSelf {
			plain = false
		}
	}
	return at + 1, plain
}

const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
)

// equal has the high bit of each byte set that is c; above the first one that is,
// others may be set too.
func equal(word uint64, c byte) uint64 {
	x := word ^ lowBits*uint64(c)
	return (x - lowBits) &^ x & highBits
}
