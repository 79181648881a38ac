package formula

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// textFunctions are functions of single texts.
var textFunctions = []function{
	{"UPPER", 1, 1, true, func(c *call) Value { return strings.ToUpper(c.text(0)) }, nil},
	{"LOWER", 1, 1, true, func(c *call) Value { return strings.ToLower(c.text(0)) }, nil},
	{"TRIM", 1, 1, true, trim, nil},
	{"CLEAN", 1, 1, true, clean, nil},
	{"PROPER", 1, 1, true, proper, nil},
	{"LEN", 1, 1, true, func(c *call) Value { return float64(len([]rune(c.text(0)))) }, nil},
	{"MID", 3, 3, true, middle, nil},
	{"FIND", 2, 3, true, func(c *call) Value { return c.find(false) }, nil},
	{"SEARCH", 2, 3, true, func(c *call) Value { return c.find(true) }, nil},
	{"SUBSTITUTE", 3, 4, true, substitute, nil},
	{"EXACT", 2, 2, true, func(c *call) Value { return c.text(0) == c.text(1) }, nil},
	{"REPT", 2, 2, true, repeated, nil},
	{"CHAR", 1, 1, true, character, nil},
	{"UNICHAR", 1, 1, true, codePoint, nil},
	{".CODE", 2, 2, true, firstCode, nil},
	{"VALUE", 1, 1, true, valueOf, nil},
	{"DATEVALUE", 1, 1, true, momentOf, nil},
	{"TEXT", 2, 2, true, formattedText, nil},
	{"TEXTJOIN", 3, -1, false, joinedText, nil},
	{"ROMAN", 1, 2, true, roman, nil},
	{"ARABIC", 1, 1, true, arabic, nil},
	{".TO", 3, 3, true, toBase, nil},
	{".FROM", 2, 2, true, fromBase, nil},
	{"CONVERT", 3, 3, true, convert, nil},
	{"COMPLEX", 2, 3, true, complexText, nil},
	{"IMREAL", 1, 1, true, func(c *call) Value { return real(c.complex(0)) }, nil},
	{"IMAGINARY", 1, 1, true, func(c *call) Value { return imag(c.complex(0)) }, nil},
	{"DATE", 3, 3, true, dateOf, nil},
	{".DAY", 2, 2, true, dayPartOf, nil},
}

func trim(c *call) Value {
	words := strings.Split(c.text(0), " ")
	kept := words[:0]
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

func clean(c *call) Value {
	return strings.Map(func(r rune) rune {
		if r < 32 {
			return -1
		}
		return r
	}, c.text(0))
}

func proper(c *call) Value {
	letter := false
	return strings.Map(func(r rune) rune {
		before := letter
		if letter = unicode.IsLetter(r); before {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, c.text(0))
}

// middle is so many characters from one on, counted from 1.
func middle(c *call) Value {
	all, from, n := []rune(c.text(0)), c.whole(1, 1)-1, c.whole(2, 0)
	if from < 0 || n < 0 {
		return ErrValue
	}
	from = min(from, len(all))
	return string(all[from:min(len(all), from+n)])
}

// find looks for the first argument in the second, from a place on; it may do so
// without regard to case, and know wildcards.
func (c *call) find(folded bool) Value {
	part, all, from := c.text(0), []rune(c.text(1)), c.whole(2, 1)-1
	if from < 0 || from > len(all) {
		return ErrValue
	}
	rest := string(all[from:])
	if !folded || !strings.ContainsAny(part, "*?~") {
		if folded {
			part, rest = strings.ToLower(part), strings.ToLower(rest)
		}
		i := strings.Index(rest, part)
		if i < 0 {
			return ErrValue
		}
		return float64(from + len([]rune(rest[:i])) + 1)
	}
	pattern, text := append(patternOf(part), '*'), []rune(strings.ToLower(rest))
	for i := 0; i <= len(text) && c.spend(1+len(text)/64); i++ {
		if matches(pattern, text[i:]) {
			return float64(from + i + 1)
		}
	}
	return ErrValue
}

func substitute(c *call) Value {
	t, old, with := c.text(0), c.text(1), c.text(2)
	if old == "" {
		return t
	}
	if len(t)+strings.Count(t, old)*len(with) > mostText {
		return ErrValue
	}
	if !c.has(3) {
		return strings.ReplaceAll(t, old, with)
	}
	n, parts := c.whole(3, 1), strings.Split(t, old)
	if n < 1 || n >= len(parts) {
		return t
	}
	return strings.Join(parts[:n], old) + with + strings.Join(parts[n:], old)
}

func repeated(c *call) Value {
	t, n := c.text(0), c.whole(1, 0)
	if n < 0 || n*len(t) > mostText {
		return ErrValue
	}
	return strings.Repeat(t, n)
}

// windows are the characters from 128 on of the code page 1252 that are not those
// of Unicode; a blank is none.
const windows = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ"

func character(c *call) Value {
	n := c.whole(0, 0)
	if n < 1 || n > 255 {
		return ErrValue
	}
	if n >= 128 && n < 160 {
		return string([]rune(windows)[n-128])
	}
	return string(rune(n))
}

func codePoint(c *call) Value {
	n := c.whole(0, 0)
	if n < 1 || n > unicode.MaxRune || n >= 0xD800 && n < 0xE000 {
		return ErrValue
	}
	return string(rune(n))
}

// firstCode is the code of the first character, in Unicode or the code page (1).
func firstCode(c *call) Value {
	all, page := []rune(c.text(0)), c.num(1) == 1
	if len(all) == 0 {
		return ErrValue
	}
	if page && all[0] > 255 {
		if i := strings.IndexRune(windows, all[0]); i >= 0 {
			return float64(128 + len([]rune(windows[:i])))
		}
		return 63.0
	}
	return float64(all[0])
}

func valueOf(c *call) Value {
	v := c.value(0)
	if _, is := v.(bool); is {
		return ErrValue
	}
	return c.num(0)
}

// momentOf reads a text for a day and a time.
func momentOf(c *call) Value {
	if n, _, ok := typedMoment(strings.TrimSpace(c.text(0))); ok {
		return n
	}
	return ErrValue
}

// formattedText writes a value by a format; texts that say a number are one.
func formattedText(c *call) Value {
	v := c.value(0)
	if n, wrong := asNumber(v); wrong == "" {
		v = n
	}
	if t := Format(v, c.text(1)); len(t) <= mostText {
		return t
	}
	return ErrValue
}

// joinedText joins the texts of all arguments from the third on.
func joinedText(c *call) Value {
	out, with, skip := "", c.text(0), c.yes(1)
	first := true
	for i := 2; i < c.count(); i++ {
		c.each(i, func(v Value, _ bool) {
			t, wrong := asText(v)
			if c.fail(wrong); t == "" && skip || v == (Missing{}) || c.wrong != "" {
				return
			}
			if !first {
				out += with
			}
			first = false
			if out += t; len(out) > mostText || !c.spend(len(out)/64) {
				c.fail(ErrValue)
			}
		})
	}
	return out
}

// romans are the letters of numerals; those of a form above 0 make shorter ones.
const romans = "M 1000 0 IM 999 4 VM 995 3 XM 990 2 LM 950 1 CM 900 0 D 500 0 ID 499 4 VD 495 3 XD 490 2 LD 450 1 CD 400 0 " +
	"C 100 0 IC 99 2 VC 95 1 XC 90 0 L 50 0 IL 49 2 VL 45 1 XL 40 0 X 10 0 IX 9 0 V 5 0 IV 4 0 I 1 0"

func roman(c *call) Value {
	n, form := c.whole(0, 0), c.whole(1, 0)
	if b, is := c.arg(1).(bool); is {
		form = 4
		if b {
			form = 0
		}
	}
	if n < 0 || n > 3999 || form < 0 || form > 4 {
		return ErrValue
	}
	t, words := "", strings.Fields(romans)
	for i := 0; i < len(words); i += 3 {
		of, _ := strconv.Atoi(words[i+1])
		from, _ := strconv.Atoi(words[i+2])
		for ; n >= of && form >= from; n -= of {
			t += words[i]
		}
	}
	return t
}

func arabic(c *call) Value {
	t, negative := strings.CutPrefix(strings.ToUpper(strings.TrimSpace(c.text(0))), "-")
	total, last := 0.0, 0.0
	for i := len(t) - 1; i >= 0; i-- {
		digit := strings.IndexByte("IVXLCDM", t[i])
		if digit < 0 {
			return ErrValue
		}
		n := math.Pow(10, float64(digit/2)) * float64(1+digit%2*4)
		if last = max(last, n); n < last {
			n = -n
		}
		total += n
	}
	if negative {
		total = -total
	}
	return total
}

// toBase writes a whole number in a base, with so many digits.
func toBase(c *call) Value {
	n, base, width := c.num(0), c.whole(1, 10), c.whole(2, 0)
	if n < 0 || n >= 1<<53 || base < 2 || base > 36 || width < 0 || width > 255 {
		return ErrNumber
	}
	t := strings.ToUpper(strconv.FormatInt(int64(n), base))
	return strings.Repeat("0", max(0, width-len(t))) + t
}

func fromBase(c *call) Value {
	base := c.whole(1, 10)
	n, err := strconv.ParseUint("0"+strings.TrimSpace(c.text(0)), max(2, base), 64)
	if err != nil || base < 2 || base > 36 {
		return ErrNumber
	}
	return float64(n)
}

// complex is an argument as a complex number: a number, or a text such as "3+4i".
func (c *call) complex(i int) complex128 {
	t, is := c.value(i).(string)
	if !is {
		return complex(c.num(i), 0)
	}
	t = strings.Replace(strings.TrimSpace(t), "j", "i", 1)
	if bare, imaginary := strings.CutSuffix(t, "i"); imaginary && strings.Trim(bare[max(0, len(bare)-1):], "+-") == "" {
		t = bare + "1i"
	}
	z, err := strconv.ParseComplex(t, 128)
	if err != nil || strings.Trim(t, "0123456789.+-eEi") != "" {
		c.fail(ErrNumber)
	}
	return z
}

// complexText is COMPLEX.
func complexText(c *call) Value {
	x, y, suffix := Number(c.num(0)), Number(c.num(1)), "i"
	if c.count() > 2 && c.arg(2) != (Missing{}) {
		suffix = c.text(2)
	}
	part := plain(y) + suffix
	switch {
	case suffix != "i" && suffix != "j":
		return ErrValue
	case y == 0:
		return plain(x)
	case y == 1 || y == -1:
		part = strings.Replace(part, "1", "", 1)
	}
	if x == 0 {
		return part
	}
	if y > 0 {
		part = "+" + part
	}
	return plain(x) + part
}
