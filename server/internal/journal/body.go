package journal

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// content renders what is kept of a body of so many bytes.
func content(mediaType string, body []byte, size int) Content {
	c := Content{BodyBytes: size, BodyTruncated: size > len(body)}
	c.Body = show(strings.ToLower(mediaType), body, c.BodyTruncated)
	return c
}

// show renders a body: JSON as it is, another text as a JSON string, and
// nothing where secrets could not be told from the rest.
func show(mediaType string, body []byte, truncated bool) json.RawMessage {
	if truncated {
		body = wholeRunes(body)
	}
	switch {
	case len(body) == 0 || !utf8.Valid(body) || isMarkup(mediaType):
		return nil
	case !truncated && !isForm(mediaType) && json.Valid(body):
		return compact(redactJSON(body))
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(redactText(string(body))) // a string into memory: cannot fail
	return bytes.TrimSpace(text.Bytes())
}

func isForm(mediaType string) bool {
	return strings.HasPrefix(mediaType, "application/x-www-form-urlencoded")
}

// isMarkup is about formats in which a name does not stand before its value.
func isMarkup(mediaType string) bool {
	return strings.Contains(mediaType, "html") || strings.Contains(mediaType, "xml") ||
		strings.HasPrefix(mediaType, "multipart/form-data")
}

func compact(text []byte) json.RawMessage {
	var out bytes.Buffer
	_ = json.Compact(&out, text) // known to be valid
	return out.Bytes()
}

// wholeRunes takes off the character that was cut in two, if one was.
func wholeRunes(body []byte) []byte {
	for n := 1; n < utf8.UTFMax && n <= len(body); n++ {
		if c := body[len(body)-n]; utf8.RuneStart(c) {
			if !utf8.FullRune(body[len(body)-n:]) {
				return body[:len(body)-n]
			}
			break
		}
	}
	return body
}
