package edge

import (
	"net"
	"net/http"
	"time"
)

// listener hands its connections to the list, as many as there are places.
type listener struct {
	net.Listener
	conns   *connections
	timeout time.Duration   // of a write
	closing <-chan struct{} // closed when the server begins to shut down
}

// Accept waits for a place before it takes a connection: those that find none
// wait in the kernel's queue.
func (l *listener) Accept() (net.Conn, error) {
	for {
		placed := l.conns.place(l.closing)
		raw, err := l.Listener.Accept()
		if err != nil {
			l.conns.vacate(placed)
			return nil, err
		}
		c := &connection{Conn: raw, owner: l.conns, writing: newWriteDeadline(raw, l.timeout)}
		if placed && l.conns.add(c) {
			return c, nil
		}
		_ = raw.Close() // the server shuts down
		l.conns.vacate(placed)
	}
}

// crowded is how often a listener without a place looks for an idle connection
// to close.
const crowded = 20 * time.Millisecond

// place takes a place. Where there is none, an idle connection makes room, as
// clients expect of idle ones. It reports false when the server shuts down
// before there is one.
func (cs *connections) place(closing <-chan struct{}) bool {
	for {
		select {
		case cs.places <- struct{}{}:
			return true
		default:
			cs.closeOne((*connection).idle)
		}
		select {
		case cs.places <- struct{}{}:
			return true
		case <-closing:
			return false
		case <-time.After(crowded):
		}
	}
}

// vacate gives a place back, if one was taken.
func (cs *connections) vacate(placed bool) {
	if placed {
		<-cs.places
	}
}

func (c *connection) idle() bool { return http.ConnState(c.state.Load()) == http.StateIdle }

func (cs *connections) closeOne(which func(*connection) bool) {
	for _, c := range cs.list() {
		if which(c) {
			_ = c.Close()
			return
		}
	}
}
