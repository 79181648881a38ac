package server

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/edge"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/metrics"
)

// patience is how long a request beyond the limit waits for another to end.
const patience = time.Second

// turning answers a request that is not taken, and why.
type turning func(w http.ResponseWriter, r *http.Request, err *grapherr.Error, reason string)

// admit serves requests within the limits. The control plane is outside of
// them: a tester can always look.
func (s *Server) admit(next http.HandlerFunc, away turning) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if n := len(r.URL.Path) + len(r.URL.RawQuery); n > s.limits.URL {
			away(w, r, grapherr.URLTooLong(), fmt.Sprintf("the URL has %d characters, at most %d are taken: send the query in a $batch, or set --max-url", n, s.limits.URL))
			return
		}
		if !s.enter(r) {
			away(w, r, grapherr.Busy(), fmt.Sprintf("%d requests are being answered and none ended within %s: send fewer at once, or set --max-requests", s.limits.Requests, patience))
			return
		}
		defer s.admitted.Release(1)
		next(w, r)
	}
}

// enter waits for a place among the requests that are answered at once.
func (s *Server) enter(r *http.Request) bool {
	if s.admitted.TryAcquire(1) {
		return true
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	return s.admitted.Acquire(ctx, 1) == nil
}

// turnAway answers in Graph's words. The body is not read.
func (s *Server) turnAway(w http.ResponseWriter, r *http.Request, err *grapherr.Error, reason string) {
	m := s.measure()
	c := s.reader.Head(r, m.received())
	response := s.turnDown(c, err, reason)
	defer m.end(c, kindOf(c), &response)
	edge.Write(w, r, c, &response)
}

// turnAwaySignIn answers in Entra ID's words.
func (s *Server) turnAwaySignIn(w http.ResponseWriter, r *http.Request, err *grapherr.Error, reason string) {
	m := s.measure()
	c := s.reader.Head(r, m.received())
	response := s.refuseSignIn(c, err, reason)
	s.report(c, &response)
	defer m.end(c, metrics.SignIn, &response)
	edge.WritePlain(w, r, c, &response)
}

// refuseSignIn is Entra ID's answer to a request that is not looked at.
func (s *Server) refuseSignIn(c *call.Call, err *grapherr.Error, reason string) call.Response {
	c.SignIn = true
	r := s.signInFault(c, &scenarios.Respond{Status: err.Status})
	r.Reason = reason
	for _, f := range err.Header {
		r.Set(f.Name, f.Value)
	}
	return r
}
