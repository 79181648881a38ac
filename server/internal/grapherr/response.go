package grapherr

import (
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// Response turns the error into the answer of a call. reason is for the tester.
func (e *Error) Response(c *call.Call, now time.Time, reason string) call.Response {
	r := call.Response{
		Status: e.Status,
		Body:   e.Body(now, c.RequestID, c.ClientRequestID),
		Reason: reason,
	}
	r.Set("Content-Type", "application/json")
	for _, f := range e.Header {
		r.Set(f.Name, f.Value)
	}
	return r
}
