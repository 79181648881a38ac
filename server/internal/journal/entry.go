package journal

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// Entry is one call as a reader sees it: in Go, and as JSON under
// /_fake/requests. Secrets are redacted in it.
type Entry struct {
	Number          uint64     `json:"number"` // from 1, in the order in which calls were answered
	Time            time.Time  `json:"time"`   // of arrival, on the fake's clock
	DurationMs      float64    `json:"durationMs"`
	Method          string     `json:"method"`
	URL             string     `json:"url"`  // as the client used it
	Path            string     `json:"path"` // with the version, as sent: "/v1.0/users"; what a scenario's match.path is held against
	Version         string     `json:"version"`
	Tenant          string     `json:"tenant"`
	RequestID       string     `json:"requestId"`
	ClientRequestID string     `json:"clientRequestId"`
	InBatch         bool       `json:"inBatch,omitempty"`   // a step of a $batch
	Delivery        *Delivery  `json:"delivery,omitempty"`  // nil for a request of a client; else the server made it
	Operation       *Operation `json:"operation,omitempty"` // nil when the catalogue has none
	Principal       Principal  `json:"principal"`
	Decision        Decision   `json:"decision"`
	Request         Request    `json:"request"`
	Response        *Response  `json:"response,omitempty"` // nil when there was no answer
}

// String is the entry in a line: what was called, how it was answered and why.
func (e Entry) String() string {
	line := fmt.Sprintf("%d: %s %s: ", e.Number, e.Method, e.Path)
	if e.Delivery != nil {
		line = fmt.Sprintf("%d: delivery of %s, %s %s: ", e.Number, e.Delivery.Kind, e.Method, e.URL)
	}
	switch {
	case e.Delivery != nil && e.Response == nil:
		return line + e.Delivery.Error
	case e.Response == nil:
		return line + "no answer"
	case e.Response.Reason == "":
		return line + strconv.Itoa(e.Response.Status)
	}
	return line + strconv.Itoa(e.Response.Status) + ": " + e.Response.Reason
}

// Operation is what the OpenAPI document calls the call.
type Operation struct {
	ID       string `json:"id"`
	Template string `json:"template"` // "/users/{user-id}"
}

// The values of Principal.Kind.
const (
	Anonymous = "anonymous" // no Authorization header
	App       = "app"
	User      = "user"
	Opaque    = "opaque" // a token that says nothing of permissions
)

// Principal is who the bearer token speaks for; never the token.
type Principal struct {
	Kind    string   `json:"kind"`
	App     string   `json:"app,omitempty"`  // client id
	User    string   `json:"user,omitempty"` // user principal name, else object id
	Tenant  string   `json:"tenant,omitempty"`
	Scopes  []string `json:"scopes,omitempty"`
	Roles   []string `json:"roles,omitempty"`
	TokenID string   `json:"tokenId,omitempty"` // uti
	Fault   string   `json:"fault,omitempty"`   // why the token was not accepted
}

// Decision is why the call was answered as it was.
type Decision struct {
	Rule       *Rule       `json:"rule,omitempty"`       // nil when no rule decided
	Permission *Permission `json:"permission,omitempty"` // nil when none was checked
	Findings   []Finding   `json:"findings,omitempty"`

	// RetriedEarlyMs is how much sooner the client came than Retry-After told it
	// to; 0 when it waited.
	RetriedEarlyMs float64 `json:"retriedEarlyMs,omitempty"`

	// NearMisses are the rules that would have decided but for one or two
	// things, by the scenarios and counters of now; only where no rule decided.
	NearMisses []NearMiss `json:"nearMisses,omitempty"`
}

// NearMiss is a rule that nearly decided.
type NearMiss struct {
	Scenario string   `json:"scenario"`
	Rule     int      `json:"rule"`   // from 1
	Missed   []string `json:"missed"` // what did not fit
}

// Rule is what decided about a call before its operation had a say: a rule of
// a scenario, or the header X-Fake-Fault.
type Rule struct {
	Scenario string `json:"scenario,omitempty"` // its name; "" when the header decided
	Rule     int    `json:"rule,omitempty"`     // from 1, in the scenario's order; 0 when the header decided
	Reason   string `json:"reason,omitempty"`   // in a line, how it came to that
}

// The values of Permission.Source.
const (
	Documented = "documented" // Graph's documentation names the permissions
	Inherited  = "inherited"  // taken from the nearest documented operation
	Unknown    = "unknown"    // nothing is known, so nothing was refused
)

// Permission is how the check of permissions came out.
type Permission struct {
	Allowed bool     `json:"allowed"`
	Needed  []string `json:"needed"` // one of these is enough
	Had     []string `json:"had"`    // what the token has
	Source  string   `json:"source"` // where Needed comes from
}

// Finding is something that validation found.
type Finding struct {
	In   string `json:"in"`   // path, query, header or body
	Path string `json:"path"` // JSON pointer into the body, or the parameter's name
	Kind string `json:"kind"` // the rule of the OpenAPI document that is broken
	Text string `json:"text"`
}

// Request is what the client sent.
type Request struct {
	Headers map[string][]string `json:"headers"`
	Content
	BodyError string `json:"bodyError,omitempty"` // why the body could not be taken
}

// Response is what it was answered.
type Response struct {
	Status  int                 `json:"status"`
	Headers map[string][]string `json:"headers"` // those of this answer; not what every answer has
	Content
	Reason   string   `json:"reason,omitempty"` // as in X-Fake-Reason
	Warnings []string `json:"warnings,omitempty"`
	DelayMs  float64  `json:"delayMs,omitempty"` // that a scenario put before it
	Fault    string   `json:"fault,omitempty"`   // how a scenario spoilt it on its way
}

// Content is a body. Its first 64 KiB are kept.
type Content struct {
	// Body is the JSON that was sent, or a JSON string of another text. It is
	// nil when there was no body, and for bodies that are not shown: HTML, XML,
	// multipart forms, and what is not UTF-8.
	Body          json.RawMessage `json:"body,omitempty"`
	BodyBytes     int             `json:"bodyBytes,omitempty"`     // as sent; 0 when there was none
	BodyTruncated bool            `json:"bodyTruncated,omitempty"` // Body is the beginning, as a string
}
