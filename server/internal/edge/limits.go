package edge

import (
	"cmp"
	"time"
)

// Limits bound what clients may take of a [Server]. A zero field means that of
// [DefaultLimits].
type Limits struct {
	Header        int           // bytes of request line and header; tokens with many groups are long
	Connections   int           // open at once; at the limit an idle one is closed for a new one
	HeaderTimeout time.Duration // for the header of a request, and for a TLS handshake
	BodyTimeout   time.Duration // for the next bytes of a request body
	WriteTimeout  time.Duration // for the client to take the next bytes of an answer
	IdleTimeout   time.Duration // for the next request on a connection
}

// DefaultLimits are those of a [Server] that is told of none.
func DefaultLimits() Limits {
	return Limits{
		Header:        256 << 10,
		Connections:   4096,
		HeaderTimeout: 10 * time.Second,
		BodyTimeout:   30 * time.Second,
		WriteTimeout:  30 * time.Second,
		IdleTimeout:   2 * time.Minute,
	}
}

// complete fills what is zero.
func (l Limits) complete() Limits {
	d := DefaultLimits()
	return Limits{
		Header:        cmp.Or(l.Header, d.Header),
		Connections:   cmp.Or(l.Connections, d.Connections),
		HeaderTimeout: cmp.Or(l.HeaderTimeout, d.HeaderTimeout),
		BodyTimeout:   cmp.Or(l.BodyTimeout, d.BodyTimeout),
		WriteTimeout:  cmp.Or(l.WriteTimeout, d.WriteTimeout),
		IdleTimeout:   cmp.Or(l.IdleTimeout, d.IdleTimeout),
	}
}
