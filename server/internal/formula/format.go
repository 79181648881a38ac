package formula

import (
	"math"
	"strconv"
	"strings"
)

// General writes a number as a cell of no format shows it, in eleven characters.
func General(n float64) string {
	n = Number(n)
	size := math.Abs(n)
	if n != 0 && (size >= 1e11 || size < 1e-4) {
		if short := strconv.FormatFloat(size, 'f', -1, 64); size >= 1e11 || len(short) > 11 {
			return exponent(strconv.FormatFloat(n, 'E', 5, 64))
		}
	}
	whole := len(strconv.FormatFloat(math.Trunc(size), 'f', 0, 64))
	t := strconv.FormatFloat(n, 'f', max(0, 10-whole), 64)
	if strings.Contains(t, ".") {
		t = strings.TrimRight(strings.TrimRight(t, "0"), ".")
	}
	if t == "-0" {
		return "0"
	}
	return t
}

// Format writes a value by the code of a number format: the sections for numbers
// above, below and of zero, and for text.
func Format(v Value, code string) string {
	n, isNumber := v.(float64)
	if len(code) > 255 {
		return ""
	}
	if e, is := v.(Error); is {
		return string(e)
	}
	sections := split(code)
	if !isNumber {
		t, _ := asText(v)
		if len(sections) == 4 {
			return literally(sections[3], t)
		}
		if strings.Contains(code, "@") {
			return literally(sections[0], t)
		}
		return t
	}
	section, sign := sectionOf(sections, n)
	if sign != "" {
		n = math.Abs(n)
	} else if n < 0 && len(sections) > 1 {
		n = -n
	}
	return sign + formatted(tokens(section), n)
}

// sectionOf is the part of a code that a number is written by, and the sign in
// front of it.
func sectionOf(sections []string, n float64) (section, sign string) {
	switch {
	case n < 0 && len(sections) > 1 && sections[1] != "":
		return sections[1], ""
	case n == 0 && len(sections) > 2:
		return sections[2], ""
	case n < 0:
		return sections[0], "-"
	}
	return sections[0], ""
}

// split parts a code at semicolons outside of quotes.
func split(code string) (sections []string) {
	from, quoted := 0, false
	for i := 0; i < len(code); i++ {
		switch {
		case code[i] == '"':
			quoted = !quoted
		case code[i] == '\\':
			i++
		case code[i] == ';' && !quoted:
			sections, from = append(sections, code[from:i]), i+1
		}
	}
	return append(sections, code[from:])
}

// token is a part of a code: a kind and what is written of it.
type token struct {
	kind byte // '"' for plain text, '0' for a digit's place, '.', ',', '%', 'E', '@', 'g' of General, 'd' for parts of days and times
	text string
}

// tokens reads the parts of a section.
func tokens(section string) (all []token) {
	for i := 0; i < len(section); {
		t, size := tokenAt(section[i:])
		all, i = append(all, t), i+size
	}
	return all
}

func tokenAt(s string) (token, int) {
	c := s[0]
	switch {
	case c == '"':
		end := strings.IndexByte(s[1:], '"')
		if end < 0 {
			return token{'"', s[1:]}, len(s)
		}
		return token{'"', s[1 : end+1]}, end + 2
	case c == '\\' && len(s) > 1:
		return token{'"', s[1:2]}, 2
	case c == '_' && len(s) > 1: // as wide as a character
		return token{'"', " "}, 2
	case c == '*' && len(s) > 1: // repeated to the cell's width
		return token{'"', ""}, 2
	case c == '[':
		return bracket(s)
	case c == '0' || c == '#' || c == '?':
		return token{'0', s[:1]}, 1
	case c == '.' || c == ',' || c == '%' || c == '@':
		return token{c, s[:1]}, 1
	case (c == 'E' || c == 'e') && len(s) > 1 && (s[1] == '+' || s[1] == '-'):
		return token{'E', s[:2]}, 2
	case len(s) >= 7 && strings.EqualFold(s[:7], "General"):
		return token{'g', s[:7]}, 7
	case len(s) >= 5 && strings.EqualFold(s[:5], "AM/PM"):
		return token{'d', "AM/PM"}, 5
	case strings.IndexByte("ymdhsYMDHS", c) >= 0:
		n := 1
		for n < len(s) && s[n]|0x20 == c|0x20 {
			n++
		}
		return token{'d', strings.ToLower(s[:n])}, n
	}
	return token{'"', s[:1]}, 1
}

// bracket reads a color or a condition, which show nothing, a currency, or hours
// that are more than a day's.
func bracket(s string) (token, int) {
	end := strings.IndexByte(s, ']')
	if end < 0 {
		return token{'"', s[:1]}, 1
	}
	inner := strings.ToLower(s[1:end])
	switch {
	case strings.HasPrefix(inner, "$"):
		symbol, _, _ := strings.Cut(s[2:end], "-")
		return token{'"', symbol}, end + 1
	case inner != "" && strings.Trim(inner, inner[:1]) == "" && strings.Contains("hms", inner[:1]):
		return token{'d', "[" + inner[:1]}, end + 1
	}
	return token{'"', ""}, end + 1
}

// literally writes a text by a section.
func literally(section, text string) string {
	out := ""
	for _, t := range tokens(section) {
		switch t.kind {
		case '@':
			out += text
		default:
			out += t.text
		}
	}
	return out
}

// formatted writes a number by the parts of a section.
func formatted(all []token, n float64) string {
	for _, t := range all {
		switch t.kind {
		case 'd':
			return moment(all, n)
		case 'g', '@':
			return around(all, General(n))
		}
	}
	return digits(all, n)
}

// around writes plain parts around a number.
func around(all []token, number string) string {
	out := ""
	for _, t := range all {
		switch t.kind {
		case 'g', '@':
			out += number
		default:
			out += t.text
		}
	}
	return out
}

// shape is how many digits a section wants, and how they stand.
type shape struct {
	places, decimals, needed, kept, power int // needed and kept are zeros that stay
	scale                                 float64
	grouped                               bool
	exponent                              bool
}

// shapeOf counts the places of a section.
func shapeOf(all []token) shape {
	s := shape{scale: 1}
	point := false
	for i, t := range all {
		switch {
		case t.kind == '.':
			point = true
		case t.kind == '%':
			s.scale *= 100
		case t.kind == ',' && s.places > 0 && followed(all[i+1:]):
			s.grouped = true
		case t.kind == ',' && s.places > 0:
			s.scale /= 1000
		case t.kind == 'E':
			s.exponent = true
		case t.kind != '0':
		case s.exponent:
			s.power++
		case point:
			s.decimals++
			if t.text != "#" {
				s.kept = s.decimals
			}
		default:
			s.places++
			if t.text == "0" || s.needed > 0 {
				s.needed++
			}
		}
	}
	return s
}

// followed reports whether a place for a digit comes before a point.
func followed(all []token) bool {
	for _, t := range all {
		switch t.kind {
		case '0':
			return true
		case '.', 'E':
			return false
		}
	}
	return false
}

// digits writes a number in the places of a section.
func digits(all []token, n float64) string {
	s := shapeOf(all)
	n = Number(n * s.scale)
	power := 0
	if s.exponent && n != 0 {
		power = int(math.Floor(math.Log10(math.Abs(n))))
		if s.places > 1 {
			power = int(math.Floor(float64(power)/float64(s.places))) * s.places
		}
		n = Number(n / math.Pow(10, float64(power)))
	}
	whole, part, _ := strings.Cut(fixed(math.Abs(n), s.decimals), ".")
	for len(part) > s.kept && part[len(part)-1] == '0' {
		part = part[:len(part)-1]
	}
	if whole == "0" && s.needed == 0 {
		whole = ""
	}
	whole = strings.Repeat("0", max(0, s.needed-len(whole))) + whole
	return place(all, s, whole, part, power)
}

// fixed writes a number with so many decimals; halves go away from zero.
func fixed(n float64, decimals int) string {
	if n < 1e15 && decimals < 15 {
		scale := math.Pow(10, float64(decimals))
		n = math.Round(Number(n*scale)) / scale
	}
	return strconv.FormatFloat(n, 'f', decimals, 64)
}

// place puts digits where a section has their places; more digits than places come
// at the first.
func place(all []token, s shape, whole, part string, power int) string {
	out, left, behind := "", s.places, false
	for _, t := range all {
		switch {
		case t.kind == '.':
			if behind = true; s.places == 0 {
				out += whole
			}
			out += "."
		case t.kind == 'E':
			out += powerOf(t.text, power, s.power)
			behind, part = true, ""
		case t.kind == ',':
		case t.kind != '0':
			out += t.text
		case behind:
			n := min(1, len(part))
			out, part = out+part[:n], part[n:]
		default:
			n := max(0, len(whole)-left+1)
			if left < s.places {
				n = min(n, 1)
			}
			left--
			out += grouped(whole, n, s.grouped)
			whole = whole[n:]
		}
	}
	return out
}

// grouped is the first of some digits, with a comma behind each that has a multiple
// of three to follow.
func grouped(digits string, n int, commas bool) string {
	out := ""
	for i := range n {
		out += digits[i : i+1]
		if rest := len(digits) - i - 1; commas && rest > 0 && rest%3 == 0 {
			out += ","
		}
	}
	return out
}

func powerOf(mark string, power, width int) string {
	sign := ""
	if power < 0 {
		sign, power = "-", -power
	} else if mark[1] == '+' {
		sign = "+"
	}
	t := strconv.Itoa(power)
	return "E" + sign + strings.Repeat("0", max(0, width-len(t))) + t
}
