package store

import (
	"bytes"
	"iter"
	"strings"
)

// Range is a part of the keys of a set in their order: those of a name whose
// values begin with a prefix and have so many bytes more. Values compare by
// their bytes, entities of equal ones by ordinal.
type Range struct {
	Name       string
	Prefix     string
	Length     int // bytes of a value behind the prefix
	Descending bool

	// The range begins behind this value without its prefix, and this entity;
	// with ordinal 0 at its end.
	Value string
	After Ordinal
}

// Ordered implements [Reader].
func (r *reader) Ordered(set SetKey, of Range, skip int) iter.Seq[Entity] {
	return func(yield func(Entity) bool) {
		ref, _ := r.resolve(set)
		for k := range r.keysOf(set, of) {
			if skip > 0 {
				skip--
				continue
			}
			e, err := r.load(ref.set, toOrdinal(tail(k, 8)), "")
			if err != nil {
				r.keep(r.damaged("key index of set %d names entity %d, which is not there", ref.set, toOrdinal(tail(k, 8))))
				return
			}
			if !yield(e) {
				return
			}
		}
	}
}

// CountOrdered implements [Reader].
func (r *reader) CountOrdered(set SetKey, of Range) (n int) {
	for range r.keysOf(set, of) {
		n++
	}
	return n
}

// Skip implements [Reader].
func (r *reader) Skip(set SetKey, after Ordinal, n int) Ordinal {
	ref, ok := r.resolve(set)
	if !ok {
		return after
	}
	for k := range r.walk(entitiesBucket, ref.set.bytes(), appendEntityKey(nil, ref.set, after+1)) {
		if n == 0 {
			break
		}
		n, after = n-1, toOrdinal(tail(k, 8))
	}
	return after
}

// keysOf yields the records of a range, in its order.
func (r *reader) keysOf(set SetKey, of Range) iter.Seq2[[]byte, []byte] {
	ref, ok := r.resolve(set)
	name := r.lookUpName(keyName, of.Name)
	if length := len(of.Prefix) + of.Length; !ok || name == 0 || length > MaxText {
		return func(func(k, v []byte) bool) {}
	}
	prefix := appendKeyPrefix(nil, ref.set, name, of.Prefix+strings.Repeat("\x00", of.Length))
	prefix = prefix[: len(prefix)-of.Length : len(prefix)-of.Length]
	bound := prefix
	switch {
	case of.After != 0 && of.Descending:
		bound = appendOrdinal(append(prefix, of.Value...), of.After)
	case of.After != 0:
		bound = appendOrdinal(append(prefix, of.Value...), of.After+1)
	case of.Descending:
		bound = append(prefix, bytes.Repeat([]byte{0xff}, of.Length+9)...)
	}
	if of.Descending {
		return r.walkBack(keysBucket, prefix, bound)
	}
	return r.walk(keysBucket, prefix, bound)
}
