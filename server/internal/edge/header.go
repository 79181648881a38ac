package edge

import (
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

const (
	maxReason   = 1024 // bytes of X-Fake-Reason
	maxWarnings = 10
	maxWarning  = 300 // bytes of one warning's text
)

// line makes text fit for one header field: printable ASCII, no line breaks, at
// most limit bytes.
func line(text string, limit int) string {
	if !printable(text) {
		text = strings.Map(func(r rune) rune {
			switch {
			case r < ' ':
				return ' '
			case r > '~':
				return '?'
			}
			return r
		}, text)
	}
	return shorten(text, limit)
}

func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return s[:limit-3] + "..."
}

// warnings makes the values of Warning header fields (RFC 7234 §5.5, code 299),
// capped with a count.
func warnings(texts []string) []string {
	values := make([]string, 0, min(len(texts), maxWarnings+1))
	for i, text := range texts {
		if i == maxWarnings {
			return append(values, warning("and "+strconv.Itoa(len(texts)-i)+" more"))
		}
		values = append(values, warning(text))
	}
	return values
}

func warning(text string) string {
	return `299 fakegraph "` + quoted.Replace(line(text, maxWarning)) + `"`
}

var quoted = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

const (
	weekdays = "SunMonTueWedThuFriSat"
	months   = "JanFebMarAprMayJunJulAugSepOctNovDec"
)

// dated is the text of one second.
type dated struct {
	second int64
	text   string
}

// lastDate is the second that an answer showed last: most answers share theirs
// with the one before.
var lastDate atomic.Pointer[dated]

// httpDate formats t as net/http.TimeFormat says.
func httpDate(t time.Time) string {
	second := t.Unix()
	if last := lastDate.Load(); last != nil && last.second == second {
		return last.text
	}
	text := formatDate(t)
	lastDate.Store(&dated{second, text})
	return text
}

// formatDate takes a fifth of Format's time.
func formatDate(t time.Time) string {
	t = t.UTC()
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	w, m := 3*int(t.Weekday()), 3*int(month-1)
	var b [29]byte
	out := append(b[:0], weekdays[w:w+3]...)
	out = append(out, ',', ' ', byte('0'+day/10), byte('0'+day%10), ' ')
	out = append(out, months[m:m+3]...)
	out = append(out, ' ',
		byte('0'+year/1000%10), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10), ' ',
		byte('0'+hour/10), byte('0'+hour%10), ':',
		byte('0'+minute/10), byte('0'+minute%10), ':',
		byte('0'+second/10), byte('0'+second%10), ' ', 'G', 'M', 'T')
	return string(out)
}

// answered is the time that Date shows: the call's arrival on the fake's clock
// and the delay that a scenario added.
func answered(c *call.Call, resp *call.Response) time.Time { return c.Received.Add(resp.Delay) }
