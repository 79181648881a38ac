package edge

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// maxHeld is how much of an answer waits for its handler to return. What goes
// beyond it is streamed: handler and client then wait for each other.
const maxHeld = 64 << 10

// answer is the in-process http.ResponseWriter. Until ready is closed it
// belongs to the handler's goroutine; after that the client's side reads
// response and err, and the handler has only stream left.
type answer struct {
	ready    chan struct{} // closed when response or err is there
	response http.Response
	err      error // instead of a response

	header  http.Header
	status  int    // 0 before WriteHeader
	held    []byte // the body so far
	lent    bool   // held is somebody else's and must not be appended to
	sent    int64  // length of the body so far
	length  int64  // Content-Length as the handler declared it, or -1
	stream  *io.PipeWriter
	handed  bool // ready is closed
	request *http.Request
	cancel  context.CancelFunc // ends the handler's context
	whole   wholeBody          // the response's body when it is not streamed
}

func newAnswer(req *http.Request, cancel context.CancelFunc) *answer {
	return &answer{ready: make(chan struct{}), header: make(http.Header), request: req, cancel: cancel, length: -1}
}

// inProcess finds the answer under middleware's writers; nil when w leads to a
// connection.
func inProcess(w http.ResponseWriter) *answer {
	for {
		switch t := w.(type) {
		case *answer:
			return t
		case interface{ Unwrap() http.ResponseWriter }:
			w = t.Unwrap()
		default:
			return nil
		}
	}
}

// result is for the client's side, once ready is closed.
func (a *answer) result() (*http.Response, error) {
	if a.err != nil {
		return nil, a.err
	}
	return &a.response, nil
}

// Header implements http.ResponseWriter. After WriteHeader, changes have no
// effect, as on a connection.
func (a *answer) Header() http.Header {
	if a.status != 0 {
		return a.header.Clone()
	}
	return a.header
}

// WriteHeader implements http.ResponseWriter. Informational answers are
// dropped: a Go client sees them by httptrace only.
func (a *answer) WriteHeader(status int) {
	if status < 100 || status > 999 {
		panic(fmt.Sprintf("invalid WriteHeader code %d", status))
	}
	if a.status != 0 || status < http.StatusOK {
		return
	}
	a.status = status
	if _, there := a.header["Date"]; !there {
		a.header["Date"] = []string{dateNow()}
	}
	if n, err := strconv.ParseInt(a.header.Get("Content-Length"), 10, 64); err == nil && n >= 0 {
		a.length = n
	}
}

// Write implements http.ResponseWriter.
func (a *answer) Write(p []byte) (int, error) {
	if a.status == 0 {
		a.WriteHeader(http.StatusOK)
	}
	if !a.bodyAllowed() {
		return 0, http.ErrBodyNotAllowed
	}
	if a.length >= 0 && a.sent+int64(len(p)) > a.length {
		return 0, http.ErrContentLength
	}
	a.sent += int64(len(p))
	switch {
	case a.isHead():
		if a.held == nil {
			a.held = bytes.Clone(p) // to find the Content-Type
		}
		return len(p), nil
	case a.stream != nil:
		return a.stream.Write(p)
	case len(a.held)+len(p) > maxHeld:
		a.Flush()
		return a.stream.Write(p)
	}
	if a.lent {
		a.held, a.lent = bytes.Clone(a.held), false
	}
	a.held = append(a.held, p...)
	return len(p), nil
}

// lend is Write of the whole body without a copy: p is never changed.
func (a *answer) lend(p []byte) {
	if a.held != nil || a.stream != nil || a.status == 0 || a.isHead() || !a.bodyAllowed() {
		_, _ = a.Write(p)
		return
	}
	a.held, a.lent, a.sent = p, true, int64(len(p))
}

func (a *answer) isHead() bool { return a.request.Method == http.MethodHead }

func (a *answer) bodyAllowed() bool {
	return a.status != http.StatusNoContent && a.status != http.StatusNotModified
}

// Flush implements http.Flusher: the client gets the answer, and what follows
// is streamed.
func (a *answer) Flush() {
	if a.handed {
		return
	}
	if a.status == 0 {
		a.WriteHeader(http.StatusOK)
	}
	a.header = a.header.Clone() // the handler may hold the other
	a.sniff()
	if a.isHead() || !a.bodyAllowed() {
		a.handOver(http.NoBody)
		return
	}
	var reader *io.PipeReader
	reader, a.stream = io.Pipe()
	a.handOver(newStreamedBody(a.request.Context(), a.held, reader, a.stream, a.cancel))
}

// fail makes the client's request fail. It has no effect once the answer went
// out.
func (a *answer) fail(err error) {
	if !a.handed {
		a.err = err
		a.hand()
	}
}

// finish ends the answer when the handler returned, or panicked with p.
func (a *answer) finish(p any) {
	defer a.cancel()
	switch {
	case p != nil:
		a.abort(p)
	case a.stream != nil:
		_ = a.stream.CloseWithError(a.missing())
	case !a.handed:
		a.complete()
	}
}

// abort ends a connection as a panic does at net/http's server.
func (a *answer) abort(p any) {
	before, after := io.EOF, io.ErrUnexpectedEOF
	if p != http.ErrAbortHandler {
		before = fmt.Errorf("in-process transport: handler panicked: %v", p)
		after = before
	}
	a.fail(before)
	if a.stream != nil {
		_ = a.stream.CloseWithError(after)
	}
}

// complete hands over an answer that the handler finished.
func (a *answer) complete() {
	if a.status == 0 {
		a.WriteHeader(http.StatusOK)
	}
	a.sniff()
	if a.length < 0 && (a.sent > 0 || !a.isHead()) && a.bodyAllowed() {
		a.length = a.sent
		a.header["Content-Length"] = []string{strconv.FormatInt(a.sent, 10)}
	}
	if a.isHead() || !a.bodyAllowed() {
		a.handOver(http.NoBody)
		return
	}
	a.whole.data, a.whole.end = a.held, a.missing()
	a.handOver(&a.whole)
}

// sniff sets Content-Type as net/http does, unless the handler set it, be it to
// nil.
func (a *answer) sniff() {
	values, there := a.header["Content-Type"]
	switch {
	case there && len(values) == 0:
		delete(a.header, "Content-Type")
	case !there && len(a.held) > 0:
		a.header["Content-Type"] = []string{http.DetectContentType(a.held)}
	}
}

// missing is how the body ends: soundly, or before the length it declared.
func (a *answer) missing() error {
	if a.length > a.sent {
		return io.ErrUnexpectedEOF
	}
	return io.EOF
}

// handOver makes the response.
func (a *answer) handOver(body io.ReadCloser) {
	length := a.length
	if !a.bodyAllowed() && !a.isHead() {
		length = 0
	}
	a.response = http.Response{
		Status:        statusLine(a.status),
		StatusCode:    a.status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        a.header,
		Body:          body,
		ContentLength: length,
		Request:       a.request,
	}
	if length < 0 && body != http.NoBody {
		a.response.TransferEncoding = []string{"chunked"}
	}
	a.hand()
}

func (a *answer) hand() {
	a.handed = true
	close(a.ready)
}

func statusLine(status int) string {
	return strconv.Itoa(status) + " " + http.StatusText(status)
}
