package graph

import "github.com/fakegraph/fakegraph/server/internal/store"

// Watcher tells the subscribers of one snapshot what concerns them.
type Watcher struct {
	interests []*interest
	Lost      []*Subscription // those whose resource is not there any more
}

// Watcher walks to the resources of subscriptions.
func (e *Engine) Watcher(r store.Reader, subscriptions []Subscription) *Watcher {
	w := &Watcher{}
	for n := range subscriptions {
		s := &subscriptions[n]
		i := e.interested(s)
		if i == nil {
			w.Lost = append(w.Lost, s)
			continue
		}
		switch refused := i.find(r); {
		case refused == nil:
			w.interests = append(w.interests, i)
		case refused.reason != errSupply.Error() && refused.err != nil:
			w.Lost = append(w.Lost, s)
		}
	}
	return w
}

// Notifications are what an event means to the subscribers.
func (w *Watcher) Notifications(e *store.Event, yield func(Notification)) {
	for _, i := range w.interests {
		if n, ok := i.notification(e); ok {
			yield(n)
		}
	}
}
