package server

import (
	"encoding/json"
	"net/url"
	"strconv"
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
	d := s.scenarios.Decide(&facts, s.clock.Now())
	if d != nil {
		record.Decided(journal.Rule{Scenario: d.Scenario, Rule: d.Rule, Reason: d.Reason})
	}
	return d
}

// facts is a call as scenarios see it.
func (s *Server) facts(c *call.Call) scenarios.Facts {
	f := scenarios.Facts{
		Method: c.Method, Path: scenarioPath(c), RawQuery: c.RawQuery, Header: c.Header.Get,
		Body:   func() any { return bodyValue(c.Body) },
		App:    c.Principal.AppID,
		User:   c.Principal.UPN,
		Tenant: c.Tenant, InBatch: c.InBatch,
		Retry: c.Header.Get("Retry-Attempt") != "",
	}
	if op := c.Operation; op != nil {
		f.Permissions = leastPrivileged(c)
		f.Operation = op.ID
		f.EntityType = op.Response().Name
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

func bodyValue(body []byte) any {
	var v any
	if json.Unmarshal(body, &v) != nil {
		return nil
	}
	return v
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
	if r.Reason == "" || d.After {
		r.Reason = d.Reason
	} else if r.Reason != d.Reason {
		r.Reason = d.Reason + "; " + r.Reason
	}
	return r
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
		seconds := (time.Duration(*d.Respond.RetryAfter) + time.Second - 1) / time.Second
		r.Set("Retry-After", strconv.Itoa(int(seconds)))
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
	if want.Status < 400 {
		return call.Response{Status: want.Status}
	}
	err := grapherr.ForStatus(family(c), want.Status)
	if want.Error != nil {
		err = reworded(err, want.Error)
	}
	return err.Response(c, s.clock.Now(), "")
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
