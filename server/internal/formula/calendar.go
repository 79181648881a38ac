package formula

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// dayZero is the day before that of number 1, as days after February 1900 are
// counted: worksheets count a 29th of February that 1900 did not have.
var dayZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

const lastDay = 2958465 // of the year 9999

// date is the day and the time of a number, to the second.
func date(n float64) time.Time {
	n = max(0, min(n, lastDay+1))
	if n < 60 && n >= 1 {
		n++
	}
	days := math.Floor(n)
	seconds := math.Round((n - days) * 86400)
	return dayZero.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
}

// serial is the number of a moment.
func serial(t time.Time) float64 {
	days := math.Floor(t.Sub(dayZero).Hours() / 24)
	if days <= 60 && days > 1 {
		days--
	}
	y, m, d := t.Date()
	return days + t.Sub(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)).Seconds()/86400
}

// spellings are how days and times are written, and the formats that cells get.
var spellings = []struct{ layout, format string }{
	{"1/2/2006", "m/d/yyyy"}, {"1/2/06", "m/d/yyyy"}, {"2006-1-2", "m/d/yyyy"}, {"2006/1/2", "m/d/yyyy"}, {"1-2-2006", "m/d/yyyy"},
	{"2-Jan-2006", "d-mmm-yy"}, {"2-Jan-06", "d-mmm-yy"}, {"2 Jan 2006", "d-mmm-yy"}, {"2 January 2006", "d-mmm-yy"},
	{"January 2, 2006", "d-mmm-yy"}, {"Jan 2, 2006", "d-mmm-yy"}, {"Jan-2006", "mmm-yy"}, {"January 2006", "mmm-yy"},
}

var clocks = []struct{ layout, format string }{
	{"15:04", "h:mm"}, {"15:04:05", "h:mm:ss"}, {"3:04 PM", "h:mm AM/PM"}, {"3:04:05 PM", "h:mm:ss AM/PM"}, {"3 PM", "h:mm AM/PM"},
}

// ParseNumber reads a number as it may be typed: with separators, a percent, a
// currency, or as a day or a time.
func ParseNumber(text string) (float64, bool) {
	n, _, ok := Typed(text)
	return n, ok
}

// Typed is [ParseNumber] with the format that a cell gets, "" for the general one.
func Typed(text string) (n float64, format string, ok bool) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > 64 {
		return 0, "", false
	}
	if n, format, ok = typedNumber(text); ok {
		return n, format, true
	}
	return typedMoment(text)
}

func typedNumber(text string) (n float64, format string, ok bool) {
	digits, percent := strings.CutSuffix(text, "%")
	negative := strings.HasPrefix(digits, "(") && strings.HasSuffix(digits, ")")
	if negative {
		digits = digits[1 : len(digits)-1]
	}
	bare := strings.Replace(digits, "$", "", 1)
	if bare != digits {
		format = "$#,##0.00"
	}
	bare = strings.TrimSpace(bare)
	if strings.Trim(bare, "0123456789.,+-eE") != "" || strings.HasPrefix(bare, ",") {
		return 0, "", false
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(bare, ",", ""), 64)
	if percent {
		n, format = n/100, "0%"
		if strings.Contains(bare, ".") {
			format = "0.00%"
		}
	}
	if negative {
		n = -n
	}
	return n, format, err == nil
}

// typedMoment reads a day, a time, or both.
func typedMoment(text string) (n float64, format string, ok bool) {
	if text == "" || strings.IndexByte("0123456789jfmasondJFMASOND", text[0]) < 0 {
		return 0, "", false
	}
	for _, d := range spellings {
		if t, err := time.Parse(d.layout, text); err == nil {
			return serial(t), d.format, t.Year() >= 1900
		}
	}
	for _, c := range clocks {
		if t, err := time.Parse(c.layout, strings.ToUpper(text)); err == nil {
			return clock(t), c.format, true
		}
	}
	if day, rest, both := strings.Cut(text, " "); both {
		for _, d := range spellings {
			for _, c := range clocks {
				t, errDay := time.Parse(d.layout, day)
				at, errTime := time.Parse(c.layout, strings.ToUpper(rest))
				if errDay == nil && errTime == nil && t.Year() >= 1900 {
					return serial(t) + clock(at), "m/d/yyyy h:mm", true
				}
			}
		}
	}
	return 0, "", false
}

// clock is the time of a day as a part of it.
func clock(t time.Time) float64 {
	return float64(t.Hour()*3600+t.Minute()*60+t.Second()) / 86400
}

// dateOf is DATE.
func dateOf(c *call) Value {
	y, m, d := math.Trunc(c.num(0)), math.Floor(c.num(1)), math.Floor(c.num(2))
	if y >= 0 && y < 1900 {
		y += 1900
	}
	if y < 1900 || y > 9999 || math.Abs(m) > 1e5 || math.Abs(d) > 1e7 {
		return ErrNumber
	}
	n := serial(time.Date(int(y), time.Month(m), int(d), 0, 0, 0, 0, time.UTC))
	if n < 0 || n > lastDay {
		return ErrNumber
	}
	return n
}

// dayPartOf is the year (0), the month (1) or the day (2) of a day.
func dayPartOf(c *call) Value {
	n := c.num(0)
	if n < 0 || n >= lastDay+1 {
		return ErrNumber
	}
	y, m, d := date(math.Floor(n)).Date()
	switch c.num(1) {
	case 0:
		return float64(max(1900, y))
	case 1:
		return float64(m)
	}
	return float64(d)
}

// FormatOf is the format that a cell gets with a formula of a day or a time, "" for
// the general one.
func FormatOf(text string) string {
	n, _, err := parse(text)
	f, is := n.(*called)
	if !is || err != nil {
		return ""
	}
	switch f.name {
	case "DATE", "TODAY":
		return "m/d/yyyy"
	case "NOW":
		return "m/d/yyyy h:mm"
	case "TIME":
		return "h:mm AM/PM"
	}
	return ""
}
