package server

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/batch"
	"github.com/fakegraph/fakegraph/server/internal/edge"
)

// Limits bound what clients may take of a server. Zero stands for the default,
// which is named with each. The last five count for the listeners that
// [Server.Listen] opens; a server behind a router of your own has that one's.
type Limits struct {
	URL      int   // characters of a request URL without the host: 16 KiB, as clients observe of Graph
	Body     int64 // bytes of a JSON body, after inflating: 4 MiB
	Content  int64 // bytes of any other body, such as a file: 16 GiB
	Batch    int   // requests in one $batch: 20, as Graph has it
	Requests int   // requests that are answered at once: 1024; a further one waits a second and then gets 503

	Header        int           // bytes of a request's header: 256 KiB
	Connections   int           // connections at once: 4096; a further one waits in the listener's queue
	HeaderTimeout time.Duration // for a request's header and for a TLS handshake: 10 s
	BodyTimeout   time.Duration // for the next bytes of a request body: 30 s; a large one passes while it moves
	WriteTimeout  time.Duration // for a client to take the next bytes of an answer: 30 s, likewise
	IdleTimeout   time.Duration // for the next request on an open connection: 2 min
}

// DefaultLimits returns the limits of a server that is told of none.
func DefaultLimits() Limits {
	e := edge.DefaultLimits()
	return Limits{
		URL: 16 << 10, Body: edge.DefaultMaxBody, Content: edge.DefaultMaxContent, Batch: batch.MaxSteps, Requests: 1024,
		Header: e.Header, Connections: e.Connections,
		HeaderTimeout: e.HeaderTimeout, BodyTimeout: e.BodyTimeout, WriteTimeout: e.WriteTimeout, IdleTimeout: e.IdleTimeout,
	}
}

// WithLimits sets limits; those that are zero keep their default.
func WithLimits(l Limits) Option { return func(c *config) { c.limits = l } }

// check refuses what would serve nobody.
func (l Limits) check() error {
	var errs []error
	for _, c := range []struct {
		name string
		bad  bool
	}{
		{"url", l.URL < 0}, {"body", l.Body < 0}, {"content", l.Content < 0}, {"batch", l.Batch < 0}, {"requests", l.Requests < 0},
		{"header", l.Header < 0}, {"connections", l.Connections < 0}, {"header timeout", l.HeaderTimeout < 0},
		{"body timeout", l.BodyTimeout < 0}, {"write timeout", l.WriteTimeout < 0}, {"idle timeout", l.IdleTimeout < 0},
	} {
		if c.bad {
			errs = append(errs, fmt.Errorf("limit of %s: negative: want a positive value, or zero for the default", c.name))
		}
	}
	return errors.Join(errs...)
}

// complete fills what is zero with the defaults.
func (l Limits) complete() Limits {
	d := DefaultLimits()
	l.URL, l.Batch, l.Requests = cmp.Or(l.URL, d.URL), cmp.Or(l.Batch, d.Batch), cmp.Or(l.Requests, d.Requests)
	l.Header, l.Connections = cmp.Or(l.Header, d.Header), cmp.Or(l.Connections, d.Connections)
	l.Body, l.Content = cmp.Or(l.Body, d.Body), cmp.Or(l.Content, d.Content)
	l.HeaderTimeout, l.BodyTimeout = cmp.Or(l.HeaderTimeout, d.HeaderTimeout), cmp.Or(l.BodyTimeout, d.BodyTimeout)
	l.WriteTimeout, l.IdleTimeout = cmp.Or(l.WriteTimeout, d.WriteTimeout), cmp.Or(l.IdleTimeout, d.IdleTimeout)
	return l
}

// edge is the part of the limits that the listeners keep.
func (l Limits) edge() edge.Limits {
	return edge.Limits{
		Header: l.Header, Connections: l.Connections, HeaderTimeout: l.HeaderTimeout, BodyTimeout: l.BodyTimeout,
		WriteTimeout: l.WriteTimeout, IdleTimeout: l.IdleTimeout,
	}
}
