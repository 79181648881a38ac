package graph

import (
	"cmp"
	"slices"
	"sort"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// moves is what waits for transitions, by tenant. It lives in memory: after a
// restart waiting begins anew.
type moves struct {
	reads   atomic.Int64 // how many wait for reads; 0: no read is looked at
	mu      sync.Mutex   // holds for what is below
	tenants map[string]*waiting
}

// waiting is what waits in one tenant.
type waiting struct {
	list []*Transition // that the tenant was searched for
	by   map[waiter]*wait
}

// waiter is an entity that waits for a transition.
type waiter struct {
	entity     store.Ordinal
	transition *Transition
}

// wait is how long a waiter still waits.
type wait struct {
	due   time.Time // for transitions with a time
	reads int       // for those with reads
}

// unsettled reports whether a tenant was not yet searched for a list of
// transitions.
func (m *moves) unsettled(tenant string, list []*Transition) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	w := m.tenants[tenant]
	return w == nil || !slices.Equal(w.list, list)
}

// begin lets entities wait that do not wait yet. A list that is not nil is the
// one that the tenant was searched for: what waits for others is forgotten.
func (m *moves) begin(tenant string, list []*Transition, found []waiter, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	w := m.tenants[tenant]
	if w == nil {
		w = &waiting{by: map[waiter]*wait{}}
		if m.tenants == nil {
			m.tenants = map[string]*waiting{}
		}
		m.tenants[tenant] = w
	}
	if list != nil {
		w.list = slices.Clone(list)
		for one := range w.by {
			if !slices.Contains(list, one.transition) {
				m.remove(w, one)
			}
		}
	}
	for _, one := range found {
		if w.by[one] == nil {
			w.by[one] = &wait{now.Add(one.transition.Time), one.transition.Reads}
			m.reads.Add(min(1, int64(one.transition.Reads)))
		}
	}
}

// waits reports whether an entity waits for a transition.
func (m *moves) waits(tenant string, one waiter) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	w := m.tenants[tenant]
	return w != nil && w.by[one] != nil
}

// leave lets an entity wait no more.
func (m *moves) leave(tenant string, one waiter) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if w := m.tenants[tenant]; w != nil {
		m.remove(w, one)
	}
}

func (m *moves) remove(w *waiting, one waiter) {
	if w.by[one] != nil {
		delete(w.by, one)
		m.reads.Add(-min(1, int64(one.transition.Reads)))
	}
}

// forget lets nothing of a tenant wait, of all for "": its entities are others
// now.
func (m *moves) forget(tenant string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for name, w := range m.tenants {
		if tenant != "" && tenant != name {
			continue
		}
		for one := range w.by {
			m.remove(w, one)
		}
		delete(m.tenants, name)
	}
}

// search lets a tenant be searched again, for entities that came otherwise than
// by a call.
func (m *moves) search(tenant string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if w := m.tenants[tenant]; w != nil {
		w.list = nil
	}
}

// due takes what has waited long enough for time, or waits for nothing.
func (m *moves) due(tenant string, now time.Time) []waiter {
	return m.take(tenant, func(one waiter, w *wait) bool { return one.transition.Reads == 0 && !now.Before(w.due) })
}

// counted returns what says of an entity whether it waits for reads; nil when
// none of the tenant's does.
func (m *moves) counted(tenant string) func(store.Ordinal) bool {
	if m.reads.Load() == 0 {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	w := m.tenants[tenant]
	if w == nil {
		return nil
	}
	all := map[store.Ordinal]bool{}
	for one := range w.by {
		if one.transition.Reads > 0 {
			all[one.entity] = true
		}
	}
	if len(all) == 0 {
		return nil
	}
	return func(o store.Ordinal) bool { return all[o] }
}

// count notes that a call has read entities, and takes what has waited for reads
// long enough.
func (m *moves) count(tenant string, read map[store.Ordinal]bool) []waiter {
	return m.take(tenant, func(one waiter, w *wait) bool {
		if one.transition.Reads == 0 || !read[one.entity] {
			return false
		}
		w.reads--
		return w.reads <= 0
	})
}

// take removes what ready picks, and returns it by age of the entities.
func (m *moves) take(tenant string, ready func(waiter, *wait) bool) []waiter {
	m.mu.Lock()
	defer m.mu.Unlock()
	w := m.tenants[tenant]
	if w == nil {
		return nil
	}
	var taken []waiter
	for one, how := range w.by {
		if ready(one, how) {
			taken = append(taken, one)
		}
	}
	for _, one := range taken {
		m.remove(w, one)
	}
	sort.Slice(taken, func(i, j int) bool {
		a, b := taken[i], taken[j]
		return cmp.Compare(a.entity, b.entity) < 0
	})
	return taken
}
