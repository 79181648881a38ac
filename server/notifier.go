package server

import (
	"context"
	"net/url"
	"sort"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/journal"
	"github.com/fakegraph/fakegraph/server/internal/notify"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// notifyConfig is what the notifier gets of the server. Nothing of it is used
// before the first subscription, when all parts are there.
func (s *Server) notifyConfig() notify.Config {
	return notify.Config{
		Source: notifications{s}, Clock: s.clock, Allow: s.config.notify, NewID: s.ids.next, Random: s.ids,
		Token:  func(tenant, app string) (string, error) { return s.identity.ValidationToken(tenant, app) },
		Decide: s.decideDelivery,
		Record: s.delivered,
		Log: func(err error, what string) {
			s.log.Error().Err(err).Str("about", what).Msg("change notifications")
		},
	}
}

// resumeDeliveries goes on where a data file left off.
func (s *Server) resumeDeliveries() error {
	return s.store.View(func(r store.Reader) error {
		for range r.Watched() {
			s.notifier.Wake()
			break
		}
		return nil
	})
}

// handshake proves an endpoint, for package graph.
func (s *Server) handshake(tenant, target string) (*grapherr.Error, string) {
	if refused := s.notifier.Prove(tenant, target); refused != nil {
		return grapherr.SubscriptionValidation(refused.Message), refused.Reason
	}
	return nil, ""
}

// delivered puts a delivery into the journal and the log.
func (s *Server) delivered(d *notify.Delivery) {
	c := &call.Call{
		RequestID: d.RequestID, ClientRequestID: d.RequestID, Received: d.Time, Method: "POST", Path: "/",
		Header: call.Header(d.Header), Body: d.Body, Tenant: d.Tenant,
	}
	if u, err := url.Parse(d.URL); err == nil {
		c.Origin, c.Path, c.RawQuery = u.Scheme+"://"+u.Host, u.EscapedPath(), u.RawQuery
	}
	marked := journal.Delivery{Kind: d.Kind, Attempt: d.Attempt, Subscriptions: d.Subscriptions}
	var answer *call.Response
	if d.Err != nil {
		marked.Error = d.Err.Error()
	} else {
		answer = &call.Response{Status: d.Status, Body: d.ResponseBody, Reason: d.Reason, Header: fieldsOf(d.ResponseHeader)}
	}
	s.journal.Deliver(c, answer, marked)
	s.log.Debug().Str("kind", d.Kind).Str("url", c.Origin+c.Path).Int("status", d.Status).Int("attempt", d.Attempt).
		AnErr("error", d.Err).Str("tenant", d.Tenant).Msg("notification")
}

func fieldsOf(header map[string][]string) []call.Field {
	var fields []call.Field
	for name, values := range header {
		for _, v := range values {
			fields = append(fields, call.Field{Name: name, Value: v})
		}
	}
	sort.Slice(fields, func(i, j int) bool { return fields[i].Name < fields[j].Name })
	return fields
}

// Deliveries returns the change notifications that the server has sent so far,
// with the answers, oldest first: handshakes, changes and lifecycle events,
// each attempt.
func (s *Server) Deliveries() []Call {
	return s.journal.Requests(journal.Filter{Only: journal.OnlyDeliveries})
}

// WaitDelivered returns when everybody who has subscribed was told of all that
// has happened so far. While an endpoint fails, the next attempt waits for the
// fake's clock: [Server.Advance] moves it. When ctx ends first, the error names
// the endpoints that are behind.
func (s *Server) WaitDelivered(ctx context.Context) error { return s.notifier.Wait(ctx) }
