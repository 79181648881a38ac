package edge

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// The faults that a scenario may ask for in call.Response.Fault. On HTTP/2,
// where streams share a connection, reset and truncate end the stream; close
// and garbage end the connection, as they would at the service.
const (
	faultReset    = "reset"    // RST, or RST_STREAM
	faultClose    = "close"    // the connection ends in good order, without an answer
	faultStall    = "stall"    // nothing comes until the client gives up
	faultTruncate = "truncate" // the whole body is announced, half of it comes
	faultGarbage  = "garbage"  // bytes that are not HTTP
)

// stallCap ends a stall that nobody waits for any more. It is longer than the
// timeouts that SDKs have by default.
const stallCap = 5 * time.Minute

// garbage is no status line, no frame of HTTP/2 and no TLS record.
const garbage = "\x00\xfffakegraph-bytes-that-are-not-HTTP\r\n\r\n"

// breaks reports whether a fault leaves no answer at all.
func breaks(fault string) bool {
	switch fault {
	case faultReset, faultClose, faultStall, faultGarbage:
		return true
	}
	return false
}

// breakOff performs a fault without an answer.
func breakOff(w http.ResponseWriter, r *http.Request, fault string) {
	if fault == faultStall {
		pause(r, stallCap)
		panic(http.ErrAbortHandler)
	}
	if a := inProcess(w); a != nil {
		a.fail(clientError(fault))
		panic(http.ErrAbortHandler)
	}
	if r.ProtoMajor == 1 {
		if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
			breakConnection(c, fault)
			return
		}
	} else if c := connectionOf(r.Context()); c != nil && fault != faultReset {
		breakConnection(c, fault)
	}
	panic(http.ErrAbortHandler)
}

// breakConnection ends c as fault says. Errors do not matter: it is going.
func breakConnection(c net.Conn, fault string) {
	switch fault {
	case faultReset:
		resetConnection(c)
		return
	case faultGarbage:
		_, _ = io.WriteString(c, garbage)
	}
	_ = c.Close()
}

// resetConnection closes the socket below TLS, so that no close_notify goes
// out before the RST.
func resetConnection(c net.Conn) {
	socket := c
	for {
		inner, ok := socket.(interface{ NetConn() net.Conn })
		if !ok {
			break
		}
		socket = inner.NetConn()
	}
	if tcp, ok := socket.(interface{ SetLinger(int) error }); ok {
		_ = tcp.SetLinger(0)
	}
	if known := unwrapConnection(c); known != nil {
		_ = known.Close()
		return
	}
	_ = socket.Close()
}

// truncate sends the header of the whole answer and half its body. Without a
// body there is nothing to halve, and the connection ends before the header.
func truncate(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	if len(body) == 0 {
		breakOff(w, r, faultClose)
		return
	}
	w.WriteHeader(status)
	_, _ = w.Write(body[:len(body)/2])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// clientError is what net/http's own transport reports when a server does what
// fault says.
func clientError(fault string) error {
	switch fault {
	case faultReset:
		return &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
	case faultGarbage:
		return errGarbage
	default:
		return io.EOF
	}
}

var errGarbage = errors.New("net/http: HTTP/1.x transport connection broken: malformed HTTP response " +
	strconv.Quote(strings.TrimSpace(garbage)))
