package edge

import (
	"os"
	"runtime/debug"
)

// collectorPercent is how much the heap of a serving process may grow between
// two collections, in percent. The live heap is a few MB, so that Go's own 100
// collects hundreds of times a second under load, for memory that nobody needs.
const collectorPercent = 400

// TuneCollector sets the garbage collector of a process that does nothing but
// serve, unless GOGC or GOMEMLIMIT say what its user wants. It is for programs:
// a server inside somebody's test leaves the process alone.
func TuneCollector() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(collectorPercent)
	}
}
