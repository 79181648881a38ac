package command

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/fakegraph/fakegraph/server"
)

const groupLimits = "Limits"

// limits are the settings that bound what a client may take.
type limits struct {
	header, body, content, url   size
	batch, requests, connections int
	headerTimeout, bodyTimeout   time.Duration
	writeTimeout, idleTimeout    time.Duration
}

func (s *settings) bindLimits() {
	f, l, d := s.flags, &s.limits, server.DefaultLimits()
	l.header, l.url, l.body, l.content = size(d.Header), size(d.URL), size(d.Body), size(d.Content)
	f.Var(&l.header, "max-header", "`SIZE` of a request's header")
	f.Var(&l.url, "max-url", "`SIZE` of a request URL; a longer one gets 414")
	f.Var(&l.body, "max-body", "`SIZE` of a JSON body, after inflating; a larger one gets 413")
	f.Var(&l.content, "max-content", "`SIZE` of any other body, such as a file")
	f.IntVar(&l.batch, "max-batch", d.Batch, "`NUMBER` of requests in one $batch")
	f.IntVar(&l.requests, "max-requests", d.Requests, "`NUMBER` of requests answered at once; a further one waits a second, then gets 503")
	f.IntVar(&l.connections, "max-connections", d.Connections, "`NUMBER` of connections at once; further ones wait")
	f.DurationVar(&l.headerTimeout, "header-timeout", d.HeaderTimeout, "`TIME` for a request's header and for a TLS handshake")
	f.DurationVar(&l.bodyTimeout, "body-timeout", d.BodyTimeout, "`TIME` for the next bytes of a request body; a large one passes while it moves")
	f.DurationVar(&l.writeTimeout, "write-timeout", d.WriteTimeout, "`TIME` for a client to take the next bytes of an answer, likewise")
	f.DurationVar(&l.idleTimeout, "idle-timeout", d.IdleTimeout, "`TIME` for the next request on an open connection")
	s.group(groupLimits, "max-header", "max-url", "max-body", "max-content", "max-batch", "max-requests", "max-connections",
		"header-timeout", "body-timeout", "write-timeout", "idle-timeout")
}

// checkLimits refuses what would serve nobody.
func (s *settings) checkLimits() (mistakes []error) {
	s.flags.VisitAll(func(f *pflag.Flag) {
		if f.Annotations[groupKey][0] != groupLimits {
			return
		}
		if text := f.Value.String(); text == "0" || strings.HasPrefix(text, "-") || text == "0s" {
			mistakes = append(mistakes, fmt.Errorf("%s %s: want more than zero", s.place(f.Name), text))
		}
	})
	return mistakes
}

// option is the limits as package server takes them.
func (l *limits) option() server.Option {
	return server.WithLimits(server.Limits{
		URL: int(l.url), Body: int64(l.body), Content: int64(l.content), Batch: l.batch, Requests: l.requests,
		Header: int(l.header), Connections: l.connections, HeaderTimeout: l.headerTimeout, BodyTimeout: l.bodyTimeout,
		WriteTimeout: l.writeTimeout, IdleTimeout: l.idleTimeout,
	})
}
