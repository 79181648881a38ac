package odata

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"
)

// LiteralKind is the form in which a literal is written. It narrows the type but
// does not always settle it: an Integer fits every numeric type, a String may
// stand for an enumeration member.
type LiteralKind uint8

// The forms of literals.
const (
	LiteralNull           LiteralKind = iota + 1
	LiteralBoolean                    // true
	LiteralInteger                    // -5; fits an int64
	LiteralDecimal                    // 1.5, or an integer beyond int64
	LiteralDouble                     // 1e5, INF, -INF, NaN
	LiteralString                     // 'O''Neil', and "…" within JSON
	LiteralGUID                       // 6fcb1a2e-8d0b-4c47-a5a3-1f6a6a2f2c8e
	LiteralDate                       // 2024-02-29
	LiteralTimeOfDay                  // 12:30:00.5
	LiteralDateTimeOffset             // 2024-02-29T12:30:00Z
	LiteralDuration                   // duration'PT1H'
	LiteralBinary                     // binary'AQID'
	LiteralEnum                       // ns.type'member,member'
	LiteralGeography                  // geography'SRID=0;Point(1 2)', kept as text
	LiteralGeometry                   // geometry'…', kept as text
)

var literalNames = [...]string{
	LiteralNull: "null", LiteralBoolean: "Edm.Boolean", LiteralInteger: "Edm.Int64", LiteralDecimal: "Edm.Decimal",
	LiteralDouble: "Edm.Double", LiteralString: "Edm.String", LiteralGUID: "Edm.Guid", LiteralDate: "Edm.Date",
	LiteralTimeOfDay: "Edm.TimeOfDay", LiteralDateTimeOffset: "Edm.DateTimeOffset", LiteralDuration: "Edm.Duration",
	LiteralBinary: "Edm.Binary", LiteralEnum: "Edm.EnumType", LiteralGeography: "Edm.Geography", LiteralGeometry: "Edm.Geometry",
}

// String returns the widest Edm type of the form, as error texts name it.
func (k LiteralKind) String() string { return literalNames[k] }

// Literal is a constant. The parser has checked it: a date exists, binary text
// decodes. Each reading method reports false when the literal has another form.
type Literal struct {
	At   int
	Kind LiteralKind
	Type string // of LiteralEnum the type as spelled; else ""
	Text string // as spelled; of quoted forms what stands between the quotes, undoubled; of null, true and false in lower case
}

// Bool reads true and false.
func (l *Literal) Bool() (value, ok bool) {
	return l.Text == "true", l.Kind == LiteralBoolean
}

// Edm is the Edm type that error texts name: of an Integer the narrowest that OData
// services give it.
func (l *Literal) Edm() string {
	if l.Kind == LiteralInteger {
		if _, err := strconv.ParseInt(l.Text, 10, 32); err == nil {
			return "Edm.Int32"
		}
	}
	return l.Kind.String()
}

// Int64 reads an Integer.
func (l *Literal) Int64() (int64, bool) {
	if l.Kind != LiteralInteger {
		return 0, false
	}
	n, err := strconv.ParseInt(l.Text, 10, 64)
	return n, err == nil
}

// Float64 reads Integer, Decimal and Double to the nearest float; what is too
// great becomes infinite.
func (l *Literal) Float64() (float64, bool) {
	if l.Kind != LiteralInteger && l.Kind != LiteralDecimal && l.Kind != LiteralDouble {
		return 0, false
	}
	f, _ := strconv.ParseFloat(l.Text, 64)
	return f, true
}

// Time reads DateTimeOffset, in its own zone, and Date, as midnight in UTC.
// Digits finer than a nanosecond are cut off.
func (l *Literal) Time() (time.Time, bool) {
	if l.Kind != LiteralDateTimeOffset && l.Kind != LiteralDate {
		return time.Time{}, false
	}
	date, end := readDate(l.Text, 0)
	if l.Kind == LiteralDate {
		return date, true
	}
	clock, end := readClock(l.Text, end+1)
	offset, _ := readZone(l.Text, end)
	zone := time.UTC
	if offset != 0 {
		zone = time.FixedZone("", offset)
	}
	return date.Add(clock - time.Duration(offset)*time.Second).In(zone), true
}

// TimeOfDay reads a time of day as the time since midnight.
func (l *Literal) TimeOfDay() (time.Duration, bool) {
	if l.Kind != LiteralTimeOfDay {
		return 0, false
	}
	clock, _ := readClock(l.Text, 0)
	return clock, true
}

// Duration reads a duration, also from a String, which 4.01 allows. It reports
// false beyond about 292 years.
func (l *Literal) Duration() (time.Duration, bool) {
	if l.Kind != LiteralDuration && l.Kind != LiteralString {
		return 0, false
	}
	d, fits, ok := readDuration(l.Text)
	return d, ok && fits
}

// Bytes reads a Binary.
func (l *Literal) Bytes() ([]byte, bool) {
	if l.Kind != LiteralBinary {
		return nil, false
	}
	b, err := decodeBinary(l.Text)
	return b, err == nil
}

// EnumMembers reads the members of an Enum, or of a String as 4.01 allows; each
// is a name or a number.
func (l *Literal) EnumMembers() ([]string, bool) {
	if l.Kind != LiteralEnum && l.Kind != LiteralString || !validEnum(l.Text) {
		return nil, false
	}
	members := strings.Split(l.Text, ",")
	for i := range members {
		members[i] = strings.TrimSpace(members[i])
	}
	return members, true
}

// prefixKind returns the form of a quoted literal with a prefix. What is no
// prefix of OData's is the name of an enumeration type.
func prefixKind(prefix string) LiteralKind {
	var buf [longestWord]byte
	switch string(folded(&buf, prefix)) {
	case "duration":
		return LiteralDuration
	case "binary":
		return LiteralBinary
	case "geography":
		return LiteralGeography
	case "geometry":
		return LiteralGeometry
	}
	return LiteralEnum
}

// quotedPrefix is the inverse of prefixKind, but for enumerations.
func quotedPrefix(kind LiteralKind) string {
	switch kind {
	case LiteralDuration:
		return "duration"
	case LiteralBinary:
		return "binary"
	case LiteralGeography:
		return "geography"
	case LiteralGeometry:
		return "geometry"
	}
	return ""
}

// validQuoted checks what stands between the quotes.
func validQuoted(kind LiteralKind, text string) bool {
	switch kind {
	case LiteralDuration:
		_, _, ok := readDuration(text)
		return ok
	case LiteralBinary:
		_, err := decodeBinary(text)
		return err == nil
	case LiteralEnum:
		return validEnum(text)
	case LiteralGeography, LiteralGeometry:
		return text != ""
	}
	return true
}

// decodeBinary decodes base64url, whose padding may be left out.
func decodeBinary(text string) ([]byte, error) {
	return base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
}

// validEnum checks that text lists names and numbers.
func validEnum(text string) bool {
	for member := range strings.SplitSeq(text, ",") {
		member = strings.TrimSpace(member)
		if _, err := strconv.ParseInt(member, 10, 64); err == nil {
			continue
		}
		if member == "" || nameEnd(member, 0) != len(member) {
			return false
		}
	}
	return true
}

// unquote returns what stands between single quotes, with doubled quotes halved.
func unquote(text string) string {
	text = text[1 : len(text)-1]
	if strings.IndexByte(text, '\'') >= 0 {
		text = strings.ReplaceAll(text, "''", "'")
	}
	return text
}
