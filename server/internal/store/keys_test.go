package store

import (
	"bytes"
	"testing"
)

// Short ordinals come back, and compare as the numbers do.
func FuzzShort(f *testing.F) {
	for _, o := range []uint64{0, 1, 255, 256, 1 << 24, 1<<64 - 1} {
		f.Add(o, o+1)
	}
	f.Fuzz(func(t *testing.T, a, b uint64) {
		x, y := appendShort(nil, Ordinal(a)), appendShort(nil, Ordinal(b))
		if toShort(x) != Ordinal(a) || toShort(y) != Ordinal(b) {
			t.Fatalf("%d and %d come back as %d and %d", a, b, toShort(x), toShort(y))
		}
		if (bytes.Compare(x, y) < 0) != (a < b) {
			t.Fatalf("%d and %d compare as %x and %x", a, b, x, y)
		}
	})
}

func TestShortOfNoOrdinal(t *testing.T) {
	for _, b := range [][]byte{nil, {1}, {2, 1}, {0, 1}} {
		if o := toShort(b); o != 0 {
			t.Errorf("%x reads as %d", b, o)
		}
	}
}
