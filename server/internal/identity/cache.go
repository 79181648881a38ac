package identity

import "sync"

const (
	generationSize = 1024     // tokens in each of the two generations
	cachedBytes    = 16 << 10 // longer tokens are read each time
)

// tokenCache keeps what was read of the tokens seen last, by their bytes:
// decoding costs some microseconds and verifying 50. Two generations bound it
// without a list: a full young one becomes the old one, and what is used again
// moves back. The zero value is ready.
type tokenCache struct {
	mu         sync.RWMutex
	young, old map[string]*token
}

func (c *tokenCache) get(raw string) *token {
	c.mu.RLock()
	t, fresh := c.young[raw]
	if !fresh {
		t = c.old[raw]
	}
	c.mu.RUnlock()
	if t != nil && !fresh {
		c.put(raw, t)
	}
	return t
}

func (c *tokenCache) put(raw string, t *token) {
	if len(raw) > cachedBytes {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.young == nil || len(c.young) >= generationSize {
		c.old, c.young = c.young, make(map[string]*token)
	}
	c.young[raw] = t
}
