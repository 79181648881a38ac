package store

import "unsafe"

// What an id begins with inside a key.
const (
	tagGUID byte = 1 // 16 bytes follow
	tagText byte = 2 // length and text follow
)

// guidLen is the length of a GUID as text: 8-4-4-4-12 hexadecimal digits.
const guidLen = 36

// appendID writes an id in the form in which ids are compared.
func appendID(b []byte, id string) []byte {
	if g, _, ok := packGUID(id); ok {
		return append(append(b, tagGUID), g[:]...)
	}
	return appendText(append(b, tagText), id)
}

// packGUID reads a GUID of either case. canonical says that formatting gives
// the same text again.
func packGUID(s string) (g [16]byte, canonical, ok bool) {
	if len(s) != guidLen {
		return g, false, false
	}
	canonical = true
	n := 0 // digits so far
	for i := 0; i < guidLen; i++ {
		c := s[i]
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if c != '-' {
				return g, false, false
			}
			continue
		}
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
			canonical = false
		default:
			return g, false, false
		}
		g[n/2] = g[n/2]<<4 | c
		n++
	}
	return g, canonical, true
}

// guidDigits says where in the text of a GUID each byte begins.
var guidDigits = [16]uint8{0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34}

// hexPairs are the two hexadecimal digits of each byte.
var hexPairs = func() (pairs [256][2]byte) {
	const digits = "0123456789abcdef"
	for i := range pairs {
		pairs[i] = [2]byte{digits[i>>4], digits[i&15]}
	}
	return pairs
}()

// formatGUID writes the canonical, lower-case text of the 16 bytes of a GUID.
func formatGUID(text *[guidLen]byte, g *[16]byte) {
	for i, at := range guidDigits {
		*(*[2]byte)(text[at:]) = hexPairs[g[i]]
	}
	text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
}

// arena makes strings out of bytes that die with a transaction, many to one
// allocation: a scan would otherwise allocate for each entity.
type arena struct{ free []byte }

const (
	arenaFirst = 48 // one GUID: a point read makes no more
	arenaMost  = 4 << 10
)

// text returns a copy of b as a string.
func (a *arena) text(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if len(b) > cap(a.free)-len(a.free) {
		a.grow(len(b))
	}
	start := len(a.free)
	a.free = append(a.free, b...)
	// The bytes lie on the Go heap, and free only ever grows behind them within
	// its capacity: they are written once, above, and kept by the string.
	return unsafe.String(&a.free[start], len(b))
}

func (a *arena) grow(least int) {
	size := min(max(arenaFirst, 4*cap(a.free)), arenaMost)
	a.free = make([]byte, 0, max(size, least))
}
