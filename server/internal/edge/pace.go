package edge

import (
	"errors"
	"io"
	"net/http"
	"os"
	"time"
)

// minRate is how many bytes a second a client must move on the whole, beyond
// the time that it may pause. It is far below any network, and above a client
// that sends one byte now and then to hold a connection.
const minRate = 240

// paced gives up on clients that neither send the body that they announced nor
// take the answer. Each wait may last a timeout, and the whole must come at
// minRate, so that a large transfer passes as long as it moves. Time that the
// handler needs does not count.
//
// Answers over HTTP/1 are paced where they reach the socket, by [connection];
// those over HTTP/2 here, because a client can stop one stream alone.
func paced(next http.Handler, limits Limits) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body != nil && r.Body != http.NoBody {
			r.Body = newPacedBody(w, r.Body, limits.BodyTimeout)
		}
		if r.ProtoMajor > 1 {
			w = &pacedWriter{ResponseWriter: w, pace: pace{timeout: limits.WriteTimeout, set: http.NewResponseController(w).SetWriteDeadline}}
		}
		next.ServeHTTP(w, r)
	})
}

// pace keeps one deadline ahead of a transfer.
type pace struct {
	timeout time.Duration
	set     func(time.Time) error
	armed   time.Time     // when the deadline was last set; zero for none
	moved   int64         // bytes so far
	waited  time.Duration // for the client, so far
}

// begin sets the deadline of a wait that begins, and returns now. A deadline
// that has just been set is left alone.
func (p *pace) begin() time.Time {
	now := time.Now()
	if p.armed.IsZero() || now.Sub(p.armed) > p.timeout/4 || p.behind() {
		p.armed = now
		_ = p.set(now.Add(p.allowance())) // a connection that takes none is not net/http's
	}
	return now
}

// allowance is how long the client may take for its next bytes.
func (p *pace) allowance() time.Duration {
	earned := p.timeout + time.Duration(p.moved)*(time.Second/minRate)
	return max(min(p.timeout, earned-p.waited), time.Millisecond)
}

// behind reports whether the rate is what limits the client.
func (p *pace) behind() bool { return p.allowance() < p.timeout }

// end notes what a wait has brought.
func (p *pace) end(since time.Time, n int) {
	p.moved += int64(n)
	p.waited += time.Since(since)
}

// stop takes the deadline back.
func (p *pace) stop() {
	if !p.armed.IsZero() {
		p.armed = time.Time{}
		_ = p.set(time.Time{})
	}
}

// pacedBody is a request body that must come.
type pacedBody struct {
	io.ReadCloser
	pace
}

// newPacedBody sets the first deadline at once: net/http reads what a handler
// leaves of a body, and would wait for it without one. Before the next request
// it sets its own.
func newPacedBody(w http.ResponseWriter, body io.ReadCloser, timeout time.Duration) *pacedBody {
	b := &pacedBody{ReadCloser: body, pace: pace{timeout: timeout, set: http.NewResponseController(w).SetReadDeadline}}
	b.begin()
	return b
}

func (b *pacedBody) Read(p []byte) (int, error) {
	since := b.begin()
	n, err := b.ReadCloser.Read(p)
	b.end(since, n)
	if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
		b.stop()
	}
	return n, err
}

// pacedWriter is an answer that must be taken.
type pacedWriter struct {
	http.ResponseWriter
	pace
}

// step is how much is written within one deadline.
const step = 8 << 10

func (w *pacedWriter) Write(p []byte) (int, error) {
	sent := 0
	for {
		part := p[sent:min(sent+step, len(p))]
		since := w.begin()
		n, err := w.ResponseWriter.Write(part)
		w.end(since, n)
		if sent += n; err != nil || sent == len(p) {
			return sent, err
		}
	}
}

// Unwrap serves http.ResponseController and the faults.
func (w *pacedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
