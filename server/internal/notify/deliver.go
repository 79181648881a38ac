package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"
)

// The kinds of deliveries.
const (
	Validation = "validation"
	Change     = "change"
	Lifecycle  = "lifecycle"
)

// Delivery is one request to an endpoint and its answer.
type Delivery struct {
	Kind          string
	Tenant        string
	URL           string
	RequestID     string
	Attempt       int      // from 1
	Subscriptions []string // ids, each once
	Time          time.Time
	Header        http.Header
	Body          []byte

	Status         int // 0 when there was no answer
	ResponseHeader http.Header
	ResponseBody   []byte
	Err            error
	Reason         string // what a scenario did
}

// Accepted reports whether the endpoint took it (D, graph-behaviour §9.4).
func (d *Delivery) Accepted() bool { return d.Err == nil && d.Status >= 200 && d.Status < 300 }

// Verdict is what a scenario does to a delivery. The zero value is nothing.
type Verdict struct {
	Delay  time.Duration
	Status int    // answered in the endpoint's place; 0 for none
	Fault  string // how the connection fails; "" for not at all
	After  bool   // the endpoint is told first, and its answer then lost
	Reason string
}

// mostAnswer is how much of an endpoint's answer is read.
const mostAnswer = 64 << 10

// deliver sends notifications and reports whether they were accepted.
func (n *Notifier) deliver(end Endpoint, items []Item, attempt int) bool {
	d := &Delivery{Kind: Change, Tenant: end.Tenant, URL: end.URL, Attempt: attempt}
	if items[0].Lifecycle != "" {
		d.Kind = Lifecycle
	}
	for i := range items {
		if id := items[i].Subscription; !slices.Contains(d.Subscriptions, id) {
			d.Subscriptions = append(d.Subscriptions, id)
		}
	}
	body, err := n.envelope(items)
	if err != nil {
		n.failed(err, "a notification that cannot be written")
		return true // trying again would not help
	}
	d.Body = body
	d.Header = http.Header{"Content-Type": {"application/json; charset=utf-8"}}
	n.perform(n.ctx, d, n.Patience)
	return d.Accepted()
}

// perform sends a request, as a scenario has it, and records it.
func (n *Notifier) perform(ctx context.Context, d *Delivery, patience time.Duration) {
	d.RequestID, d.Time = n.NewID(), n.Clock.Now()
	d.Header.Set("Request-Id", d.RequestID)
	d.Header.Set("User-Agent", "fakegraph-notifications")
	n.enact(ctx, d, patience)
	if n.Record != nil && (ctx.Err() == nil || !errors.Is(d.Err, context.Canceled)) {
		n.Record(d)
	}
}

func (n *Notifier) enact(ctx context.Context, d *Delivery, patience time.Duration) {
	var v Verdict
	if n.Decide != nil {
		v = n.Decide(d)
	}
	d.Reason = v.Reason
	if v.Delay >= patience || v.Fault == "stall" {
		d.Err = fmt.Errorf("no answer within %v, by a scenario: %w", patience, context.DeadlineExceeded)
		return
	}
	if v.Delay > 0 {
		if d.Err = n.Clock.Wait(ctx, n.Clock.Now().Add(v.Delay), nil); d.Err != nil {
			return
		}
	}
	if v.Status == 0 && v.Fault == "" || v.After {
		n.send(ctx, d, patience)
	}
	switch {
	case v.Fault != "":
		d.Status, d.ResponseHeader, d.ResponseBody = 0, nil, nil
		d.Err = errors.New("the connection failed: " + v.Fault + " by a scenario")
	case v.Status != 0:
		d.Status, d.ResponseHeader, d.ResponseBody, d.Err = v.Status, nil, nil, nil
	}
}

// send does the request and reads the beginning of the answer.
func (n *Notifier) send(ctx context.Context, d *Delivery, patience time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, d.URL, bytes.NewReader(d.Body))
	if err != nil {
		d.Err = err
		return
	}
	r.Header = d.Header
	answer, err := n.client.Do(r)
	if err != nil {
		d.Err = err
		return
	}
	defer answer.Body.Close()
	d.Status, d.ResponseHeader = answer.StatusCode, answer.Header
	d.ResponseBody, d.Err = io.ReadAll(io.LimitReader(answer.Body, mostAnswer))
}
