package server

import (
	crand "crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"sync"
)

// identifiers hands out GUIDs from one seeded source per server, so that a
// seeded run repeats.
type identifiers struct {
	mu     sync.Mutex
	source *rand.ChaCha8
	secret [32]byte // follows from the seed, but not the other way round
}

func newIdentifiers(seed [32]byte) *identifiers {
	if seed == ([32]byte{}) {
		_, _ = crand.Read(seed[:]) // never fails: crypto/rand ends the process instead
	}
	return &identifiers{source: rand.NewChaCha8(seed), secret: sha256.Sum256(seed[:])}
}

// Read implements [io.Reader] with bytes from the source.
func (g *identifiers) Read(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.source.Read(p)
}

// next returns a new random GUID (version 4) in lower case.
func (g *identifiers) next() string {
	var b [16]byte
	g.mu.Lock()
	_, _ = g.source.Read(b[:])
	g.mu.Unlock()
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	var t [36]byte
	hex.Encode(t[:8], b[:4])
	hex.Encode(t[9:13], b[4:6])
	hex.Encode(t[14:18], b[6:8])
	hex.Encode(t[19:23], b[8:10])
	hex.Encode(t[24:], b[10:])
	t[8], t[13], t[18], t[23] = '-', '-', '-', '-'
	return string(t[:])
}
