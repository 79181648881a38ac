package store

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/cespare/xxhash/v2"
)

// keyLists are the keys of an entity as its header holds them.
type keyLists struct {
	keys  []byte // the sorted ones, as appendKey wrote them; empty for none
	finds []byte // the others, as appendFind wrote them
}

// keyEntry is one sorted key.
type keyEntry struct {
	name  number
	value string
}

func appendKey(b []byte, k keyEntry) []byte {
	b = binary.AppendUvarint(b, uint64(k.name))
	return append(binary.AppendUvarint(b, uint64(len(k.value))), k.value...)
}

// parseKeys reads a list of sorted keys.
func parseKeys(b []byte) ([]keyEntry, error) {
	var keys []keyEntry
	for p := (parser{rest: b}); len(p.rest) > 0; {
		k := keyEntry{name: p.number()}
		k.value = string(p.take(p.uvarint()))
		if p.failed {
			return nil, errHeader
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// findEntry is one key that is only looked up. Its index has the hash without the
// name, so that texts that an entity has twice, as a mail address that is its
// user's principal name too, are indexed once; the name is in the header.
type findEntry struct {
	name number
	hash uint64
}

func appendFind(b []byte, f findEntry) []byte {
	return binary.BigEndian.AppendUint64(binary.AppendUvarint(b, uint64(f.name)), f.hash)
}

// parseFinds reads a list of keys that are only looked up.
func parseFinds(b []byte) ([]findEntry, error) {
	var finds []findEntry
	for p := (parser{rest: b}); len(p.rest) > 0; {
		f := findEntry{name: p.number(), hash: uint64(toOrdinal(p.take(8)))}
		if p.failed {
			return nil, errHeader
		}
		finds = append(finds, f)
	}
	return finds, nil
}

// hasFind reports whether a list has a key, without taking it apart.
func hasFind(list []byte, f findEntry) bool {
	for p := (parser{rest: list}); len(p.rest) > 0; {
		name, hash := p.number(), uint64(toOrdinal(p.take(8)))
		if name == f.name && hash == f.hash {
			return !p.failed
		}
	}
	return false
}

// hashOf is what stands for a value. That two of them share one in a set is as
// likely as a broken disk: once in two million files with four million values.
func hashOf(value string) uint64 { return xxhash.Sum64String(value) }

// hashSize is the length of a hash in a key.
const hashSize = 8

// spread is odd, so that each set has its own hashes of the same values.
const spread = 0x9e3779b97f4a7c15

// appendFindPrefix is the key of the index but for the ordinal: what Matches
// seeks.
func appendFindPrefix(b []byte, set number, hash uint64) []byte {
	return binary.BigEndian.AppendUint64(b, hash+uint64(set)*spread)
}

// appendShort writes an ordinal in as few bytes as keep the order.
func appendShort(b []byte, o Ordinal) []byte {
	n := (bits.Len64(uint64(o)) + 7) / 8
	b = append(b, byte(n))
	for i := n - 1; i >= 0; i-- {
		b = append(b, byte(o>>(8*i)))
	}
	return b
}

// toShort reads what appendShort wrote; 0 when it did not.
func toShort(b []byte) (o Ordinal) {
	if len(b) == 0 || int(b[0]) != len(b)-1 {
		return 0
	}
	for _, digit := range b[1:] {
		o = o<<8 | Ordinal(digit)
	}
	return o
}

// list makes the lists of an entity's keys.
func (w *writer) list(keys []Key) (l keyLists) {
	for i, k := range keys {
		if slices.Contains(keys[:i], k) {
			continue
		}
		name := w.ensureName(keyName, k.Name)
		if k.Sorted {
			l.keys = appendKey(l.keys, keyEntry{name, k.Value})
		} else {
			l.finds = appendFind(l.finds, findEntry{name, hashOf(k.Value)})
		}
	}
	return l
}

// index enters an entity under its keys.
func (w *writer) index(set number, o Ordinal, l keyLists) error {
	return w.eachKey(set, o, l, func(id bucketID, key []byte) { w.put(id, key, []byte{}) })
}

// unindex takes the keys of an entity out of the indexes.
func (w *writer) unindex(set number, o Ordinal, l keyLists) error {
	return w.eachKey(set, o, l, w.remove)
}

// reindex gives an entity other keys.
func (w *writer) reindex(set number, o Ordinal, h *header, keys []Key) error {
	l := w.list(keys)
	if bytes.Equal(l.keys, h.keys) && bytes.Equal(l.finds, h.finds) {
		return nil
	}
	if err := w.unindex(set, o, h.keyLists); err != nil {
		return err
	}
	h.keyLists = l
	return w.index(set, o, l)
}

// eachKey visits the records of the indexes that an entity calls for.
func (r *reader) eachKey(set number, o Ordinal, l keyLists, visit func(bucketID, []byte)) error {
	keys, err := parseKeys(l.keys)
	if err != nil {
		return r.damaged("keys of entity %d: %v", o, err)
	}
	for _, k := range keys {
		visit(keysBucket, appendOrdinal(appendKeyPrefix(nil, set, k.name, k.value), o))
	}
	finds, err := parseFinds(l.finds)
	if err != nil {
		return r.damaged("keys of entity %d: %v", o, err)
	}
	for i, f := range finds {
		same := func(g findEntry) bool { return g.hash == f.hash }
		if !slices.ContainsFunc(finds[:i], same) {
			visit(findsBucket, appendShort(appendFindPrefix(nil, set, f.hash), o))
		}
	}
	return nil
}
