package store

import (
	"encoding/binary"
	"errors"
)

// What the first byte of an entity's record says about the rest:
//
//	flags(1) age id [type] [length keys] [length finds] JSON
//
// age is the revision less the ordinal. id is 16 bytes or a length and text,
// type the number of a name, keys a list of name numbers and values with a
// length in front, finds one of name numbers and hashes, so that reads step over
// them. Integers are varints.
const (
	hasGUID byte = 1 << iota // the id is a canonical GUID
	hasType
	hasKeys
	hasFinds
	headerFlags = hasGUID | hasType | hasKeys | hasFinds
)

// header is a record taken apart. Its slices point into the record.
type header struct {
	packed bool   // id is the 16 bytes of a canonical GUID
	id     []byte // else its text
	age    uint64
	typ    number // 0: the declared type
	keyLists
	json []byte
}

var errHeader = errors.New("header does not parse")

// appendTo writes h and its JSON to b.
func (h *header) appendTo(b []byte) []byte {
	at := len(b)
	b = binary.AppendUvarint(append(b, 0), h.age)
	if h.packed {
		b[at] |= hasGUID
	} else {
		b = binary.AppendUvarint(b, uint64(len(h.id)))
	}
	b = append(b, h.id...)
	if h.typ != 0 {
		b[at] |= hasType
		b = binary.AppendUvarint(b, uint64(h.typ))
	}
	if len(h.keys) > 0 {
		b[at] |= hasKeys
		b = append(binary.AppendUvarint(b, uint64(len(h.keys))), h.keys...)
	}
	if len(h.finds) > 0 {
		b[at] |= hasFinds
		b = append(binary.AppendUvarint(b, uint64(len(h.finds))), h.finds...)
	}
	return append(b, h.json...)
}

// size is at least what appendTo adds.
func (h *header) size() int {
	return 1 + 5*binary.MaxVarintLen64 + len(h.id) + len(h.keys) + len(h.finds) + len(h.json)
}

// setID keeps an id with its own spelling.
func (h *header) setID(id string) {
	if g, canonical, ok := packGUID(id); ok && canonical {
		h.packed, h.id = true, g[:]
		return
	}
	h.packed, h.id = false, []byte(id)
}

// parseHeader takes a record apart.
func parseHeader(b []byte) (h header, err error) {
	p := parser{rest: b}
	flags := p.byte()
	h.age = p.uvarint()
	h.packed = flags&hasGUID != 0
	if h.packed {
		h.id = p.take(16)
	} else {
		h.id = p.take(p.uvarint())
	}
	if flags&hasType != 0 {
		h.typ = p.number()
	}
	if flags&hasKeys != 0 {
		h.keys = p.take(p.uvarint())
	}
	if flags&hasFinds != 0 {
		h.finds = p.take(p.uvarint())
	}
	if p.failed || flags&^headerFlags != 0 {
		return header{}, errHeader
	}
	h.json = p.rest
	return h, nil
}

// parser eats bytes from the front. After a failure it gives zeroes.
type parser struct {
	rest   []byte
	failed bool
}

func (p *parser) take(n uint64) []byte {
	if n > uint64(len(p.rest)) {
		p.failed, p.rest = true, nil
		return nil
	}
	b := p.rest[:n:n]
	p.rest = p.rest[n:]
	return b
}

func (p *parser) byte() byte {
	if b := p.take(1); b != nil {
		return b[0]
	}
	return 0
}

// uvarint is inlined for what most integers are, a byte.
func (p *parser) uvarint() uint64 {
	if len(p.rest) > 0 && p.rest[0] < 0x80 {
		v := p.rest[0]
		p.rest = p.rest[1:]
		return uint64(v)
	}
	return p.long()
}

func (p *parser) long() uint64 {
	v, n := binary.Uvarint(p.rest)
	if n <= 0 {
		p.failed, p.rest = true, nil
		return 0
	}
	p.rest = p.rest[n:]
	return v
}

// number reads a name's number, which is never 0.
func (p *parser) number() number {
	v := p.uvarint()
	if v == 0 || v > 1<<32-1 {
		p.failed, p.rest = true, nil
		return 0
	}
	return number(v)
}
