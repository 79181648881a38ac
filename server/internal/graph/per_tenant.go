package graph

import (
	"sync"
	"sync/atomic"
)

// perTenant is what is kept of each tenant beside the store.
type perTenant[T any] struct {
	some    atomic.Bool // false: there is nothing, and nothing is looked up
	mu      sync.Mutex  // holds for what is below
	tenants map[string]*T
}

// forget drops what is kept of a tenant, of all for "".
func (p *perTenant[T]) forget(tenant string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if tenant == "" {
		clear(p.tenants)
	}
	delete(p.tenants, tenant)
	p.some.Store(len(p.tenants) > 0)
}
