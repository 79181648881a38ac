package identity

import "strings"

const (
	reasonBytes = 400 // a header field that no proxy cuts
	quotedBytes = 80  // of what a client sent
)

// oneLine makes a text fit for X-Fake-Reason: no control characters, bounded.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, text)
	return cut(text, reasonBytes)
}

// clip bounds what is quoted of a client's input.
func clip(text string) string { return cut(text, quotedBytes) }

func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	return strings.ToValidUTF8(text[:limit], "") + "…"
}
