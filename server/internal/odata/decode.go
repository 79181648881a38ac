package odata

import (
	"strings"
	"unicode/utf8"
)

// decode undoes percent-encoding and turns "+" into a blank. bad is where a
// percent sign lacks its two digits, 0 when the result is not UTF-8, else -1. Text
// without either is not copied.
func decode(s string) (text string, bad int) {
	first := strings.IndexAny(s, "%+")
	if first < 0 {
		return checked(s)
	}
	b := make([]byte, first, len(s))
	copy(b, s)
	for i := first; i < len(s); i++ {
		switch c := s[i]; c {
		case '+':
			b = append(b, ' ')
		case '%':
			if i+2 >= len(s) {
				return "", i
			}
			high, low := hexDigit(s[i+1]), hexDigit(s[i+2])
			if high < 0 || low < 0 {
				return "", i
			}
			b = append(b, byte(high<<4|low))
			i += 2
		default:
			b = append(b, c)
		}
	}
	return checked(string(b))
}

func checked(text string) (string, int) {
	if !utf8.ValidString(text) {
		return "", 0
	}
	return text, -1
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// What encode leaves as it is, beside letters and digits: OData's syntax stays
// readable.
const (
	nameSafe  = "-.~!$'()*,/:;?@"
	valueSafe = nameSafe + "="
)

// encode writes a name or value so that decode gives it back.
func encode(b []byte, s, safe string) []byte {
	const digits = "0123456789ABCDEF"
	for _, c := range []byte(s) {
		if isNameByte(c) || strings.IndexByte(safe, c) >= 0 {
			b = append(b, c)
		} else {
			b = append(b, '%', digits[c>>4], digits[c&15])
		}
	}
	return b
}
