package edge

import (
	"context"
	"net/http"
	"time"
)

// closingKey finds, in the context of a request that came through a [Server],
// the channel that is closed when the server shuts down.
type closingKey struct{}

func withClosing(ctx context.Context, closing <-chan struct{}) context.Context {
	return context.WithValue(ctx, closingKey{}, closing)
}

// pause waits for d. A server that shuts down cuts it short; a client that
// leaves does too, and then pause reports false: there is no one to answer.
func pause(r *http.Request, d time.Duration) bool {
	ctx := r.Context()
	closing, _ := ctx.Value(closingKey{}).(<-chan struct{})
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-closing:
	case <-ctx.Done():
		return false
	}
	return true
}
