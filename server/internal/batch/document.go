package batch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// request is one of the requests of a body, as it stands there. What may come in
// more than one JSON type stays raw.
type request struct {
	ID        json.RawMessage
	Method    string
	URL       string
	Headers   json.RawMessage // an object, or empty
	Body      json.RawMessage
	DependsOn json.RawMessage
}

// place is a request's place in the list, for findings.
type place int

// of is a JSON pointer into the request.
func (p place) of(rest string) string { return fmt.Sprintf("/requests/%d%s", int(p), rest) }

var errNoObject = errors.New("want an object with the list requests")

// readDocument reads the requests of a body, none when it has no such list.
// Names are taken in any letter case. Bodies are read for each batch and by
// hand: what they hold keeps sharing their bytes.
func readDocument(body []byte) ([]request, error) {
	if !json.Valid(body) {
		return nil, json.Unmarshal(body, new(any))
	}
	if trimmed := strings.TrimLeft(string(body[:min(len(body), 64)]), " \t\r\n"); trimmed == "" || trimmed[0] != '{' {
		return nil, errNoObject
	}
	var list []request
	for name, raw := range entity.Each(body) {
		if !named(name, "requests") || string(raw) == "null" {
			continue
		}
		if raw[0] != '[' {
			return nil, errors.New("/requests: want a list")
		}
		list = make([]request, 0, MaxSteps)
		for item := range entity.Elements(raw) {
			var r request
			if err := r.fill(item); err != nil {
				return nil, fmt.Errorf("%s: %w", place(len(list)).of(""), err)
			}
			list = append(list, r)
		}
	}
	return list, nil
}

// fill reads one request.
func (r *request) fill(raw json.RawMessage) error {
	if raw[0] != '{' && string(raw) != "null" {
		return errors.New("want an object")
	}
	for name, value := range entity.Each(raw) {
		ok := true
		switch {
		case named(name, "id"):
			r.ID = value
		case named(name, "method"):
			r.Method, ok = text(value)
		case named(name, "url"):
			r.URL, ok = text(value)
		case named(name, "headers"):
			r.Headers, ok = value, value[0] == '{' || string(value) == "null"
		case named(name, "body"):
			r.Body = value
		case named(name, "dependsOn"):
			r.DependsOn = value
		}
		if !ok {
			return fmt.Errorf("%s is of another JSON type", name.Quoted)
		}
	}
	return nil
}

// text is a JSON string, or null for none.
func text(raw json.RawMessage) (string, bool) {
	if string(raw) == "null" {
		return "", true
	}
	return entity.Unquote(raw)
}

// named compares a name without regard to case.
func named(name entity.Name, wanted string) bool {
	if bytes.IndexByte(name.Quoted, '\\') < 0 {
		return bytes.EqualFold(name.Quoted[1:len(name.Quoted)-1], []byte(wanted))
	}
	unquoted, _ := entity.Unquote(name.Quoted)
	return strings.EqualFold(unquoted, wanted)
}
