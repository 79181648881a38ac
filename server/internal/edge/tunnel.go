package edge

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
)

// tunnel is a connection behind CONNECT.
type tunnel struct {
	net.Conn
	host  string // that the client asked for, without port
	early []byte // what the client sent before it saw the answer to CONNECT
}

// NetConn lets a fault reach the socket.
func (t *tunnel) NetConn() net.Conn { return t.Conn }

func (t *tunnel) Read(p []byte) (int, error) {
	if len(t.early) == 0 {
		return t.Conn.Read(p)
	}
	n := copy(p, t.early)
	t.early = t.early[n:]
	return n, nil
}

func earlyBytes(r *bufio.Reader) []byte {
	early, _ := r.Peek(r.Buffered()) // what is buffered is there
	return append([]byte(nil), early...)
}

// tunnelHost returns the host of c's CONNECT, or "".
func tunnelHost(c net.Conn) string {
	if t, ok := c.(*tunnel); ok {
		return t.host
	}
	return ""
}

// listen makes a listener whose only connection is t, under TLS.
func (t *tunnel) listen(config *tls.Config) net.Listener {
	return &tunnelListener{conn: tls.Server(t, config), addr: t.LocalAddr()}
}

// tunnelListener is used by one goroutine, net/http.Server.Serve's.
type tunnelListener struct {
	conn net.Conn // nil once accepted
	addr net.Addr
}

func (l *tunnelListener) Accept() (net.Conn, error) {
	if l.conn == nil {
		return nil, io.EOF
	}
	c := l.conn
	l.conn = nil
	return c, nil
}

// Close ends a tunnel that the server did not take, because it shuts down.
func (l *tunnelListener) Close() error {
	if l.conn == nil {
		return nil
	}
	return l.conn.Close()
}

func (l *tunnelListener) Addr() net.Addr { return l.addr }
