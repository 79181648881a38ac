package grapherr

import (
	"net/http"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// Response turns the error into the answer of a call. reason is for the tester.
func (e *Error) Response(c *call.Call, now time.Time, reason string) call.Response {
	r := call.Response{
		Status: e.Status,
		Body:   e.traced(c).Body(now, c.RequestID, c.ClientRequestID),
		Reason: reason,
	}
	r.Set("Content-Type", "application/json")
	for _, f := range e.Header {
		r.Set(http.CanonicalHeaderKey(f.Name), f.Value)
	}
	return r
}
