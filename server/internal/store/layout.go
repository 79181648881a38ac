package store

import (
	"encoding/binary"
	"fmt"
)

// The file holds flat buckets, never a bucket within a bucket: one B+ tree for
// each kind of record, so that small sets cost no page of their own and a
// thousand tenants do not mean thousands of trees. Integers in keys are
// big-endian, so that key order is numeric order; text that something follows
// has its length in front, so that no text can be mistaken for a longer one.
//
//	meta       name                                -> value: application and format of the file
//	names      kind(1) 0 text                      -> number(4)
//	           kind(1) 1 number(4)                 -> text
//	sets       tenant(4) parent(8) name            -> set(4)
//	infos      set(4)                              -> count(8) tenant(4) parent(8) name
//	entities   set(4) ordinal(8)                   -> header, JSON (header.go)
//	homes      complement of first ordinal(8)      -> set(4)
//	ids        tenant(4) id set(4)                 -> ordinal(8)
//	keys       set(4) name(4) length(2) value ordinal(8) -> nothing
//	finds      hash of set and value(8) ordinal(2-9) -> nothing (finds.go)
//	links      from(8) nav(4) to(8)                -> nothing
//	backlinks  to(8) nav(4) from(8)                -> nothing
//	values     length(2) space key                 -> value
//	streams    owner(8) name                       -> length(8) blob(8) media type, bytes (stream.go)
//	blobs      blob(8)                             -> number of streams that share it(4)
//	tracked    set(4)                              -> floor(8) size(8)
//	changes    set(4) tick(8)                      -> ordinal(8) [type(4) id]
//	marks      ordinal(8)                          -> tick(8)
//	linkmarks  from(8) nav(4) to(8)                -> tick(8) removed(1) type(4) id
//	membermarks ordinal(8) name                    -> tick(8)
//	watched    tenant(4)                           -> floor(8) size(8)
//	events     tenant(4) tick(8)                   -> what happened (events.go)
//
// Why so:
//
//   - Entities are keyed by ordinal and not by id, because random keys fill
//     pages badly and make every insert touch another page (performance §1: 73 s
//     and 925 B against 6.5 s and 532 B per entity for a million). The set in
//     front makes a scan of a set one run of pages.
//   - One counter, the sequence of the entities bucket, numbers entities and
//     revisions: both only have to grow, the bucket's header is written anyway,
//     and the revision of an entity that never changed takes one byte.
//   - ids starts with the tenant and ends with the set, so one index serves the
//     read of an entity in its set and the search for an id in any set. GUIDs
//     take 17 bytes and compare without case.
//   - homes tells the set of an ordinal. Neighbours mostly share it, so there is
//     one record for each run of inserts into one set, not for each entity. Keys
//     are complements because the run of an ordinal is the last that begins at or
//     before it, and bbolt seeks forward only. Deleting the entity that begins a
//     run moves the record to the run's next one, so no run outlives its entities.
//   - keys ends with the ordinal: two entities may share a value, such as mail. It
//     holds the values that have an order. Those that are only looked up lie in
//     finds as hashes: three of a user took 260 B as texts and take 100.
//   - links are kept in both directions, because Graph asks for members and for
//     memberOf, and a deleted entity must take both kinds along.
//   - changes has, for sets that are tracked, one record for each entity at its
//     latest change, found by marks, and one for each deletion: reading what
//     changed costs what changed, and a set that nobody tracks costs nothing.
//   - infos carries the count: it is the one record of a set that changes.
//   - short streams lie in their record, as a copy of the file must have them;
//     the chunks of long ones lie in a bucket that has transactions of its own
//     (blob.go), and a blob that no record counts is garbage.
type bucketID uint8

const (
	metaBucket bucketID = iota
	namesBucket
	setsBucket
	infosBucket
	entitiesBucket
	homesBucket
	idsBucket
	keysBucket
	linksBucket
	backlinksBucket
	valuesBucket
	streamsBucket
	blobsBucket
	trackedBucket
	changesBucket
	marksBucket
	linkMarksBucket
	watchedBucket
	eventsBucket
	memberMarksBucket
	findsBucket
	bucketCount
)

var bucketNames = [bucketCount][]byte{
	metaBucket:      []byte("meta"),
	namesBucket:     []byte("names"),
	setsBucket:      []byte("sets"),
	infosBucket:     []byte("infos"),
	entitiesBucket:  []byte("entities"),
	homesBucket:     []byte("homes"),
	idsBucket:       []byte("ids"),
	keysBucket:      []byte("keys"),
	linksBucket:     []byte("links"),
	backlinksBucket: []byte("backlinks"),
	valuesBucket:    []byte("values"),
	streamsBucket:   []byte("streams"),
	blobsBucket:     []byte("blobs"),
	trackedBucket:   []byte("tracked"),
	changesBucket:   []byte("changes"),
	marksBucket:     []byte("marks"),
	linkMarksBucket: []byte("linkmarks"),
	watchedBucket:   []byte("watched"),
	eventsBucket:    []byte("events"),

	memberMarksBucket: []byte("membermarks"),
	findsBucket:       []byte("finds"),
}

// What the meta bucket of our files holds. The format grows when a reader of
// the format before would misread the file. Format 1 had all keys in order; who
// opens such a file gives its entities their keys again, by SetKeys.
const (
	applicationKey = "application"
	application    = "fakegraph"
	formatKey      = "format"
	format         = 2
)

// number stands for a name or a set within one file. 0 means none.
type number uint32

// setRef is a set as keys hold it.
type setRef struct{ tenant, set number }

// setInfo is the record of a set.
type setInfo struct {
	count  uint64
	tenant number
	parent Ordinal
	name   []byte
}

const setInfoSize = 8 + 4 + 8

func appendNumber(b []byte, n number) []byte   { return binary.BigEndian.AppendUint32(b, uint32(n)) }
func appendOrdinal(b []byte, o Ordinal) []byte { return binary.BigEndian.AppendUint64(b, uint64(o)) }

func appendText(b []byte, s string) []byte {
	return append(binary.BigEndian.AppendUint16(b, uint16(len(s))), s...)
}

func (n number) bytes() []byte  { return appendNumber(nil, n) }
func (o Ordinal) bytes() []byte { return appendOrdinal(nil, o) }

// toNumber and toOrdinal read the first bytes of b; 0 when there are too few.
func toNumber(b []byte) number {
	if len(b) < 4 {
		return 0
	}
	return number(binary.BigEndian.Uint32(b))
}

func toOrdinal(b []byte) Ordinal {
	if len(b) < 8 {
		return 0
	}
	return Ordinal(binary.BigEndian.Uint64(b))
}

// tail returns the last n bytes of b, or nil when there are fewer.
func tail(b []byte, n int) []byte {
	if len(b) < n {
		return nil
	}
	return b[len(b)-n:]
}

func appendSetKey(b []byte, tenant number, parent Ordinal, name string) []byte {
	return append(appendOrdinal(appendNumber(b, tenant), parent), name...)
}

func appendEntityKey(b []byte, set number, o Ordinal) []byte {
	return appendOrdinal(appendNumber(b, set), o)
}

// appendIDPrefix is the key of an id but for the set: what Find seeks.
func appendIDPrefix(b []byte, tenant number, id string) []byte {
	return appendID(appendNumber(b, tenant), id)
}

func appendIDKey(b []byte, ref setRef, id string) []byte {
	return appendNumber(appendIDPrefix(b, ref.tenant, id), ref.set)
}

// appendKeyPrefix is an index key but for the ordinal: what Lookup seeks.
func appendKeyPrefix(b []byte, set, name number, value string) []byte {
	return appendText(appendNumber(appendNumber(b, set), name), value)
}

// appendLinkKey serves both directions: this end, navigation, other end.
func appendLinkKey(b []byte, this Ordinal, nav number, other Ordinal) []byte {
	return appendOrdinal(appendNumber(appendOrdinal(b, this), nav), other)
}

func appendValueKey(b []byte, space, key string) []byte {
	return append(appendText(b, space), key...)
}

func (i setInfo) bytes() []byte {
	b := make([]byte, 0, setInfoSize+len(i.name))
	b = binary.BigEndian.AppendUint64(b, i.count)
	return append(appendOrdinal(appendNumber(b, i.tenant), i.parent), i.name...)
}

func toSetInfo(b []byte) (setInfo, bool) {
	if len(b) < setInfoSize {
		return setInfo{}, false
	}
	return setInfo{
		count:  binary.BigEndian.Uint64(b),
		tenant: toNumber(b[8:]),
		parent: toOrdinal(b[12:]),
		name:   b[setInfoSize:],
	}, true
}

// checkText refuses what would not fit a key of the file. The pairs are what
// the text is, and the text.
func checkText(pairs ...string) error {
	for i := 0; i+1 < len(pairs); i += 2 {
		if n := len(pairs[i+1]); n > MaxText {
			return fmt.Errorf("%s of %d bytes: %w, at most %d", pairs[i], n, ErrTooLong, MaxText)
		}
	}
	return nil
}
