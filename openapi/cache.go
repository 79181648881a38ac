package openapi

import "sync/atomic"

// cache keeps what was made of the rows of a table, so that there is one value
// per row. It grows by pages, and costs next to nothing before the first use.
type cache[T any] struct {
	pages []atomic.Pointer[page[T]]
}

const pageSize = 256

type page[T any] [pageSize]atomic.Pointer[T]

func newCache[T any](rows int) cache[T] {
	return cache[T]{pages: make([]atomic.Pointer[page[T]], (rows+pageSize-1)/pageSize)}
}

// get returns what was kept for a row, nil when nothing was.
func (c *cache[T]) get(row int) *T {
	p := c.pages[row/pageSize].Load()
	if p == nil {
		return nil
	}
	return p[row%pageSize].Load()
}

// keep stores what was made for a row and returns what is kept: when two make
// the same at once, the first stays.
func (c *cache[T]) keep(row int, made *T) *T {
	at := &c.pages[row/pageSize]
	p := at.Load()
	if p == nil {
		at.CompareAndSwap(nil, new(page[T]))
		p = at.Load()
	}
	if p[row%pageSize].CompareAndSwap(nil, made) {
		return made
	}
	return p[row%pageSize].Load()
}
