package metrics

import (
	"sync/atomic"
	"time"
)

// buckets go from what a read costs to what a scenario's delay adds.
var buckets = [...]time.Duration{
	50 * time.Microsecond, 100 * time.Microsecond, 250 * time.Microsecond, 500 * time.Microsecond,
	time.Millisecond, 2500 * time.Microsecond, 5 * time.Millisecond, 10 * time.Millisecond, 25 * time.Millisecond,
	100 * time.Millisecond, 500 * time.Millisecond, time.Second, 5 * time.Second, 30 * time.Second,
}

// histogram counts durations.
type histogram struct {
	within [len(buckets) + 1]atomic.Uint64 // the last is for what is longer than all
	sum    atomic.Int64
}

func (h *histogram) observe(took time.Duration) {
	i := 0
	for i < len(buckets) && took > buckets[i] {
		i++
	}
	h.within[i].Add(1)
	h.sum.Add(int64(took))
}

func (h *histogram) total() time.Duration { return time.Duration(h.sum.Load()) }
