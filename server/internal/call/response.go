package call

import (
	"io"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
)

// Field is one header field of a response.
type Field struct{ Name, Value string }

// Response is an answer as a value. Only edge turns it into bytes on a
// connection.
type Response struct {
	Status int
	Header []Field // canonical names; edge adds the fields of every Graph response
	Body   []byte  // nil for none; then no Content-Type is sent

	// Stream writes a body of Length bytes instead of Body, for what is too long
	// to be held. It is called once at most, and no transaction is open meanwhile.
	Stream func(to io.Writer) error
	Length int64

	// How edge carries it out; a scenario's doing.

	Delay time.Duration // wait before anything is sent; 0 for none
	// Without names the fields that a scenario takes away, also of those that
	// edge adds; canonical.
	Without []string
	Fault   string // "", or reset, close, stall, truncate, garbage instead of a sound answer

	// For the tester, not for the client under test.

	Reason   string            // one line for X-Fake-Reason; "" when nothing was refused or touched
	Warnings []string          // texts for Warning headers, lenient mode
	Findings []openapi.Finding // what validation found, all of it
}

// Set adds a header field, replacing an earlier one of the same name.
func (r *Response) Set(name, value string) {
	for i := range r.Header {
		if r.Header[i].Name == name {
			r.Header[i].Value = value
			return
		}
	}
	r.Header = append(r.Header, Field{name, value})
}

// Get returns the value of a header field, or "".
func (r *Response) Get(name string) string {
	for _, f := range r.Header {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}
