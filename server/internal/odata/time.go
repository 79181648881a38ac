package odata

import "time"

// The readers below return the value that begins at i of s and where it ends; the
// end is -1 when there is none or a field is out of range.

// readDate reads [-]yyyy-mm-dd; a year may have up to six digits.
func readDate(s string, i int) (date time.Time, end int) {
	sign := 1
	if i < len(s) && s[i] == '-' {
		sign, i = -1, i+1
	}
	dash := digitsEnd(s, i)
	if n := dash - i; n < 4 || n > 6 || n > 4 && s[i] == '0' {
		return date, -1
	}
	year := number(s[i:dash])
	month, ok := twoDigits(s, dash, '-', 1, 12)
	if !ok {
		return date, -1
	}
	day, ok := twoDigits(s, dash+3, '-', 1, 31)
	if !ok {
		return date, -1
	}
	date = time.Date(sign*year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if date.Day() != day {
		return date, -1
	}
	return date, dash + 6
}

// readClock reads hh:mm[:ss[.fraction]], up to twelve digits of fraction. A leap
// second counts on into the next minute.
func readClock(s string, i int) (clock time.Duration, end int) {
	hour, ok := twoDigits(s, i-1, 0, 0, 23)
	if !ok {
		return 0, -1
	}
	minute, ok := twoDigits(s, i+2, ':', 0, 59)
	if !ok {
		return 0, -1
	}
	clock = time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute
	second, ok := twoDigits(s, i+5, ':', 0, 60)
	if !ok {
		return clock, i + 5
	}
	clock += time.Duration(second) * time.Second
	end = fractionEnd(s, i+8)
	if end > i+8+13 {
		return 0, -1
	}
	return clock + fraction(s[i+8:end]), end
}

// readZone reads Z or an offset, and returns the offset in seconds.
func readZone(s string, i int) (offset, end int) {
	if i == len(s) {
		return 0, -1
	}
	sign := 1
	switch s[i] {
	case 'Z', 'z':
		return 0, i + 1
	case '-':
		sign = -1
	case '+':
	default:
		return 0, -1
	}
	hour, ok := twoDigits(s, i, s[i], 0, 23)
	if !ok {
		return 0, -1
	}
	minute, ok := twoDigits(s, i+3, ':', 0, 59)
	if !ok {
		return 0, -1
	}
	return sign * (hour*3600 + minute*60), i + 6
}

// twoDigits reads a separator at i and the two digits after it, which must lie
// between least and most. A separator of 0 is not looked at.
func twoDigits(s string, i int, separator byte, least, most int) (int, bool) {
	if i+3 > len(s) || separator != 0 && s[i] != separator || !isDigit(s[i+1]) || !isDigit(s[i+2]) {
		return 0, false
	}
	n := int(s[i+1]-'0')*10 + int(s[i+2]-'0')
	return n, n >= least && n <= most
}

// fraction turns ".123" into 123 ms; what is finer than a nanosecond is cut off.
func fraction(s string) time.Duration {
	if s == "" {
		return 0
	}
	digits := (s[1:] + "000000000")[:9]
	return time.Duration(number(digits))
}

// number converts at most nine digits.
func number(digits string) int {
	n := 0
	for _, c := range []byte(digits) {
		n = n*10 + int(c-'0')
	}
	return n
}
