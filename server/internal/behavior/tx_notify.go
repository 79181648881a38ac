package behavior

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

// Notifying is how a behaviour tends subscriptions to changes.
type Notifying interface {
	// Outside has work done that takes time or leaves the process. The first
	// call of a request undoes what was written, does the work without a
	// transaction, and begins the request anew; then it returns nil at once. An
	// error of the work is the answer. The behaviour must return what it returns.
	Outside(work func() *grapherr.Error) *grapherr.Error
	// Watchable reports why the caller cannot watch a resource, narrowed by query
	// options. It is for Outside only.
	Watchable(resource, options string) *grapherr.Error
	// Handshake proves that a URL takes notifications, or says in the service's
	// words why it does not. It is for Outside only.
	Handshake(url string) *grapherr.Error
	// Watch has changes delivered from now on, for a stored subscription; for one
	// that is watched already it renews the caller's authorization.
	Watch(subscription Ref) *grapherr.Error
	// Unwatch ends that.
	Unwatch(subscription Ref) *grapherr.Error
	// Watched reports whether changes are delivered for a subscription; one that
	// a fixture put there is only data.
	Watched(subscription Ref) bool
}
