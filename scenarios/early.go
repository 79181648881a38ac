package scenarios

import (
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// waits remembers until when clients were told to wait. It is bounded: when
// there is no room, waits that are over go first, then any.
type waits struct {
	some atomic.Bool // false: nothing is remembered, and nothing is looked up
	mu   sync.Mutex
	till map[string]time.Time
}

const maxWaits = 4096

// waitKey names a client and what it asked for.
func waitKey(f *Facts) string {
	return strings.Join([]string{strings.ToLower(f.Tenant), f.App, f.User, f.Method, f.Path}, "|")
}

// set remembers a wait.
func (w *waits) set(key string, until, now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.till == nil {
		w.till = map[string]time.Time{}
	}
	for k, t := range w.till {
		if len(w.till) < maxWaits {
			break
		}
		if !t.After(now) {
			delete(w.till, k)
		}
	}
	for k := range w.till {
		if len(w.till) < maxWaits {
			break
		}
		delete(w.till, k)
	}
	w.till[key] = until
	w.some.Store(true)
}

// left is how long a client should still have waited; 0 when it did.
func (w *waits) left(key string, now time.Time) time.Duration {
	if !w.some.Load() {
		return 0
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	until, known := w.till[key]
	if !known {
		return 0
	}
	if !until.After(now) {
		delete(w.till, key)
		w.some.Store(len(w.till) > 0)
		return 0
	}
	return until.Sub(now)
}

// reset forgets the waits of a tenant, or all for "".
func (w *waits) reset(tenant string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for key := range w.till {
		if tenant == "" || strings.HasPrefix(key, tenant+"|") {
			delete(w.till, key)
		}
	}
	w.some.Store(len(w.till) > 0)
}
