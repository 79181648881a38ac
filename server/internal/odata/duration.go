package odata

import (
	"strconv"
	"strings"
	"time"
)

// durationReader takes the components of an XML dayTimeDuration off its text.
type durationReader struct {
	text  string
	count int // components taken
	sum   time.Duration
	total float64 // the same without overflow
}

// longestDuration is what a time.Duration surely holds, about 292 years, rounding aside.
const longestDuration = 1<<63 - 1<<10

// readDuration reads a duration such as -P1DT2H3M4.5S. fits is false when it is
// well formed but longer than a time.Duration holds.
func readDuration(s string) (d time.Duration, fits, ok bool) {
	s, negative := strings.CutPrefix(s, "-")
	if s == "" || s[0]|0x20 != 'p' {
		return 0, false, false
	}
	days, clock, timed := strings.Cut(strings.ToUpper(s[1:]), "T")
	r := durationReader{text: days}
	r.take('D', 24*time.Hour)
	if r.text != "" || timed == (clock == "") || !timed && r.count == 0 {
		return 0, false, false
	}
	r.text = clock
	r.take('H', time.Hour)
	r.take('M', time.Minute)
	r.take('S', time.Second)
	if negative {
		r.sum = -r.sum
	}
	return r.sum, r.total < longestDuration, r.text == ""
}

// take removes one component when it has the unit; only seconds have a fraction.
func (r *durationReader) take(unit byte, size time.Duration) {
	whole := digitsEnd(r.text, 0)
	end := whole
	if unit == 'S' {
		end = fractionEnd(r.text, whole)
	}
	if whole == 0 || end == len(r.text) || r.text[end] != unit {
		return
	}
	n, _ := strconv.ParseInt(r.text[:whole], 10, 64) // the greatest int64 when out of range
	r.total += float64(n) * float64(size)
	if r.total < longestDuration {
		r.sum += time.Duration(n)*size + fraction(r.text[whole:end])
	}
	r.text = r.text[end+1:]
	r.count++
}

// ReadDuration reads an Edm.Duration, as in "P1DT2H". It is false for any other
// text and for what a time.Duration cannot hold.
func ReadDuration(s string) (time.Duration, bool) {
	d, fits, ok := readDuration(s)
	return d, fits && ok
}
