package batch

import (
	"encoding/json"
	"net/textproto"
	"strings"
)

// headerValue is a header field as JSON. Numbers and Booleans stand for their
// text: clients build the object from whatever they have.
func headerValue(raw json.RawMessage) (string, bool) {
	if len(raw) == 0 {
		return "", false
	}
	switch raw[0] {
	case '"':
		var text string
		return text, json.Unmarshal(raw, &text) == nil
	case '{', '[', 'n':
		return "", false
	}
	return string(raw), true
}

// setHeader adds a field of a step. The names of steps have any case, and the
// caller's identity is that of the batch (?, graph-behaviour §7).
func (s *Step) setHeader(name, value string) {
	name = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name))
	if name != "Authorization" {
		s.Header[name] = []string{value}
	}
}
