package scenarios

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// meter is a rate limit at work. For each key it keeps the time at which its
// bucket will be full again, which is all that a token bucket needs: no rounding
// builds up, and the time to wait is exact.
type meter struct {
	name  string // for reasons
	kind  string // of x-ms-throttle-information
	match matcher
	limit Limit

	mu   sync.Mutex
	full map[string]time.Time
}

// maxKeys bounds the buckets of one limit; full ones are forgotten first.
const maxKeys = 10_000

// Reading is what a rate limit says about one request.
type Reading struct {
	Limit    *Limit        // shared, must not be changed
	Kind     string        // ResourceUnitLimitExceeded and so on; "" when the service names none
	Used     float64       // share of the allowance, this request included; above 1 when it is too much
	Left     int           // whole requests or units that are left
	Reset    time.Duration // until the allowance is whole again
	Units    int           // what the request costs
	Exceeded bool
	Wait     time.Duration // until the request would be let through; 0 unless Exceeded
}

func (l *Limit) allowance() int { return max(l.Requests, l.Units) }

func quantity(n int) string { return strconv.Itoa(n) }

// cost is what a request takes from the allowance, at most all of it.
func (l *Limit) cost(f *Facts) int {
	if l.Units == 0 {
		return 1
	}
	return min(max(f.Units, 1), l.Units)
}

// key names the bucket of a request. Tenants never share one, so that parallel
// tests do not meet.
func (l *Limit) key(f *Facts, tenant string) string {
	var b strings.Builder
	b.WriteString(tenant)
	for _, per := range [...]struct{ name, text string }{{"app", f.App}, {"user", f.User}} {
		b.WriteByte('|')
		if slices.Contains(l.Per, per.name) {
			b.WriteString(foldASCII(per.text))
		}
	}
	return b.String()
}

// take lets a request through, or says how long it has to wait.
func (m *meter) take(f *Facts, tenant string, now time.Time) Reading {
	window := time.Duration(m.limit.Window)
	each := window / time.Duration(m.limit.allowance())
	cost := time.Duration(m.limit.cost(f)) * each
	key := m.limit.key(f, tenant)
	m.mu.Lock()
	defer m.mu.Unlock()
	full := m.full[key]
	if full.Before(now) || full.Sub(now) > window { // also when the clock was set back
		full = now
	}
	after := full.Add(cost)
	r := Reading{Limit: &m.limit, Kind: m.kind, Units: m.limit.cost(f), Used: float64(after.Sub(now)) / float64(window)}
	if wait := after.Sub(now) - window; wait > 0 {
		r.Exceeded, r.Wait, r.Reset = true, wait, full.Sub(now)
		return r
	}
	m.keep(key, after, now)
	r.Reset = after.Sub(now)
	if each > 0 {
		r.Left = int((window - r.Reset) / each)
	}
	return r
}

func (m *meter) keep(key string, full, now time.Time) {
	if _, known := m.full[key]; !known && len(m.full) >= maxKeys {
		for k, t := range m.full {
			if !t.After(now) {
				delete(m.full, k)
			}
		}
	}
	m.full[key] = full
}

// reset fills the buckets of a tenant, or all for "".
func (m *meter) reset(tenant string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key := range m.full {
		if tenant == "" || strings.HasPrefix(key, tenant+"|") {
			delete(m.full, key)
		}
	}
}
