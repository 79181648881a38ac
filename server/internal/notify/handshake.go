package notify

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// Refused is why a URL cannot be notified.
type Refused struct {
	Message string // Graph's words
	Reason  string // ours
}

func (e *Refused) Error() string { return e.Reason }

// The words of a failed handshake (R, graph-behaviour §9.3).
const (
	validationFailed  = "Subscription validation request failed. "
	wantOK            = validationFailed + "Notification endpoint must respond with 200 OK to validation request."
	wantToken         = validationFailed + "Response must exactly match validationToken query parameter."
	validationTimeout = "Subscription validation request timed out."
)

// Prove asks an endpoint to echo a token, as text, in time.
func (n *Notifier) Prove(tenant, target string) *Refused {
	u, err := url.Parse(target)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return &Refused{"The notification URL is not valid.", "subscription: " + clip(target) + " is no http or https URL; other channels are not served"}
	}
	token := "Validation: Testing client application reachability for subscription Request-Id: " + n.NewID()
	query := "validationToken=" + url.QueryEscape(token)
	if u.RawQuery != "" {
		query = u.RawQuery + "&" + query
	}
	u.RawQuery = query
	d := &Delivery{
		Kind: Validation, Tenant: tenant, URL: u.String(), Attempt: 1,
		Header: http.Header{"Content-Type": {"text/plain; charset=utf-8"}},
	}
	n.perform(n.ctx, d, n.Handshake)
	return judge(d, u.Host, token)
}

// judge holds the answer of an endpoint against what the handshake wants.
func judge(d *Delivery, host, token string) *Refused {
	reason := "subscription: the handshake with " + host + " failed: "
	if why := d.Reason; why != "" {
		reason += why + ": "
	}
	switch {
	case timedOut(d.Err):
		return &Refused{validationTimeout, reason + "no answer in time"}
	case d.Err != nil:
		return &Refused{wantOK, reason + cause(d.Err)}
	case d.Status != http.StatusOK:
		return &Refused{validationFailed + "HTTP status code is '" + statusName(d.Status) + "'.", reason + "want 200, got " + http.StatusText(d.Status)}
	case !plainText(d.ResponseHeader.Get("Content-Type")):
		return &Refused{wantToken, reason + "want Content-Type text/plain, got " + clip(d.ResponseHeader.Get("Content-Type"))}
	case string(d.ResponseBody) != token:
		return &Refused{wantToken, reason + "the body is not the decoded validationToken"}
	}
	return nil
}

func timedOut(err error) bool {
	var t net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &t) && t.Timeout()
}

// cause is the innermost useful text of an error of a client.
func cause(err error) string {
	var closed *Closed
	if errors.As(err, &closed) {
		return closed.Error()
	}
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err.Error()
	}
	return err.Error()
}

// statusName is a status as .NET names it: Forbidden, NotFound.
func statusName(status int) string {
	return strings.NewReplacer(" ", "", "-", "", "'", "").Replace(http.StatusText(status))
}

func plainText(mediaType string) bool {
	kind, _, _ := strings.Cut(mediaType, ";")
	return strings.EqualFold(strings.TrimSpace(kind), "text/plain")
}

// clip shortens what somebody sent.
func clip(text string) string {
	const most = 200
	if len(text) > most {
		return text[:most] + "…"
	}
	return text
}
