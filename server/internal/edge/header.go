package edge

import (
	"strconv"
	"strings"
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
