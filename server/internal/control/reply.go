package control

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
)

// reply is an answer as a value.
type reply struct {
	status    int
	mediaType string // "" without a body
	header    map[string]string
	body      []byte
}

const jsonType = "application/json"

// ok answers 200 with a JSON value.
func ok(value any) reply { return encode(http.StatusOK, jsonType, value) }

// nothing answers 204.
func nothing() reply { return reply{status: http.StatusNoContent} }

// text answers 200 with bytes as they are.
func text(mediaType string, body []byte) reply {
	return reply{status: http.StatusOK, mediaType: mediaType, body: body}
}

// encode answers with a JSON value, without escapes for HTML: URLs stay legible.
func encode(status int, mediaType string, value any) reply {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return problem(http.StatusInternalServerError, "the answer cannot be written as JSON: %v", err)
	}
	return reply{status: status, mediaType: mediaType, body: body.Bytes()}
}

// with adds a header field.
func (r reply) with(name, value string) reply {
	header := map[string]string{name: value}
	for n, v := range r.header {
		header[n] = v
	}
	r.header = header
	return r
}

// write sends the reply.
func (r reply) write(w http.ResponseWriter, hr *http.Request) {
	h := w.Header()
	for name, value := range r.header {
		h.Set(name, value)
	}
	if r.mediaType != "" {
		h.Set("Content-Type", r.mediaType)
		h.Set("Content-Length", strconv.Itoa(len(r.body)))
	}
	w.WriteHeader(r.status)
	if hr.Method != http.MethodHead {
		_, _ = w.Write(r.body) // the client may have gone
	}
}
