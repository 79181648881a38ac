package batch

import (
	"encoding/base64"
	"encoding/json"
	"mime"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// readBody turns a step's body into the bytes that a request of its own would
// have: JSON as it stands, text as text, all else from base64 (D; O for text).
func (s *Step) readBody(raw json.RawMessage, at place) {
	present := len(raw) > 0 && string(raw) != "null"
	media := s.Header.Get("Content-Type")
	if media == "" && (present || writes(s.Method)) {
		s.refuse("Write request id : "+s.ID+" does not contain Content-Type header or body.",
			at.of(": a request with a body needs headers with Content-Type, and a write needs a body, be it {}"))
		return
	}
	if !present {
		return
	}
	body, ok := content(raw, media)
	if !ok {
		s.refuse("Invalid batch payload format.", at.of("/body: want base64 or base64url for "+media))
		return
	}
	s.Body = body
}

// writes reports whether a method needs a body in a batch.
func writes(method string) bool { return method == "POST" || method == "PATCH" || method == "PUT" }

func content(raw json.RawMessage, media string) ([]byte, bool) {
	kind, _, err := mime.ParseMediaType(media)
	if err != nil {
		kind = media
	}
	isJSON := strings.HasSuffix(kind, "/json") || strings.HasSuffix(kind, "+json")
	if isJSON || raw[0] != '"' {
		return raw, true
	}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return nil, false
	}
	if strings.HasPrefix(kind, "text/") {
		return []byte(text), true
	}
	return decode(text)
}

// decode reads base64 in either alphabet, with or without padding.
func decode(text string) ([]byte, bool) {
	text = strings.TrimRight(strings.NewReplacer("-", "+", "_", "/").Replace(text), "=")
	b, err := base64.RawStdEncoding.DecodeString(text)
	return b, err == nil
}

// refuse answers the step without running it; the first refusal stands.
func (s *Step) refuse(message, reason string) {
	if s.Refused == nil {
		s.Refused, s.Reason = grapherr.BadPath(message), reason
	}
}
