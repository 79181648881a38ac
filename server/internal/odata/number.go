package odata

import "strconv"

// digits reads a literal that begins with a digit: GUID, date, date with time,
// time of day or number.
func (l *lexer) digits() token {
	if guidAt(l.src, l.pos) {
		return l.literal(LiteralGUID, l.pos+guidLength)
	}
	end := digitsEnd(l.src, l.pos)
	switch {
	case end-l.pos >= 4 && end < len(l.src) && l.src[end] == '-':
		return l.date()
	case end-l.pos == 2:
		if _, clock := readClock(l.src, l.pos); clock > 0 {
			return l.literal(LiteralTimeOfDay, clock)
		}
	}
	return l.number(l.pos, end)
}

// signed reads a negative or positive number, a date before the common era, -INF,
// or a lone minus.
func (l *lexer) signed(sign byte) token {
	at := l.pos
	end := digitsEnd(l.src, at+1)
	switch {
	case end > at+1 && sign == '-' && end-at > 4 && end < len(l.src) && l.src[end] == '-':
		return l.date()
	case end > at+1:
		return l.number(at, end)
	case sign == '+':
		return l.badCharacter()
	case nameEnd(l.src, at+1) == at+4 && l.src[at+1:at+4] == "INF":
		return l.literal(LiteralDouble, at+4)
	}
	l.pos++
	return token{kind: '-', at: at, end: at + 1}
}

// number ends a number whose whole digits end at end.
func (l *lexer) number(at, end int) token {
	kind := LiteralInteger
	if next := fractionEnd(l.src, end); next > end {
		kind, end = LiteralDecimal, next
	}
	if next := exponentEnd(l.src, end); next > end {
		kind, end = LiteralDouble, next
	}
	if kind == LiteralInteger {
		if _, err := strconv.ParseInt(l.src[at:end], 10, 64); err != nil {
			kind = LiteralDecimal
		}
	}
	return l.literal(kind, end)
}

// date reads a date, and the time and zone when they follow.
func (l *lexer) date() token {
	_, end := readDate(l.src, l.pos)
	if end < 0 {
		return l.badLiteral(l.pos)
	}
	if end == len(l.src) || l.src[end]|0x20 != 't' {
		return l.literal(LiteralDate, end)
	}
	_, clock := readClock(l.src, end+1)
	if clock < 0 {
		return l.badLiteral(l.pos)
	}
	_, zone := readZone(l.src, clock)
	if zone < 0 {
		t := l.badLiteral(l.pos)
		if t.end == clock {
			t.why = KindDateTime
		}
		return t
	}
	return l.literal(LiteralDateTimeOffset, zone)
}

func digitsEnd(s string, i int) int {
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	return i
}

// fractionEnd returns the end of ".digits" at i, or i.
func fractionEnd(s string, i int) int {
	if i < len(s) && s[i] == '.' {
		if end := digitsEnd(s, i+1); end > i+1 {
			return end
		}
	}
	return i
}

// exponentEnd returns the end of "e", sign and digits at i, or i.
func exponentEnd(s string, i int) int {
	if i == len(s) || s[i]|0x20 != 'e' {
		return i
	}
	j := i + 1
	if j < len(s) && (s[j] == '-' || s[j] == '+') {
		j++
	}
	if end := digitsEnd(s, j); end > j {
		return end
	}
	return i
}

const guidLength = 36

// guidAt reports whether a GUID stands at i.
func guidAt(s string, i int) bool {
	if len(s)-i < guidLength || s[i+8] != '-' {
		return false
	}
	for k, c := range []byte(s[i : i+guidLength]) {
		switch k {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f') {
				return false
			}
		}
	}
	return true
}
