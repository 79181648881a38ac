package edge

import (
	"sync/atomic"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

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

// isNow reports whether a time is of this second of the machine's clock: Date
// is then what the server of a connection writes by itself.
func isNow(t time.Time) bool { return t.Unix() == time.Now().Unix() }

// dateNow is Date as the server of a connection writes it.
func dateNow() string { return httpDate(time.Now()) }
