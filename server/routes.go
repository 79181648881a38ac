package server

import (
	"net/http"
	"sync"

	"github.com/gorilla/mux"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/edge"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/metrics"
)

// routes is the top level: the control plane, Entra ID, and Graph for all the
// rest, which answers a wrong version in Graph's words. The most frequent
// stands first; matchers are plain comparisons.
func (s *Server) routes(control http.Handler) http.Handler {
	graph := s.admit(s.serveGraph, s.turnAway)
	router := mux.NewRouter().SkipClean(true).UseEncodedPath()
	router.MatcherFunc(isGraph).HandlerFunc(graph)
	router.MatcherFunc(isControl).Handler(control)
	router.MatcherFunc(s.isIdentity).HandlerFunc(s.admit(s.serveIdentity, s.turnAwaySignIn))
	router.NotFoundHandler = graph
	return edge.Recover(routed(router), s.panicked)
}

// routed serves what the router finds without its ServeHTTP, which copies each
// request twice for variables that no route here has.
func routed(router *mux.Router) http.Handler {
	matches := sync.Pool{New: func() any { return new(mux.RouteMatch) }}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		match := matches.Get().(*mux.RouteMatch)
		*match = mux.RouteMatch{Vars: noVars}
		found := router.Match(r, match)
		handler := match.Handler
		matches.Put(match)
		if !found {
			http.NotFound(w, r)
			return
		}
		handler.ServeHTTP(w, r)
	})
}

// noVars spares each match a map of its own. No route has variables to put in.
var noVars = map[string]string{}

func isGraph(r *http.Request, _ *mux.RouteMatch) bool {
	return hasSegment(r.URL.Path, "/v1.0") || hasSegment(r.URL.Path, "/beta")
}

func isControl(r *http.Request, _ *mux.RouteMatch) bool { return hasSegment(r.URL.Path, "/_fake") }

func (s *Server) isIdentity(r *http.Request, _ *mux.RouteMatch) bool {
	return s.identity.Serves(r.URL.Path)
}

func hasSegment(path, segment string) bool {
	return len(path) >= len(segment) && path[:len(segment)] == segment &&
		(len(path) == len(segment) || path[len(segment)] == '/')
}

func (s *Server) serveGraph(w http.ResponseWriter, r *http.Request) {
	if edge.Preflight(w, r) {
		return
	}
	m := s.measure()
	c := s.reader.Read(r, m.received())
	var response call.Response
	defer func() { m.end(c, kindOf(c), &response) }() // a fault breaks out of Write
	response = s.answer(c)
	edge.Write(w, r, c, &response)
}

func (s *Server) serveIdentity(w http.ResponseWriter, r *http.Request) {
	m := s.measure()
	c := s.reader.Read(r, m.received())
	var response call.Response
	defer func() { m.end(c, metrics.SignIn, &response) }()
	if c.BodyError != nil {
		response = s.refuseSignIn(c, untakenError(c), "body: "+c.BodyError.Error())
	} else {
		response = s.signIn(c, r.URL.EscapedPath())
	}
	s.report(c, &response)
	edge.WritePlain(w, r, c, &response)
}

// panicked answers a request that broke the fake: the process lives, the log
// has the stack.
func (s *Server) panicked(w http.ResponseWriter, r *http.Request, p edge.Panic) {
	c := call.Call{RequestID: s.ids.next(), Received: s.clock.Now()}
	c.ClientRequestID = c.RequestID
	s.log.Error().Str("method", r.Method).Str("path", r.URL.Path).Str("request", c.RequestID).
		Interface("panic", p.Value).Bytes("stack", p.Stack).Msg("a request broke the fake")
	s.metrics.Panic()
	if p.Answered {
		return
	}
	response := grapherr.Internal().Response(&c, s.clock.Now(), "fakegraph broke on this request; its log has the stack")
	edge.Write(w, r, &c, &response)
}
