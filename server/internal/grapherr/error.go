// Package grapherr owns the errors that clients of Graph see: one constructor
// per error, in Graph's wording, each saying how we know (graph-behaviour §0.1:
// D documented, M metadata, R reported, ? assumed).
//
// It knows nothing of requests or stores; families are plain strings. Nobody
// else writes an error body. Start reading at [Error].
package grapherr

import (
	"encoding/json"
	"maps"
	"time"
)

// Error is an error answer: status and the members of Graph's envelope.
type Error struct {
	Status  int
	Code    string // may be empty: planner
	Message string
	Target  string // property that the error is about; "" for none
	Details []Detail
	Inner   *Cause         // leads innerError; nil for none
	Extra   map[string]any // further members of innerError, as a scenario words them; they win
	Header  []Field
}

// Detail is an entry of the envelope's details.
type Detail struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Target  string `json:"target,omitempty"`
}

// Cause is the specific cause inside innerError. Status is set by throttling
// answers only.
type Cause struct {
	Code    string
	Message string
	Status  string
}

// Field is a header field that belongs to the error.
type Field struct{ Name, Value string }

func (e *Error) Error() string { return e.Code + ": " + e.Message }

// With adds a header field.
func (e *Error) With(name, value string) *Error {
	e.Header = append(e.Header, Field{name, value})
	return e
}

type envelope struct {
	Error struct {
		Code    string   `json:"code"`
		Message string   `json:"message"`
		Target  string   `json:"target,omitempty"`
		Details []Detail `json:"details,omitempty"`
		Inner   inner    `json:"innerError"`
	} `json:"error"`
}

type inner struct {
	Code            string `json:"code,omitempty"`
	Message         string `json:"message,omitempty"`
	Date            string `json:"date"`
	RequestID       string `json:"request-id"`
	ClientRequestID string `json:"client-request-id"`
	Status          string `json:"status,omitempty"`
}

// Body returns the envelope as JSON. The date is UTC without a zone, in whole
// seconds (graph-behaviour §4.1).
func (e *Error) Body(date time.Time, requestID, clientRequestID string) []byte {
	var v envelope
	v.Error.Code, v.Error.Message = e.Code, e.Message
	v.Error.Target, v.Error.Details = e.Target, e.Details
	if e.Inner != nil {
		v.Error.Inner.Code, v.Error.Inner.Message, v.Error.Inner.Status = e.Inner.Code, e.Inner.Message, e.Inner.Status
	}
	v.Error.Inner.Date = date.UTC().Format("2006-01-02T15:04:05")
	v.Error.Inner.RequestID, v.Error.Inner.ClientRequestID = requestID, clientRequestID
	if len(e.Extra) > 0 {
		return e.extended(v)
	}
	return encode(v)
}

// extended is the envelope with the further members of innerError laid over
// those of every error.
func (e *Error) extended(v envelope) []byte {
	var base map[string]any
	if json.Unmarshal(encode(v.Error.Inner), &base) != nil {
		return encode(v)
	}
	maps.Copy(base, e.Extra)
	return encode(map[string]any{"error": struct {
		Code    string         `json:"code"`
		Message string         `json:"message"`
		Target  string         `json:"target,omitempty"`
		Details []Detail       `json:"details,omitempty"`
		Inner   map[string]any `json:"innerError"`
	}{e.Code, e.Message, e.Target, e.Details, base}})
}

func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("grapherr: " + err.Error()) // strings only: cannot happen
	}
	return b
}
