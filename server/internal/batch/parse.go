package batch

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// Parse reads the body of a $batch request to a version, of at most so many
// steps. It returns either a batch that can be run, perhaps with refused steps,
// or why it cannot be run.
func Parse(body []byte, version string, most int) (*Batch, *Malformed) {
	bad := &Malformed{}
	requests, err := readDocument(body)
	if err != nil {
		bad.add("Invalid batch payload format.", "body: "+err.Error())
		return nil, bad
	}
	n := len(requests)
	if n == 0 {
		bad.add("Invalid batch payload format.", fmt.Sprintf("/requests: want a list of 1 to %d requests", most))
		return nil, bad
	}
	if n > most {
		bad.add(fmt.Sprintf("Number of batch request steps exceeds the maximum value of %d.", most),
			fmt.Sprintf("/requests: %d requests, at most %d", n, most))
		return nil, bad
	}
	b := readSteps(requests, version, bad)
	b.order(requests, bad)
	if len(bad.Findings) > 0 {
		return nil, bad
	}
	return b, nil
}

func readSteps(requests []request, version string, bad *Malformed) *Batch {
	b := &Batch{Steps: make([]Step, len(requests))}
	seen := make(map[string]int, len(requests))
	for i := range requests {
		r, at := &requests[i], place(i)
		id, ok := identifier(r.ID)
		if !ok {
			bad.add("Request Id cannot be null or empty.", at.of("/id: want a string or a number"))
			continue
		}
		if first, twice := seen[strings.ToLower(id)]; twice {
			bad.add("Request Ids are not unique, request id : "+id+" was repeated.", at.of(fmt.Sprintf("/id: %q is also that of /requests/%d; case does not count", id, first)))
		}
		seen[strings.ToLower(id)] = i
		if r.Method == "" {
			bad.add("Request Method cannot be null or empty for request Id : "+id+".", at.of("/method: missing"))
		}
		if r.URL == "" {
			bad.add("Request URL cannot be null or empty for request Id : "+id+".", at.of("/url: missing"))
		}
		b.Steps[i] = Step{ID: id, Method: strings.ToUpper(r.Method), After: -1}
		b.Steps[i].read(r, version, at, bad)
	}
	return b
}

// identifier is a request's id: a string, or a number as the CLI for Microsoft
// 365 sends it (graph-behaviour §14.6).
func identifier(raw json.RawMessage) (string, bool) {
	var id string
	if len(raw) > 0 && raw[0] == '"' {
		ok := json.Unmarshal(raw, &id) == nil
		return id, ok && id != ""
	}
	var number json.Number
	if len(raw) == 0 || string(raw) == "null" || json.Unmarshal(raw, &number) != nil {
		return "", false
	}
	return number.String(), true
}

// read fills what the step will ask for, or why it cannot.
func (s *Step) read(r *request, version string, at place, bad *Malformed) {
	s.Header = make(call.Header, 4)
	for name, raw := range entity.Each(r.Headers) {
		name, _ := entity.Unquote(name.Quoted)
		value, ok := headerValue(raw)
		if !ok {
			bad.add("Invalid batch payload format.", at.of("/headers/"+name+": want a string"))
			continue
		}
		s.setHeader(name, value)
	}
	if s.Path, s.RawQuery, s.Reason = address(r.URL, version); s.Reason != "" {
		s.refuse("Invalid URL format specified for request Id : "+s.ID+".", at.of("/url: "+s.Reason))
		return
	}
	s.readBody(r.Body, at)
}
