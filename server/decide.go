package server

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/journal"
)

// decide asks the loaded scenarios, and X-Fake-Fault, about a call.
func (s *Server) decide(c *call.Call, record *journal.Record) *scenarios.Decision {
	fault := c.Header.Get("X-Fake-Fault")
	if fault == "" && s.scenarios.Idle() {
		return nil
	}
	facts := s.facts(c)
	facts.Fault = fault
	now := s.clock.Now()
	d := s.scenarios.Decide(&facts, now)
	if d == nil {
		return nil
	}
	if d.Reason != "" {
		record.Decided(journal.Rule{Scenario: d.Scenario, Rule: d.Rule, Reason: d.Reason})
	}
	record.RetriedEarly(d.Early)
	return d.Fill(&facts, scenarios.Given{Now: now, NewID: s.ids.next, RequestID: c.RequestID})
}

// facts is a call as scenarios see it.
func (s *Server) facts(c *call.Call) scenarios.Facts {
	f := scenarios.Facts{
		Method: c.Method, Path: scenarioPath(c), RawQuery: c.RawQuery, Header: c.Header.Get,
		Body:   func() any { return bodyOf(c) },
		App:    c.Principal.AppID,
		User:   c.Principal.UPN,
		Tenant: c.Tenant, InBatch: c.InBatch, SignIn: c.SignIn,
		Retry: c.Header.Get("Retry-Attempt") != "",
	}
	if op := c.Operation; op != nil {
		f.Permissions = leastPrivileged(c)
		f.Operation = op.ID
		f.EntityType = op.Response().Name
		f.Service = string(op.Family)
		f.Units = units(c)
	}
	return f
}

// scenarioPath is the path with its version, decoded, as a rule's glob names it.
func scenarioPath(c *call.Call) string {
	path := "/" + c.Version + c.Path
	if decoded, err := url.PathUnescape(path); err == nil {
		return decoded
	}
	return path
}

// leastPrivileged is the permission that would just do, for the caller's
// scheme, or for every scheme when the token does not tell.
func leastPrivileged(c *call.Call) []string {
	if c.Principal.Scheme != "" {
		return first(c.Operation.Permissions(string(c.Principal.Scheme)))
	}
	var all []string
	for _, scheme := range []call.Scheme{call.DelegatedWork, call.DelegatedPersonal, call.Application} {
		all = append(all, first(c.Operation.Permissions(string(scheme)))...)
	}
	return all
}

func first(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list[:1]
}

// enact answers a call by a decision instead of doing it; false when the call
// is to be done, or to be done first.
func (s *Server) enact(c *call.Call, d *scenarios.Decision) (call.Response, bool) {
	if d == nil || d.After || (d.Respond == nil && d.Fault == "") {
		return call.Response{}, false
	}
	if d.Respond == nil && d.Fault == scenarios.FaultTruncate {
		return call.Response{}, false // breaks off a real answer
	}
	return s.respond(c, d), true
}

// disturb lays a decision over the answer of a call that was done: an error in
// its place, a delay, a fault.
func (s *Server) disturb(c *call.Call, d *scenarios.Decision, r call.Response) call.Response {
	if d == nil {
		return r
	}
	if d.After && d.Respond != nil {
		r = s.respond(c, d)
	}
	r.Delay, r.Fault = d.Delay, string(d.Fault)
	tell(c, d.Readings, &r)
	changeHeader(&r, d.Headers)
	switch {
	case r.Reason == "" || d.After:
		r.Reason = d.Reason
	case r.Reason != d.Reason && d.Reason != "":
		r.Reason = d.Reason + "; " + r.Reason
	}
	if d.Early > 0 {
		r.Reason = strings.TrimPrefix(r.Reason+fmt.Sprintf("; retried %v too early", d.Early.Round(time.Millisecond)), "; ")
	}
	return r
}

// changeHeader sets fields, or removes those that are nil.
func changeHeader(r *call.Response, changes map[string]*string) {
	for name, text := range changes {
		name = canonical(name)
		r.Header = slices.DeleteFunc(slices.Clone(r.Header), func(f call.Field) bool { return canonical(f.Name) == name })
		if text != nil {
			r.Set(name, *text)
		} else {
			r.Without = append(r.Without, name)
		}
	}
}

// respond is the answer that a rule gives: its own body, or as Graph words the
// status for the workload.
func (s *Server) respond(c *call.Call, d *scenarios.Decision) call.Response {
	if d.Respond == nil {
		return call.Response{Status: 200, Reason: d.Reason}
	}
	r := s.answerOf(c, d.Respond)
	r.Reason = d.Reason
	if d.Respond.RetryAfter != nil {
		r.Set("Retry-After", strconv.Itoa(seconds(time.Duration(*d.Respond.RetryAfter))))
	}
	for name, v := range d.Respond.Headers {
		r.Set(canonical(name), v)
	}
	return r
}

func (s *Server) answerOf(c *call.Call, want *scenarios.Respond) call.Response {
	if body, mediaType := want.Content(); mediaType != "" {
		r := call.Response{Status: want.Status, Body: body}
		r.Set("Content-Type", mediaType)
		return r
	}
	switch {
	case want.Status < 400:
		return call.Response{Status: want.Status}
	case c.SignIn:
		return s.signInFault(c, want)
	case want.Error != nil && want.Status == http.StatusUnauthorized:
		if challenge, ok := challengeOf(want.Error, s.clock.Now()); ok {
			return *s.identity.Challenge(c, challenge, "")
		}
	}
	err := grapherr.ForStatus(family(c), want.Status)
	if want.Error != nil {
		err = reworded(err, want.Error)
	}
	return s.completed(c, err).Response(c, s.clock.Now(), "")
}

// completed gives an error the field that the service sends with its status: a
// challenge with 401, and with 410 of a delta the place to start over.
func (s *Server) completed(c *call.Call, err *grapherr.Error) *grapherr.Error {
	switch {
	case err.Status == http.StatusUnauthorized:
		return err.With("WWW-Authenticate", s.identity.Bearer(c))
	case err.Status == http.StatusGone:
		if url, delta := s.graph.Restart(c); delta { // with the options of the first call (D, graph-behaviour §8.4)
			return err.With("Location", url)
		}
	}
	return err
}

// reworded puts a scenario's own code, message and inner members into an error.
func reworded(err *grapherr.Error, own *scenarios.Error) *grapherr.Error {
	if own.Code != "" {
		err.Code = own.Code
	}
	if own.Message != "" {
		err.Message = own.Message
	}
	if len(own.InnerError) > 0 {
		err.Extra = own.InnerError
	}
	return err
}

// family is the service behind a call, for the words of its errors.
func family(c *call.Call) string {
	if c.Operation != nil {
		return string(c.Operation.Family)
	}
	return ""
}
