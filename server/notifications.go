package server

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/graph"
	"github.com/fakegraph/fakegraph/server/internal/notify"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// notifications is a server as its notifier sees it: subscriptions and events
// of the store, in the terms of package notify.
type notifications struct{ *Server }

var _ notify.Source = notifications{}

// A page holds at most so many notifications, of at most so many events.
const (
	pageItems  = 50
	pageEvents = 1000
)

// notice is an event by which an endpoint is told of a subscription itself.
type notice struct {
	URL  string
	Item notify.Item
}

// Endpoints implements [notify.Source].
func (s notifications) Endpoints() (all []notify.Endpoint, err error) {
	err = s.store.View(func(r store.Reader) error {
		for tenant := range r.Watched() {
			for url := range graph.Endpoints(r, tenant) {
				all = append(all, notify.Endpoint{Tenant: tenant, URL: url})
			}
		}
		return nil
	})
	return all, err
}

// Tick implements [notify.Source].
func (s notifications) Tick() (tick uint64, err error) {
	err = s.store.View(func(r store.Reader) error {
		tick = r.Tick()
		return nil
	})
	return tick, err
}

// Reached implements [notify.Source].
func (s notifications) Reached(end notify.Endpoint) (through uint64, err error) {
	err = s.store.View(func(r store.Reader) error {
		through = graph.Endpoints(r, end.Tenant)[end.URL]
		return nil
	})
	return through, err
}

// Told implements [notify.Source].
func (s notifications) Told(end notify.Endpoint, through uint64) error {
	return s.store.Update(func(w store.Writer) error {
		ends := graph.Endpoints(w, end.Tenant)
		if before, ok := ends[end.URL]; !ok || before >= through {
			return nil
		}
		ends[end.URL] = through
		return s.acknowledge(w, end.Tenant, ends)
	})
}

// acknowledge keeps how far endpoints were told, and drops the events that all
// of them have heard of.
func (s notifications) acknowledge(w store.Writer, tenant string, ends map[string]uint64) error {
	if err := graph.SetEndpoints(w, tenant, ends); err != nil || len(ends) == 0 {
		return err
	}
	least := w.Tick()
	for _, through := range ends {
		least = min(least, through)
	}
	return w.Acknowledge(tenant, least)
}

// Close implements [notify.Source].
func (s notifications) Close(end notify.Endpoint) (closed bool, err error) {
	err = s.store.Update(func(w store.Writer) error {
		ends := graph.Endpoints(w, end.Tenant)
		reached, ok := ends[end.URL]
		if closed = !ok; closed {
			return nil
		}
		if closed = !s.needed(w, end, reached, graph.Subscriptions(w, end.Tenant)); !closed {
			return nil
		}
		delete(ends, end.URL)
		return s.acknowledge(w, end.Tenant, ends)
	})
	return closed, err
}

// needed reports whether a subscription or a notice still goes to an endpoint.
func (s notifications) needed(r store.Reader, end notify.Endpoint, reached uint64, all []graph.Subscription) bool {
	for _, sub := range all {
		if (sub.URL == end.URL || sub.LifecycleURL == end.URL) && s.clock.Now().Before(sub.Expires) {
			return true
		}
	}
	events, _ := r.Events(end.Tenant, reached)
	for e := range events {
		if n, ok := noticeOf(&e); ok && n.URL == end.URL {
			return true
		}
	}
	return false
}

func noticeOf(e *store.Event) (n notice, ok bool) {
	if e.Kind != store.Announced {
		return n, false
	}
	if json.Unmarshal(e.JSON, &n) != nil {
		return n, false
	}
	n.Item.Tick = e.Tick
	return n, true
}

// Next implements [notify.Source].
func (s notifications) Next(end notify.Endpoint, after uint64) (p notify.Page, err error) {
	var gone []*graph.Subscription
	err = s.store.View(func(r store.Reader) error {
		all := graph.Subscriptions(r, end.Tenant)
		if p.Unused = !s.needed(r, end, after, all); p.Unused {
			p.Seen = r.Tick()
			return nil
		}
		p, gone = s.page(r, s.subscribed(all, end), end, after)
		return nil
	})
	if err == nil && len(gone) > 0 {
		err = s.remove(gone)
	}
	return p, err
}

// subscribed are the subscriptions of an endpoint that are not over.
func (s notifications) subscribed(all []graph.Subscription, end notify.Endpoint) []graph.Subscription {
	return slices.DeleteFunc(all, func(sub graph.Subscription) bool {
		return sub.URL != end.URL || !s.clock.Now().Before(sub.Expires)
	})
}

// page reads what happened after a tick, and at the end of it which
// subscriptions have lost their resource. Nobody walks to a resource unless
// something has happened.
func (s notifications) page(r store.Reader, subs []graph.Subscription, end notify.Endpoint, after uint64) (p notify.Page, gone []*graph.Subscription) {
	events, lost := r.Events(end.Tenant, after)
	var watcher *graph.Watcher
	n := 0
	for e := range events {
		if lost {
			p.Lost, p.Through = true, e.Tick-1
			for i := range subs {
				p.Items = append(p.Items, item(&subs[i]))
			}
			return p, nil
		}
		if n++; n > pageEvents || len(p.Items) >= pageItems {
			return p, nil
		}
		p.Through = e.Tick
		if told, ok := noticeOf(&e); ok {
			if told.URL == end.URL {
				p.Items = append(p.Items, told.Item)
			}
			continue
		}
		if watcher == nil {
			watcher = s.graph.Watcher(r, subs)
		}
		watcher.Notifications(&e, func(n graph.Notification) { p.Items = append(p.Items, changed(&n)) })
	}
	p.Seen = r.Tick()
	if watcher != nil {
		gone = watcher.Lost
	}
	return p, gone
}

// item is what all notifications of a subscription have in common.
func item(s *graph.Subscription) notify.Item {
	return notify.Item{Tenant: s.Tenant, App: s.App, Subscription: s.ID, ClientState: s.ClientState, Expires: s.Expires, Rich: s.Rich}
}

func changed(n *graph.Notification) notify.Item {
	i := item(n.Subscription)
	i.Tick, i.ChangeType, i.Resource, i.Data, i.Content = n.Tick, n.ChangeType, n.Resource, n.Data, n.Content
	i.Certificate, i.CertificateID = n.Subscription.Certificate, n.Subscription.CertificateID
	return i
}

// remove ends subscriptions whose resource is gone, or whose owner is.
func (s notifications) remove(gone []*graph.Subscription) error {
	return s.store.Update(func(w store.Writer) error {
		for _, sub := range gone {
			if err := s.dismiss(w, sub); err != nil {
				return err
			}
		}
		return nil
	})
}

// dismiss removes a subscription before its time.
func (s notifications) dismiss(w store.Writer, sub *graph.Subscription) error {
	was, err := graph.Unsubscribe(w, sub)
	if err != nil || !was {
		return err
	}
	return s.announce(w, sub, "subscriptionRemoved")
}

// announce tells the lifecycle URL of a subscription, if it has one.
func (s notifications) announce(w store.Writer, sub *graph.Subscription, event string) error {
	if sub.LifecycleURL == "" {
		return nil
	}
	i := item(sub)
	i.Lifecycle = event
	text, err := json.Marshal(notice{sub.LifecycleURL, i})
	if err != nil {
		return err
	}
	ends := graph.Endpoints(w, sub.Tenant)
	if _, ok := ends[sub.LifecycleURL]; !ok {
		ends[sub.LifecycleURL] = w.Tick()
		if err := graph.SetEndpoints(w, sub.Tenant, ends); err != nil {
			return err
		}
	}
	return w.Announce(sub.Tenant, text)
}

// Missed implements [notify.Source].
func (s notifications) Missed(items []notify.Item) error {
	missed := map[string]bool{}
	for _, i := range items {
		missed[i.Subscription] = i.Lifecycle == ""
	}
	if len(items) == 0 {
		return nil
	}
	return s.store.Update(func(w store.Writer) error {
		for _, sub := range graph.Subscriptions(w, items[0].Tenant) {
			if missed[sub.ID] {
				if err := s.announce(w, &sub, "missed"); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// askAhead is how long before an authorization ends a new one is asked for
// (assumed; the service says "about to expire").
const askAhead = 15 * time.Minute

// Tend implements [notify.Source].
func (s notifications) Tend() (next time.Time, err error) {
	now := s.clock.Now()
	var over, asked, orphans []graph.Subscription
	err = s.store.View(func(r store.Reader) error {
		for tenant := range r.Watched() {
			for _, sub := range graph.Subscriptions(r, tenant) {
				ask := askTime(&sub)
				switch {
				case !now.Before(sub.Expires):
					over = append(over, sub)
					continue
				case s.disabled(r, &sub):
					orphans = append(orphans, sub)
					continue
				case !ask.IsZero() && !now.Before(ask):
					asked = append(asked, sub)
				case !ask.IsZero():
					next = sooner(next, ask)
				}
				next = sooner(next, sub.Expires)
			}
		}
		return nil
	})
	if err != nil || len(over)+len(asked)+len(orphans) == 0 {
		return next, err
	}
	return next, s.store.Update(func(w store.Writer) error { return s.settle(w, over, asked, orphans) })
}

func sooner(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

// askTime is when a subscription has to be authorized anew; zero for not.
func askTime(s *graph.Subscription) time.Time {
	if s.LifecycleURL == "" || s.Asked {
		return time.Time{}
	}
	end := s.Expires
	if !s.AuthorizedTill.IsZero() && s.AuthorizedTill.Before(end) {
		end = s.AuthorizedTill
	}
	return end.Add(-askAhead)
}

// disabled reports whether the user who made a subscription may not sign in any
// more, or is gone.
func (s notifications) disabled(r store.Reader, sub *graph.Subscription) bool {
	if len(sub.Owner.Scopes) == 0 || sub.Owner.ObjectID == "" {
		return false
	}
	e, err := r.Get(root(sub.Tenant, "users"), sub.Owner.ObjectID)
	if err != nil {
		return false // a token may name a user whom no fixture has
	}
	var user struct {
		Enabled *bool `json:"accountEnabled"`
	}
	return json.Unmarshal(e.JSON, &user) == nil && user.Enabled != nil && !*user.Enabled
}

// settle does what is due.
func (s notifications) settle(w store.Writer, over, asked, orphans []graph.Subscription) error {
	for i := range over {
		if _, err := graph.Unsubscribe(w, &over[i]); err != nil {
			return err
		}
	}
	for i := range asked {
		first, err := graph.Ask(w, &asked[i])
		if err == nil && first {
			err = s.announce(w, &asked[i], "reauthorizationRequired")
		}
		if err != nil {
			return err
		}
	}
	for i := range orphans {
		if err := s.dismiss(w, &orphans[i]); err != nil {
			return err
		}
	}
	return nil
}
