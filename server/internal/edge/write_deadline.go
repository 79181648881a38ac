package edge

import (
	"errors"
	"net"
	"os"
	"sync/atomic"
	"time"
)

// writeDeadline gives up on a client that does not take what it is sent. The
// deadline on the socket is moved only when half of its time is over, so that
// an ordinary answer costs a look at the clock.
type writeDeadline struct {
	conn    net.Conn
	timeout time.Duration
	born    time.Time
	until   atomic.Int64 // after born; 0 for no deadline of ours
	foreign atomic.Bool  // somebody else has set one, which then holds
	over    atomic.Bool  // the client was given up
}

func newWriteDeadline(c net.Conn, timeout time.Duration) writeDeadline {
	return writeDeadline{conn: c, timeout: timeout, born: time.Now()}
}

// arm makes sure that a write that begins now ends within half the timeout to
// the whole of it.
func (d *writeDeadline) arm() {
	now := time.Since(d.born)
	if d.foreign.Load() || time.Duration(d.until.Load())-now >= d.timeout/2 {
		return
	}
	until := now + d.timeout
	d.until.Store(int64(until))
	_ = d.conn.SetWriteDeadline(d.born.Add(until)) // the write itself will tell
}

// moves reports whether a write that ran into the deadline got so far that it
// may go on. After one that did not, nothing is written any more: a farewell of
// TLS would only wait again.
func (d *writeDeadline) moves(n int, err error) bool {
	if d.foreign.Load() || !errors.Is(err, os.ErrDeadlineExceeded) {
		return false
	}
	enough := max(1, int(d.timeout/2/time.Second)*minRate)
	d.over.Store(n < enough)
	return n >= enough
}

// Write writes all of p, or as much as the client takes in time.
func (c *connection) Write(p []byte) (int, error) {
	sent := 0
	for {
		if c.writing.over.Load() {
			return sent, os.ErrDeadlineExceeded
		}
		c.writing.arm()
		n, err := c.Conn.Write(p[sent:])
		sent += n
		if err == nil || !c.writing.moves(n, err) {
			return sent, err
		}
	}
}

// SetWriteDeadline is called by net/http and crypto/tls. Taking the deadline
// back, as net/http does after every request, leaves ours in place: it is
// without effect while nothing is written.
func (c *connection) SetWriteDeadline(t time.Time) error {
	if t.IsZero() && !c.writing.foreign.Load() {
		return nil
	}
	c.writing.foreign.Store(!t.IsZero())
	c.writing.until.Store(0)
	return c.Conn.SetWriteDeadline(t)
}

// SetDeadline sets both.
func (c *connection) SetDeadline(t time.Time) error {
	return errors.Join(c.Conn.SetReadDeadline(t), c.SetWriteDeadline(t))
}
