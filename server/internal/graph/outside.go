package graph

import (
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// errOutside undoes a transaction, so that work can be done outside of it.
var errOutside = grapherr.Internal()

// Outside implements [behavior.Notifying].
func (q tx) Outside(work func() *grapherr.Error) *grapherr.Error {
	if q.returned {
		return nil
	}
	q.outside = work
	return errOutside
}

// goOutside does the work that a behaviour asked for. No transaction is open.
func (q *run) goOutside() *refusal {
	work := q.outside
	q.outside, q.reader, q.writer = nil, nil, nil
	fault := work()
	if fault == nil {
		return nil
	}
	refused := ruled(fault)
	if q.told != "" {
		refused.reason = q.told
	}
	return refused
}

// Watchable implements [behavior.Notifying].
func (q tx) Watchable(resource, options string) *grapherr.Error {
	i := q.interested(&Subscription{Tenant: q.Call.Tenant, Version: q.Version(), Resource: resource, Options: options, Owner: q.Call.Principal})
	if i == nil {
		q.told = "subscription: " + resource + " is no path of " + q.Version()
		return grapherr.SubscriptionInvalid("Resource '" + resource + "' is not supported for subscriptions.")
	}
	refused := i.supplied(func() (refused *refusal) {
		err := q.Store.View(func(r store.Reader) error {
			refused = i.find(r)
			if refused == nil && !i.place.found && (i.place.key != "" || i.place.single) {
				refused = i.missing(&i.place)
			}
			return nil
		})
		return firstOf(refused, err)
	})
	if refused != nil {
		q.told = "subscription: " + refused.reason
		return refused.err
	}
	return nil
}

// Handshake implements [behavior.Notifying].
func (q tx) Handshake(url string) *grapherr.Error {
	if q.Engine.Handshake == nil {
		return nil
	}
	fault, reason := q.Engine.Handshake(q.Call.Tenant, url)
	q.told = reason
	return fault
}

var _ behavior.Notifying = tx{}
