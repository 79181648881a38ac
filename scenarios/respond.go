package scenarios

import "encoding/json"

// Respond is an answer in place of the operation's own. With a status of 400 or
// more and neither Error nor Body, the answer is worded as Graph words that
// status for the workload.
//
// Texts in Headers, Body and Error may hold expressions between "{{" and "}}"
// that stand for values of the request; see template.go.
type Respond struct {
	Status     int               `json:"status"`               // 200 to 599
	Error      *Error            `json:"error,omitempty"`      // nil: Graph's own
	Headers    map[string]string `json:"headers,omitempty"`    // added to those of every answer
	Body       any               `json:"body,omitempty"`       // JSON value; a text is sent as it is; nil: none
	RetryAfter *Duration         `json:"retryAfter,omitempty"` // whole seconds; nil: 3s for 429 and 503 where the service sends Retry-After, else none

	// Enforce answers again, with what is left to wait, whoever comes before
	// RetryAfter is over. Such a request is not counted.
	Enforce bool `json:"enforce,omitempty"`
}

// Error replaces parts of Graph's error object.
type Error struct {
	Code       string         `json:"code,omitempty"`       // "": as Graph words the status
	Message    string         `json:"message,omitempty"`    // "": as Graph words the status
	InnerError map[string]any `json:"innerError,omitempty"` // members added to the inner error
}

// Content returns Body as bytes and its media type, "" when there is no Body.
func (r *Respond) Content() (body []byte, mediaType string) {
	switch b := r.Body.(type) {
	case nil:
		return nil, ""
	case string:
		return []byte(b), "text/plain; charset=utf-8"
	}
	body, err := json.Marshal(r.Body)
	if err != nil {
		return nil, ""
	}
	return body, "application/json"
}
