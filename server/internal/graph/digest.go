package graph

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// digest computes what a behaviour may want to know of bytes that pass by.
type digest struct {
	sum   [20]byte // 160 bits, into which each byte is rotated
	count int64
	head  bytes.Buffer
}

// Figures of quickXorHash as its page documents it (D, "Code snippets:
// QuickXorHash Algorithm"): each byte is xored in 11 bits further on; at the end
// the length is xored into the last 8 bytes.
const (
	xorShift = 11
	xorBits  = 160
	headSize = 4 << 10
)

// Write never fails.
func (d *digest) Write(p []byte) (int, error) {
	if free := headSize - d.head.Len(); free > 0 {
		d.head.Write(p[:min(free, len(p))])
	}
	at := int(d.count * xorShift % xorBits)
	for _, b := range p {
		wide := uint16(b) << (at & 7)
		i := at >> 3
		d.sum[i] ^= byte(wide)
		if i++; i == len(d.sum) {
			i = 0
		}
		d.sum[i] ^= byte(wide >> 8)
		if at += xorShift; at >= xorBits {
			at -= xorBits
		}
	}
	d.count += int64(len(p))
	return len(p), nil
}

// xorHash is the hash of what was written so far.
func (d *digest) xorHash() string {
	sum := d.sum
	var length [8]byte
	binary.LittleEndian.PutUint64(length[:], uint64(d.count))
	for i, b := range length {
		sum[len(sum)-8+i] ^= b
	}
	return base64.StdEncoding.EncodeToString(sum[:])
}

func (d *digest) media(stream string, s store.Stream) behavior.Media {
	return behavior.Media{Stream: stream, Type: s.MediaType, Length: s.Length, XorHash: d.xorHash(), Beginning: d.head.Bytes()}
}
