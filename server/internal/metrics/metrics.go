// Package metrics owns the numbers that a server tells about itself in
// Prometheus' format: what was asked and answered, how long it took, what is
// held.
//
// It must not know how a request is served: it is told of requests that have
// ended, and asks for what stands. Labels come from lists of the catalogue and
// of HTTP, never from a client's text, so their number is bounded. Start reading
// at [New] and [Metrics.Request].
package metrics

import (
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
)

// Standing is what is asked for when somebody looks.
type Standing struct {
	StoreBytes     func() int64  // that the state occupies
	JournalDropped func() uint64 // calls that made room for newer ones
	Connections    func() int    // open ones
	Version        string        // of fakegraph
}

// Metrics are the numbers of one server. It is safe for concurrent use. To count
// costs a few atomic additions; text is made of the numbers when somebody looks, so
// that a server in a test pays nothing for it.
type Metrics struct {
	standing Standing
	rows     [len(methods) + 1][kinds]atomic.Pointer[row]
	seconds  [kinds]atomic.Pointer[histogram]
	inFlight atomic.Int64
	panics   atomic.Uint64
	faults   sync.Map // by name: *atomic.Uint64
}

// What stands for a request that is no operation of the catalogue.
const (
	Unknown = openapi.Kind(0)    // no such path or method
	SignIn  = openapi.Stream + 1 // a route of Entra ID
	Batch   = openapi.Stream + 2 // $batch itself
	kinds   = int(Batch) + 1
)

// methods are the label values; all others are "other".
var methods = [...]string{"GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS"}

// row counts the requests of a method and a kind by status.
type row struct{ requests, steps [statuses]atomic.Uint64 }

// The statuses that are counted apart. All others would share the last place;
// the first is for requests that got no answer.
const (
	leastStatus = 200
	mostStatus  = 599
	statuses    = mostStatus - leastStatus + 3
)

func statusIndex(status int) int {
	switch {
	case status == 0:
		return 0
	case status < leastStatus || status > mostStatus:
		return statuses - 1
	}
	return status - leastStatus + 1
}

func statusName(index int) string {
	switch index {
	case 0:
		return "none"
	case statuses - 1:
		return "other"
	}
	return strconv.Itoa(index - 1 + leastStatus)
}

// New returns metrics that count from zero.
func New(standing Standing) *Metrics { return &Metrics{standing: standing} }

// Begin notes that a request is being answered.
func (m *Metrics) Begin() { m.inFlight.Add(1) }

// Request notes a request that has ended; status is 0 when it got no answer.
func (m *Metrics) Request(method string, kind openapi.Kind, status int, took time.Duration) {
	m.inFlight.Add(-1)
	m.row(method, kind).requests[statusIndex(status)].Add(1)
	first(&m.seconds[kind]).observe(took)
}

// Step notes a request inside of $batch.
func (m *Metrics) Step(method string, kind openapi.Kind, status int) {
	m.row(method, kind).steps[statusIndex(status)].Add(1)
}

// Fault notes a connection that a scenario broke. Names come from its list of
// faults.
func (m *Metrics) Fault(name string) {
	n, _ := m.faults.LoadOrStore(name, new(atomic.Uint64))
	n.(*atomic.Uint64).Add(1)
}

// Panic notes a request that broke the fake.
func (m *Metrics) Panic() { m.panics.Add(1) }

func (m *Metrics) row(method string, kind openapi.Kind) *row {
	return first(&m.rows[methodIndex(method)][kind])
}

// first is what stands at a place, made by the first who asks.
func first[T any](place *atomic.Pointer[T]) *T {
	if there := place.Load(); there != nil {
		return there
	}
	place.CompareAndSwap(nil, new(T))
	return place.Load()
}

func methodIndex(method string) int {
	for i := range methods {
		if methods[i] == method {
			return i
		}
	}
	return len(methods)
}

func methodName(index int) string {
	if index < len(methods) {
		return methods[index]
	}
	return "other"
}

func kindName(kind int) string {
	switch k := openapi.Kind(kind); k {
	case Unknown:
		return "unknown"
	case SignIn:
		return "signIn"
	case Batch:
		return "batch"
	default:
		return k.String()
	}
}
