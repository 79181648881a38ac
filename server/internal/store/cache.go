package store

import "sync"

// What a name is the name of.
const (
	tenantName byte = 't'
	typeName   byte = 'y'
	keyName    byte = 'k'
	navName    byte = 'n'
)

type nameKey struct {
	kind byte
	text string
}

// cache remembers numbers that the file gave to names and to sets of service
// roots, so that a point read seeks an id and an entity and nothing else. Sets
// within entities are not remembered: there may be millions.
//
// Numbers are never used again, and only ClearTenant takes one away, so what is
// remembered stays true for every later snapshot until a tenant is cleared; for
// an earlier snapshot the number is of something not there yet, which reads as
// empty, as it should. A clearing store begins a new cache. Nothing uncommitted
// may get in: a writer remembers in a cache of its batch, which joins the shared
// one after the commit.
//
// A nil cache is empty and remembers nothing.
type cache struct {
	since int // first transaction that may use it, of those that bbolt counts

	mu      sync.RWMutex
	numbers map[nameKey]number
	texts   map[number]string
	refs    map[SetKey]setRef
	sets    map[number]knownSet
}

type knownSet struct {
	key    SetKey
	tenant number
}

func newCache(since int) *cache {
	return &cache{
		since:   since,
		numbers: make(map[nameKey]number),
		texts:   make(map[number]string),
		refs:    make(map[SetKey]setRef),
		sets:    make(map[number]knownSet),
	}
}

func (c *cache) number(k nameKey) number {
	if c == nil {
		return 0
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.numbers[k]
}

func (c *cache) text(n number) (string, bool) {
	if c == nil {
		return "", false
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	s, ok := c.texts[n]
	return s, ok
}

func (c *cache) ref(k SetKey) (setRef, bool) {
	if c == nil {
		return setRef{}, false
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	r, ok := c.refs[k]
	return r, ok
}

func (c *cache) set(n number) (knownSet, bool) {
	if c == nil {
		return knownSet{}, false
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	s, ok := c.sets[n]
	return s, ok
}

func (c *cache) addName(k nameKey, n number) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.numbers[k], c.texts[n] = n, k.text
}

func (c *cache) addSet(k SetKey, r setRef) {
	if c == nil || k.Parent != 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refs[k], c.sets[r.set] = r, knownSet{k, r.tenant}
}

// join takes over what a batch has learned. from is no longer in use.
func (c *cache) join(from *cache) {
	if len(from.texts)+len(from.refs) == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for k, n := range from.numbers {
		c.numbers[k], c.texts[n] = n, k.text
	}
	for k, r := range from.refs {
		c.refs[k], c.sets[r.set] = r, knownSet{k, r.tenant}
	}
}
