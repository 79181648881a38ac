package formula

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// moment writes a number as a day and a time by the parts of a section.
func moment(all []token, n float64) string {
	if n < 0 || n > lastDay+1 {
		return "#######"
	}
	t := date(n)
	half := false
	for _, part := range all {
		half = half || part.text == "AM/PM"
	}
	out := ""
	for i, part := range all {
		if part.kind == 'd' {
			out += momentPart(part.text, t, n, half, minutes(all, i))
		} else if part.kind != '0' || !afterSeconds(all, i) {
			out += part.text
		} else {
			out += "0"
		}
	}
	return out
}

// afterSeconds reports whether a digit's place is of parts of a second.
func afterSeconds(all []token, i int) bool {
	return i > 0 && (all[i-1].kind == '.' || all[i-1].kind == '0')
}

// minutes reports whether "m" is of minutes: behind hours or before seconds.
func minutes(all []token, i int) bool {
	if all[i].text[0] != 'm' {
		return false
	}
	for before := i - 1; before >= 0; before-- {
		if all[before].kind == 'd' && all[before].text != "AM/PM" {
			if strings.Contains(all[before].text, "h") {
				return true
			}
			break
		}
	}
	for after := i + 1; after < len(all); after++ {
		if all[after].kind == 'd' {
			return strings.Contains(all[after].text, "s")
		}
	}
	return false
}

// momentPart is a part of a day or a time.
func momentPart(code string, t time.Time, n float64, half, isMinutes bool) string {
	width := len(code)
	switch code[0] {
	case 'A':
		return t.Format("PM")
	case '[':
		return elapsed(code[1], n)
	case 'y':
		if width <= 2 {
			return padded(t.Year()%100, 2)
		}
		return padded(t.Year(), 4)
	case 'h':
		hour := t.Hour()
		if half {
			hour = (hour+11)%12 + 1
		}
		return padded(hour, width)
	case 's':
		return padded(t.Second(), width)
	case 'd':
		return lettered(t.Day(), t.Weekday().String(), width)
	}
	if isMinutes {
		return padded(t.Minute(), width)
	}
	return lettered(int(t.Month()), t.Month().String(), width)
}

// elapsed is all hours, minutes or seconds of a number.
func elapsed(unit byte, n float64) string {
	n *= 24
	if unit != 'h' {
		n *= 60
	}
	if unit == 's' {
		n *= 60
	}
	return strconv.Itoa(int(math.Floor(n + 1e-6)))
}

// lettered is a day or a month by its number, its short name, its name or a letter.
func lettered(n int, name string, width int) string {
	switch width {
	case 1, 2:
		return padded(n, width)
	case 3:
		return name[:3]
	case 5:
		return name[:1]
	}
	return name
}

func padded(n, width int) string {
	if width > 1 && n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
