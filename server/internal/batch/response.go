package batch

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// Answer is what came out of a step: the response, and the header fields that
// every Graph response has beside its own.
type Answer struct {
	ID       string
	Response *call.Response
	Common   []call.Field // laid under the response's own
	Sound    bool         // a body that says it is JSON is known to be; else it is looked at
}

// headerRoom is more than the id, the status and the fields of most answers take.
const headerRoom = 512

// Append writes the document of all answers, into one piece of memory.
func Append(b []byte, answers []Answer) []byte {
	size := 32
	for i := range answers {
		size += headerRoom + len(answers[i].Response.Body)
	}
	b = slices.Grow(b, size)
	b = append(b, `{"responses":[`...)
	for i := range answers {
		if i > 0 {
			b = append(b, ',')
		}
		b = answers[i].append(b)
	}
	return append(b, `]}`...)
}

func (a *Answer) append(b []byte) []byte {
	r := a.Response
	b = append(b, `{"id":`...)
	b = entity.Quote(b, a.ID)
	b = append(b, `,"status":`...)
	b = strconv.AppendInt(b, int64(r.Status), 10)
	b = a.appendHeaders(append(b, `,"headers":{`...))
	b = append(b, '}')
	if len(r.Body) > 0 && r.Status != 204 && r.Status != 304 {
		b = appendBody(append(b, `,"body":`...), r.Body, a.mediaType(), a.Sound)
	}
	return append(b, '}')
}

// mediaType is that of the body: JSON unless the response says otherwise.
func (a *Answer) mediaType() string {
	if media := a.Response.Get("Content-Type"); media != "" {
		return media
	}
	return "application/json"
}

func (a *Answer) appendHeaders(b []byte) []byte {
	r := a.Response
	first := true
	add := func(name, value string) {
		if !first {
			b = append(b, ',')
		}
		first = false
		b = entity.Quote(append(entity.Quote(b, name), ':'), value)
	}
	for _, f := range a.Common {
		if r.Get(f.Name) == "" {
			add(f.Name, f.Value)
		}
	}
	for _, f := range joined(r.Header) {
		if f.Name != "Content-Type" {
			add(f.Name, f.Value)
		}
	}
	if r.Reason != "" {
		add("X-Fake-Reason", r.Reason)
	}
	if len(r.Warnings) > 0 {
		add("Warning", strings.Join(r.Warnings, ", "))
	}
	if len(r.Body) > 0 && r.Status != 204 && r.Status != 304 {
		add("Content-Type", a.mediaType())
	}
	return b
}

// joined makes one field of those with the same name: an object has each once.
func joined(list []call.Field) []call.Field {
	for i := range list {
		for j := range i {
			if list[i].Name == list[j].Name {
				return fold(list)
			}
		}
	}
	return list
}

func fold(list []call.Field) []call.Field {
	out := make([]call.Field, 0, len(list))
	place := map[string]int{}
	for _, f := range list {
		if i, there := place[f.Name]; there {
			out[i].Value += ", " + f.Value
			continue
		}
		place[f.Name] = len(out)
		out = append(out, f)
	}
	return out
}

// appendBody writes a body as batches carry it: JSON as JSON, text as a string,
// all else as base64.
func appendBody(b, body []byte, media string, sound bool) []byte {
	kind, _, _ := strings.Cut(media, ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	switch {
	case (strings.HasSuffix(kind, "/json") || strings.HasSuffix(kind, "+json")) && (sound || json.Valid(body)):
		return append(b, body...)
	case strings.HasPrefix(kind, "text/") && utf8.Valid(body):
		return entity.Quote(b, string(body))
	}
	b = append(b, '"')
	b = base64.StdEncoding.AppendEncode(b, body)
	return append(b, '"')
}
