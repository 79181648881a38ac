package journal

import (
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
)

// entry renders a record.
func (r *Record) entry() Entry {
	c := r.call
	return Entry{
		Number:          r.number,
		Time:            c.Received,
		DurationMs:      r.duration(),
		Method:          c.Method,
		URL:             r.url(),
		Path:            r.path(),
		Version:         c.Version,
		Tenant:          c.Tenant,
		RequestID:       c.RequestID,
		ClientRequestID: c.ClientRequestID,
		InBatch:         c.InBatch,
		Delivery:        r.delivery,
		Operation:       operation(c.Operation),
		Principal:       principal(&c.Principal),
		Decision:        r.decision(),
		Request:         r.request(),
		Response:        r.answer(),
	}
}

// duration is the time between arrival and answer on the fake's clock: none
// while it stands still.
func (r *Record) duration() float64 {
	if r.ended.IsZero() {
		return 0
	}
	return milliseconds(max(0, r.ended.Sub(r.call.Received)))
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// url is what the client asked for. A query can carry secrets as a form does.
func (r *Record) url() string {
	url := r.call.Origin + r.path()
	if r.call.RawQuery != "" {
		url += "?" + redactText(r.call.RawQuery)
	}
	return url
}

func operation(op *openapi.Operation) *Operation {
	if op == nil {
		return nil
	}
	return &Operation{ID: op.ID, Template: op.Template}
}

func principal(p *call.Principal) Principal {
	view := Principal{
		Kind: kind(p), App: p.AppID, User: user(p), Tenant: p.Tenant,
		Scopes: p.Scopes, Roles: p.Roles, TokenID: p.TokenID,
	}
	if p.Fault != nil {
		view.Fault = p.Fault.Error()
	}
	return view
}

func kind(p *call.Principal) string {
	switch {
	case !p.Presented:
		return Anonymous
	case p.Opaque || p.Scheme == "":
		return Opaque
	case p.Scheme == call.Application:
		return App
	}
	return User
}

// user is nobody for an app: its object id is that of a service principal.
func user(p *call.Principal) string {
	switch {
	case p.UPN != "":
		return p.UPN
	case p.Scheme == call.Application:
		return ""
	}
	return p.ObjectID
}

func (r *Record) decision() Decision {
	var d Decision
	if r.rule != (Rule{}) {
		rule := r.rule
		d.Rule = &rule
	}
	d.RetriedEarlyMs = milliseconds(r.early)
	if d.Rule == nil && r.delivery == nil {
		d.NearMisses = r.journal.near(r.call)
	}
	if p := r.permission; p.Source != "" {
		p.Needed, p.Had = list(p.Needed), list(p.Had)
		d.Permission = &p
	}
	if r.response != nil {
		d.Findings = findings(r.response.Findings)
	}
	return d
}

// list makes an empty list of none, so that readers of the JSON need not care.
func list(names []string) []string {
	if names == nil {
		return []string{}
	}
	return names
}

func findings(found []openapi.Finding) []Finding {
	var all []Finding
	for _, f := range found {
		all = append(all, Finding{In: f.In, Path: f.Path, Kind: f.Kind, Text: f.Text})
	}
	return all
}

func (r *Record) request() Request {
	c := r.call
	view := Request{
		Headers: make(map[string][]string, len(c.Header)),
		Content: content(c.Header.Get("Content-Type"), c.Body, r.size[0]),
	}
	for name, values := range c.Header {
		view.Headers[name] = redactValues(name, values)
	}
	if c.BodyError != nil {
		view.BodyError = c.BodyError.Error()
	}
	return view
}

func (r *Record) answer() *Response {
	a := r.response
	if a == nil {
		return nil
	}
	view := &Response{
		Status:   a.Status,
		Headers:  make(map[string][]string, len(a.Header)),
		Content:  content(contentType(a), a.Body, r.size[1]),
		Reason:   line(a.Reason),
		Warnings: a.Warnings,
		DelayMs:  milliseconds(a.Delay),
		Fault:    a.Fault,
	}
	for _, f := range a.Header {
		view.Headers[f.Name] = append(view.Headers[f.Name], redactValues(f.Name, []string{f.Value})...)
	}
	return view
}

// line is a text in one line: a reason may quote what a client wrote.
func line(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, text)
}

// contentType is the media type of an answer, which edge takes for JSON when
// the response does not say.
func contentType(a *call.Response) string {
	if t := a.Get("Content-Type"); t != "" {
		return strings.ToLower(t)
	}
	return "application/json"
}
