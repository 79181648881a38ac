package edge

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// How much the heap of a serving process may grow between two collections, in
// percent of what is live. That is a few MB for most users, so that Go's own 100
// collects hundreds of times a second under load, for memory that nobody needs;
// but 160 MB once every operation was called, which must not become 800.
const (
	mostPercent  = 400
	leastPercent = 30
	mostGrowth   = 48 << 20 // bytes, where the percent allow it
)

// TuneCollector sets the garbage collector of a process that does nothing but
// serve, unless GOGC or GOMEMLIMIT say what its user wants. It is for programs:
// a server inside somebody's test leaves the process alone.
func TuneCollector() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(mostPercent)
		watchCollector(mostPercent)
	}
}

// sentinel is what nobody holds: that it is finalized tells of a collection. It
// is larger than what the runtime packs together, whose finalizers may wait.
type sentinel struct {
	percent int // as set
	_       [32]byte
}

// watchCollector sets the percent anew after each collection.
func watchCollector(percent int) {
	runtime.SetFinalizer(&sentinel{percent: percent}, func(last *sentinel) {
		next := growth(liveHeap())
		if next != last.percent {
			debug.SetGCPercent(next)
		}
		watchCollector(next)
	})
}

// growth is the percent by which so many live bytes may grow.
func growth(live uint64) int {
	if live == 0 {
		return mostPercent
	}
	return min(max(int(100*mostGrowth/live), leastPercent), mostPercent)
}

// liveHeap is how many bytes the last collection found in use.
func liveHeap() uint64 {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if live[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return live[0].Value.Uint64()
}
