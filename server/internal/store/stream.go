package store

import (
	"encoding/binary"
	"fmt"
	"iter"
)

// Stream is bytes of an entity beside its JSON. The bytes are read with
// [Store.Read], in and outside of transactions; a Stream may be kept.
type Stream struct {
	MediaType string // as its owner likes to call it
	Length    int64

	blob   uint64 // 0 when the bytes are short and lie here:
	inline []byte
}

// Same reports whether two streams share one blob, so that their bytes are
// equal; streams kept inline are compared.
func (s Stream) Same(other Stream) bool {
	return s.blob == other.blob && s.Length == other.Length && string(s.inline) == string(other.inline)
}

// Bytes makes a stream of short bytes, for what is made inside of an Update. It
// keeps a copy.
func Bytes(mediaType string, data []byte) Stream {
	return Stream{MediaType: mediaType, Length: int64(len(data)), inline: append([]byte{}, data...)}
}

const streamHeader = 8 + 8

func (s Stream) bytes() []byte {
	b := binary.BigEndian.AppendUint64(make([]byte, 0, streamHeader+2+len(s.MediaType)+len(s.inline)), uint64(s.Length))
	b = appendText(binary.BigEndian.AppendUint64(b, s.blob), s.MediaType)
	return append(b, s.inline...)
}

// toStream reads a record; what it returns does not refer to it.
func toStream(b []byte) (Stream, bool) {
	if len(b) < streamHeader+2 {
		return Stream{}, false
	}
	s := Stream{Length: int64(binary.BigEndian.Uint64(b)), blob: binary.BigEndian.Uint64(b[8:])}
	n := int(binary.BigEndian.Uint16(b[streamHeader:]))
	if b = b[streamHeader+2:]; len(b) < n {
		return Stream{}, false
	}
	s.MediaType = string(b[:n])
	if s.blob == 0 {
		s.inline = append([]byte{}, b[n:]...)
	}
	return s, true
}

func appendStreamKey(b []byte, o Ordinal, name string) []byte {
	return append(appendOrdinal(b, o), name...)
}

func (r *reader) Stream(o Ordinal, name string) (Stream, error) {
	v := r.get(streamsBucket, appendStreamKey(nil, o, name))
	if v == nil {
		return Stream{}, ErrNotFound
	}
	s, ok := toStream(v)
	if !ok {
		return Stream{}, r.damaged("stream %q of entity %d has %d bytes", name, o, len(v))
	}
	return s, nil
}

func (r *reader) Streams(o Ordinal) iter.Seq[string] {
	return func(yield func(string) bool) {
		for k := range r.walk(streamsBucket, o.bytes(), o.bytes()) {
			if !yield(string(k[8:])) {
				return
			}
		}
	}
}

func (w *writer) SetStream(o Ordinal, name string, s Stream) error {
	if err := checkText("name of a stream", name, "media type", s.MediaType); err != nil {
		return err
	}
	if _, _, err := w.find(o); err != nil {
		return err
	}
	w.share(s.blob, 1) // first: it may be the one that is there
	if _, err := w.RemoveStream(o, name); err != nil {
		return err
	}
	w.put(streamsBucket, appendStreamKey(nil, o, name), s.bytes())
	return w.err
}

func (w *writer) RemoveStream(o Ordinal, name string) (bool, error) {
	s, err := w.Stream(o, name)
	if err == ErrNotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	w.share(s.blob, -1)
	w.remove(streamsBucket, appendStreamKey(nil, o, name))
	return true, w.err
}

func (w *writer) removeStreams(o Ordinal) {
	for k, v := range w.walk(streamsBucket, o.bytes(), o.bytes()) {
		if s, ok := toStream(v); ok {
			w.share(s.blob, -1)
		}
		w.remove(streamsBucket, k)
	}
}

// share counts the streams of a blob; one that has none is freed when the
// change is durable.
func (w *writer) share(blob uint64, by int) {
	if blob == 0 {
		return
	}
	key := binary.BigEndian.AppendUint64(nil, blob)
	switch n := int(toNumber(w.get(blobsBucket, key))) + by; {
	case n > 0:
		w.put(blobsBucket, key, number(n).bytes())
	case n == 0:
		w.remove(blobsBucket, key)
		w.doomed = append(w.doomed, blob)
	default:
		w.keep(w.damaged("blob %d is shared by %d streams", blob, n))
	}
}

// checkStreams holds streams, blobs and their counts against each other.
func (c *checker) checkStreams() {
	shared := map[uint64]int{}
	for k, v := range c.walk(streamsBucket, nil, nil) {
		o := toOrdinal(k)
		s, ok := toStream(v)
		if !ok || s.blob == 0 && s.Length != int64(len(s.inline)) {
			c.find("stream %q of entity %d: damaged", k[8:], o)
		}
		if c.get(entitiesBucket, appendEntityKey(nil, c.home(o), o)) == nil {
			c.find("stream %q: its entity %d is not there", k[8:], o)
		}
		if s.blob != 0 {
			shared[s.blob]++
		}
	}
	for k, v := range c.walk(blobsBucket, nil, nil) {
		blob := binary.BigEndian.Uint64(k)
		if int(toNumber(v)) != shared[blob] {
			c.find("%v", fmt.Errorf("blob %d: counts %d streams, has %d", blob, toNumber(v), shared[blob]))
		}
		delete(shared, blob)
	}
	for blob := range shared {
		c.find("blob %d has no count", blob)
	}
}
