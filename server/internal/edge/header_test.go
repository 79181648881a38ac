package edge

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

func FuzzHTTPDate(f *testing.F) {
	f.Add(int64(0))
	f.Add(testTime.Unix())
	f.Add(int64(951782399)) // the end of 28 February 2000
	f.Fuzz(func(t *testing.T, seconds int64) {
		at := time.Unix(seconds%(1<<37), 0).UTC()
		if at.Year() < 0 || at.Year() > 9999 {
			return // no such date can be written
		}
		if got, want := httpDate(at), at.Format(http.TimeFormat); got != want {
			t.Fatalf("%s, want %s", got, want)
		}
	})
}

func TestLine(t *testing.T) {
	for text, want := range map[string]string{
		"plain":                 "plain",
		"two\r\nlines\tend":     "two  lines end",
		"a\nX-Evil: 1":          "a X-Evil: 1",
		"caf\u00e9 \x7f":        "caf? ?",
		strings.Repeat("x", 99): strings.Repeat("x", 17) + "...",
	} {
		if got := line(text, 20); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestWarnings(t *testing.T) {
	got := warnings([]string{`unknown property "x\y"`, "two\nlines"})
	want := []string{`299 fakegraph "unknown property \"x\\y\""`, `299 fakegraph "two lines"`}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	many := warnings(make([]string, 25))
	if len(many) != maxWarnings+1 || many[maxWarnings] != `299 fakegraph "and 15 more"` {
		t.Errorf("%d: %q", len(many), many[len(many)-1])
	}
}
