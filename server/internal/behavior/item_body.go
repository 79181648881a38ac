package behavior

// Evidence for Prefer: outlook.body-content-type (graph-behaviour §2.14):
//   - documented: "text" makes the service convert the bodies of messages and
//     events; without it they come as HTML; the preference is echoed.
//   - assumed (2026-11): paragraphs, lines and table rows end a line, all other
//     tags vanish; a body that was written as text is not converted to HTML.

import (
	"html"
	"regexp"
	"strings"
)

const textBodies = `outlook.body-content-type="text"`

// preferText converts bodies of an item to text for a client that prefers it.
func preferText(tx Tx, e *Entity, names ...string) {
	if !prefersText(tx) {
		return
	}
	for _, name := range names {
		body := inner(e.Object, name)
		if !strings.EqualFold(text(body, "contentType"), "html") {
			continue
		}
		body = body.Clone()
		body.SetString("contentType", "text")
		body.SetString("content", plainText(text(body, "content")))
		e.Set(name, body.JSON())
	}
}

// prefersText reports whether the client prefers bodies as text, which is echoed.
func prefersText(tx Tx) bool {
	if !tx.Prefers(textBodies) && !tx.Prefers("outlook.body-content-type=text") {
		return false
	}
	tx.Applied(textBodies)
	return true
}

var (
	lineEnd    = regexp.MustCompile(`(?i)<br\s*/?>|</(p|div|tr|li|h[1-6])>`)
	otherTag   = regexp.MustCompile(`(?is)<(style|script|head)\b.*?</(style|script|head)>|<!--.*?-->|<[^>]*>`)
	whiteSpace = regexp.MustCompile(`\s+`)
)

// plainText is HTML as text.
func plainText(source string) string {
	source = whiteSpace.ReplaceAllString(source, " ")
	source = lineEnd.ReplaceAllString(source, "\r\n")
	source = html.UnescapeString(otherTag.ReplaceAllString(source, ""))
	lines := strings.Split(source, "\r\n")
	for i, line := range lines {
		lines[i] = strings.Trim(line, " ")
	}
	return strings.TrimRight(strings.Join(lines, "\r\n"), "\r\n")
}
