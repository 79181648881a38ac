package server

import (
	"encoding/json"
	"net/url"

	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server/internal/notify"
)

// decideDelivery asks the loaded scenarios about a delivery: only rules that
// match deliveries have a say.
func (s *Server) decideDelivery(d *notify.Delivery) notify.Verdict {
	if s.scenarios.Idle() {
		return notify.Verdict{}
	}
	f := scenarios.Facts{Method: "POST", Header: d.Header.Get, Tenant: d.Tenant, Delivery: true}
	f.Body = func() any {
		var body any
		_ = json.Unmarshal(d.Body, &body)
		return body
	}
	if u, err := url.Parse(d.URL); err == nil {
		f.Path, f.RawQuery = u.Path, u.RawQuery
	}
	if f.Path == "" {
		f.Path = "/"
	}
	decision := s.scenarios.Decide(&f, s.clock.Now())
	if decision == nil {
		return notify.Verdict{}
	}
	v := notify.Verdict{Delay: decision.Delay, Fault: string(decision.Fault), After: decision.After, Reason: decision.Reason}
	if decision.Respond != nil {
		v.Status = decision.Respond.Status
	}
	return v
}
