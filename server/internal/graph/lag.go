package graph

import (
	"slices"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Lag is how long reads see the state from before the change that a call makes:
// the eventual consistency of services with replicas. Deletions are seen at
// once, and so are new bytes of a stream.
type Lag struct {
	Reads  int           // so many reads see the old state; 0 when Time is set
	Time   time.Duration // on the fake's clock; 0 when Reads is set
	Reason string        // for X-Fake-Reason
}

// lagging is what reads of each tenant do not see yet. It is bounded: what has
// no room is seen at once.
type lagging struct{ perTenant[unseen] }

// maxUnseen bounds the changes of a tenant that are kept back.
const maxUnseen = 10_000

// unseen is what reads of one tenant do not see yet.
type unseen struct {
	entities map[store.Ordinal][]*late // by age
	links    map[linkEnds]*late
	sets     map[store.SetKey]int // late entities in each
	count    int
}

// linkEnds names a link.
type linkEnds struct {
	from store.Ordinal
	nav  string
	to   store.Ordinal
}

// late is one change that reads do not see yet.
type late struct {
	set     store.SetKey // of the entity, or of the one that a link comes from
	entity  store.Ordinal
	link    linkEnds
	created bool         // there was nothing before
	old     store.Entity // what was there
	tick    uint64       // of the change
	reads   int          // that still see the old state, when until is zero
	until   time.Time
	reason  string
}

// over reports whether reads see the change by now.
func (l *late) over(now time.Time) bool {
	if l.until.IsZero() {
		return l.reads <= 0
	}
	return !now.Before(l.until)
}

// isLink reports whether the change is one of a link.
func (l *late) isLink() bool { return l.link.from != 0 }

// add keeps changes back and reports whether there was room for all.
func (l *lagging) add(tenant string, changes []*late, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.tenants == nil {
		l.tenants = map[string]*unseen{}
	}
	u := l.tenants[tenant]
	if u == nil {
		u = &unseen{entities: map[store.Ordinal][]*late{}, links: map[linkEnds]*late{}, sets: map[store.SetKey]int{}}
		l.tenants[tenant] = u
	}
	if u.count+len(changes) > maxUnseen {
		u.prune(now)
	}
	if u.count+len(changes) > maxUnseen {
		return false
	}
	for _, c := range changes {
		u.add(c)
	}
	l.some.Store(true)
	return true
}

// drop lets changes be seen that were not made after all.
func (l *lagging) drop(tenant string, changes []*late) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if u := l.tenants[tenant]; u != nil {
		for _, c := range changes {
			u.remove(c)
		}
	}
}

// deleted drops what is kept back about entities that are no more.
func (l *lagging) deleted(tenant string, gone []store.Ordinal) {
	if len(gone) == 0 || !l.some.Load() {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if u := l.tenants[tenant]; u != nil {
		for _, o := range gone {
			for _, c := range slices.Clone(u.entities[o]) {
				u.remove(c)
			}
		}
	}
}

// of returns what a tenant does not see yet; nil for nothing.
func (l *lagging) of(tenant string, now time.Time) *unseen {
	if !l.some.Load() {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	u := l.tenants[tenant]
	if u == nil {
		return nil
	}
	if u.prune(now); u.count > 0 {
		return u
	}
	delete(l.tenants, tenant)
	l.some.Store(len(l.tenants) > 0)
	return nil
}

func (u *unseen) add(c *late) {
	u.count++
	if c.isLink() {
		if old := u.links[c.link]; old != nil {
			u.remove(old)
		}
		u.links[c.link] = c
		return
	}
	u.entities[c.entity] = append(u.entities[c.entity], c)
	u.sets[c.set]++
}

func (u *unseen) remove(c *late) {
	if c.isLink() {
		if u.links[c.link] == c {
			delete(u.links, c.link)
			u.count--
		}
		return
	}
	list := u.entities[c.entity]
	i := slices.Index(list, c)
	if i < 0 {
		return
	}
	if list = slices.Delete(list, i, i+1); len(list) == 0 {
		delete(u.entities, c.entity)
	} else {
		u.entities[c.entity] = list
	}
	if u.sets[c.set]--; u.sets[c.set] == 0 {
		delete(u.sets, c.set)
	}
	u.count--
}

// prune removes what is seen by now.
func (u *unseen) prune(now time.Time) {
	for c := range u.all() {
		if c.over(now) {
			u.remove(c)
		}
	}
}

// all yields the changes; they may be removed meanwhile.
func (u *unseen) all() func(func(*late) bool) {
	return func(yield func(*late) bool) {
		for _, list := range u.entities {
			for _, c := range slices.Clone(list) {
				if !yield(c) {
					return
				}
			}
		}
		for _, c := range u.links {
			if !yield(c) {
				return
			}
		}
	}
}

// view takes a read of an entity: it returns what the reader sees in its place,
// nil when that is the entity as it is. Every change that is kept back counts
// the read.
func (l *lagging) view(u *unseen, o store.Ordinal, revision uint64, now time.Time) *late {
	l.mu.Lock()
	defer l.mu.Unlock()
	var first *late
	for _, c := range u.entities[o] {
		if c.over(now) || c.tick > revision {
			continue
		}
		if first == nil {
			first = c
		}
		c.reads--
	}
	return first
}

// viewLink is view for a link.
func (l *lagging) viewLink(u *unseen, link linkEnds, now time.Time) *late {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := u.links[link]
	if c == nil || c.over(now) {
		return nil
	}
	c.reads--
	return c
}

// floor takes a read of a whole set: it returns the first change in it that is
// kept back, nil for none.
func (l *lagging) floor(u *unseen, set store.SetKey, now time.Time) *late {
	l.mu.Lock()
	defer l.mu.Unlock()
	var first *late
	for c := range u.all() {
		if c.set != set || c.over(now) {
			continue
		}
		if first == nil || c.tick < first.tick {
			first = c
		}
		c.reads--
	}
	return first
}
