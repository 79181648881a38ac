package table

import (
	"fmt"
	"math"
	"time"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// most is the highest offset and row that 24 bits hold.
const most = 1<<24 - 1

// pool holds the strings and the records of varying length, each once.
type pool struct {
	shared  int // bytes of strings that the base has
	strings []byte
	text    map[string]uint32
	records []byte
	known   map[string]uint32
	errs    *problems
}

// newPool makes a pool whose offset zero holds the empty string and no record.
// What the base has is there already.
func newPool(errs *problems, base *Table) *pool {
	p := &pool{text: map[string]uint32{}, records: []byte{0}, known: map[string]uint32{}, errs: errs}
	if base == nil {
		p.string("")
		return p
	}
	own := base.parts[stringSection]
	for at := 0; at < len(own); {
		s, next := cut(own, at)
		p.text[s], at = uint32(at), next
	}
	p.shared = len(own)
	return p
}

// string gives a string its place.
func (p *pool) string(s string) uint32 {
	at, ok := p.text[s]
	if ok {
		return at
	}
	if len(s) > longest {
		p.errs.add("%.40q…: %d bytes, want %d or fewer", s, len(s), longest)
		return 0
	}
	at = uint32(p.shared + len(p.strings))
	p.text[s] = at
	if len(s) < 0x80 {
		p.strings = append(p.strings, byte(len(s)))
	} else {
		p.strings = append(p.strings, byte(len(s)&0x7f|0x80), byte(len(s)>>7))
	}
	p.strings = append(p.strings, s...)
	return at
}

// record gives the bytes of a record their place.
func (p *pool) record(b []byte) uint32 {
	at, ok := p.known[string(b)]
	if !ok {
		at = uint32(len(p.records))
		p.known[string(b)] = at
		p.records = append(p.records, b...)
	}
	return at
}

// list writes a list of names; nil is reference zero.
func (p *pool) list(names []string) uint32 {
	if names == nil {
		return 0
	}
	return p.record(p.appendNames(nil, names))
}

func (p *pool) appendNames(b []byte, names []string) []byte {
	b = appendUint(b, uint64(len(names)))
	for _, name := range names {
		b = appendUint(b, uint64(p.string(name)))
	}
	return b
}

func (p *pool) appendLimits(b []byte, l *facts.Limits) []byte {
	var bits uint64
	var values []byte
	has := func(bit uint64, set bool, value uint64) {
		if set {
			bits, values = bits|bit, appendUint(values, value)
		}
	}
	has(limitMinLength, l.MinLength > 0, l.MinLength)
	has(limitMinItems, l.MinItems > 0, l.MinItems)
	has(limitMaxLength, l.MaxLength != nil, valueOf(l.MaxLength))
	has(limitMaxItems, l.MaxItems != nil, valueOf(l.MaxItems))
	has(limitMin, l.Min != nil, math.Float64bits(valueOf(l.Min)))
	has(limitMax, l.Max != nil, math.Float64bits(valueOf(l.Max)))
	has(limitPattern, l.Pattern != "", uint64(p.string(l.Pattern)))
	if l.UniqueItems {
		bits |= limitUnique
	}
	if l.NullItems {
		bits |= limitNullItems
	}
	return append(appendUint(b, bits), values...)
}

func valueOf[N uint64 | float64](n *N) N {
	if n == nil {
		return 0
	}
	return *n
}

func appendUint(b []byte, n uint64) []byte {
	for n >= 0x80 {
		b, n = append(b, byte(n)|0x80), n>>7
	}
	return append(b, byte(n))
}

// appendDay writes the days since the epoch plus one; zero for no day.
func appendDay(b []byte, day time.Time) []byte {
	if day.IsZero() {
		return append(b, 0)
	}
	return appendUint(b, uint64(max(day.Sub(epoch)/(24*time.Hour), 0))+1)
}

// mostProblems is how many problems are listed before the rest is counted.
const mostProblems = 20

// problems gathers what is wrong with the facts.
type problems struct {
	list []error
	more int
}

func (p *problems) add(format string, args ...any) {
	if len(p.list) >= mostProblems {
		p.more++
		return
	}
	p.list = append(p.list, fmt.Errorf(format, args...))
}
