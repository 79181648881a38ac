package edge

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// connection is a socket that a [Server] accepted, with what Close must know.
type connection struct {
	net.Conn
	owner   *connections
	state   atomic.Int32                 // http.ConnState; zero is StateNew
	request atomic.Pointer[http.Request] // in flight, the last one on HTTP/2; nil for none
	writing writeDeadline

	seenIdle atomic.Bool // by retire, at its last look
}

// NetConn lets a fault reach the socket.
func (c *connection) NetConn() net.Conn { return c.Conn }

// Close takes the connection off the list before it closes it.
func (c *connection) Close() error {
	c.owner.remove(c)
	return c.Conn.Close()
}

// hold names the connection for who waits for it. The query stays out, since
// tokens travel in it.
func (c *connection) hold() string {
	text := fmt.Sprintf("%s (%s", c.RemoteAddr(), http.ConnState(c.state.Load()))
	if r := c.request.Load(); r != nil {
		text += ", " + r.Method + " " + line(r.URL.Path, 200)
	}
	return text + ")"
}

// connections are the open ones of a server.
type connections struct {
	places chan struct{} // one is taken by each open connection and by each Accept that runs

	mu     sync.Mutex
	open   map[*connection]struct{}
	closed bool // new connections are refused
}

// add reports false when the server takes no connection any more. The caller
// has a place for c, which is c's from then on.
func (cs *connections) add(c *connection) bool {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if cs.closed {
		return false
	}
	if cs.open == nil {
		cs.open = make(map[*connection]struct{})
	}
	cs.open[c] = struct{}{}
	return true
}

func (cs *connections) remove(c *connection) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if _, there := cs.open[c]; there {
		delete(cs.open, c)
		cs.vacate(true)
	}
}

// retire refuses new connections and, until stop is closed, closes those
// without a request. http.Server.Shutdown alone would give a connection that
// sent nothing yet five seconds, and an idle one of HTTP/2 one second.
func (cs *connections) retire(stop <-chan struct{}) {
	cs.mu.Lock()
	cs.closed = true
	cs.mu.Unlock()
	wait := 100 * time.Microsecond
	for {
		cs.close((*connection).unused)
		select {
		case <-stop:
			return
		case <-time.After(wait):
			wait = min(2*wait, 10*time.Millisecond)
		}
	}
}

// unused reports whether a connection may be closed without loss. Idle counts
// at the second look: HTTP/2 says so before it has flushed its last frame.
func (c *connection) unused() bool {
	idle := http.ConnState(c.state.Load()) == http.StateIdle
	seen := c.seenIdle.Swap(idle)
	return idle && seen || http.ConnState(c.state.Load()) == http.StateNew
}

func (cs *connections) closeAll() { cs.close(func(*connection) bool { return true }) }

func (cs *connections) close(which func(*connection) bool) {
	for _, c := range cs.list() {
		if which(c) {
			_ = c.Close()
		}
	}
}

func (cs *connections) list() []*connection {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	list := make([]*connection, 0, len(cs.open))
	for c := range cs.open {
		list = append(list, c)
	}
	return list
}

func (cs *connections) count() int {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	return len(cs.open)
}

// maxHolders bounds what an error lists.
const maxHolders = 20

// holders says which connections are not idle.
func (cs *connections) holders() []string {
	var held []string
	for _, c := range cs.list() {
		if http.ConnState(c.state.Load()) != http.StateIdle {
			held = append(held, c.hold())
		}
	}
	slices.Sort(held)
	if n := len(held); n > maxHolders {
		held = append(held[:maxHolders], fmt.Sprintf("and %d more", n-maxHolders))
	}
	return held
}

// noting keeps on each connection the request that it serves.
func (cs *connections) noting(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c := unwrapConnection(connectionOf(r.Context())); c != nil {
			c.request.Store(r)
			defer c.request.CompareAndSwap(r, nil)
		}
		next.ServeHTTP(w, r)
	})
}

// connectionKey finds a request's connection in its context: the one that
// net/http reads and writes, so a *tls.Conn where there is TLS.
type connectionKey struct{}

func withConnection(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey{}, c)
}

// connectionOf returns nil for a request that came through no [Server].
func connectionOf(ctx context.Context) net.Conn {
	c, _ := ctx.Value(connectionKey{}).(net.Conn)
	return c
}

func noteState(c net.Conn, state http.ConnState) {
	if known := unwrapConnection(c); known != nil {
		known.state.Store(int32(state))
	}
}

// unwrapConnection finds the connection under TLS and tunnels, or nil.
func unwrapConnection(c net.Conn) *connection {
	for {
		if known, ok := c.(*connection); ok {
			return known
		}
		wrapped, ok := c.(interface{ NetConn() net.Conn })
		if !ok {
			return nil
		}
		c = wrapped.NetConn()
	}
}
