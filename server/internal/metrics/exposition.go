package metrics

import (
	"bytes"
	"fmt"
	"io"
	"sync/atomic"

	vm "github.com/VictoriaMetrics/metrics"
)

// family is the series of one name.
type family struct{ name, kind, help string }

var (
	requestsFamily    = family{"fakegraph_requests_total", "counter", "Requests by method, status and kind of operation; status none where a fault left no answer."}
	stepsFamily       = family{"fakegraph_batch_steps_total", "counter", "Requests inside of $batch, by method, status and kind of operation."}
	secondsFamily     = family{"fakegraph_request_duration_seconds", "histogram", "Time from the end of a request's header to the end of its answer, delays of scenarios included."}
	inFlightFamily    = family{"fakegraph_requests_in_flight", "gauge", "Requests that are being answered."}
	faultsFamily      = family{"fakegraph_faults_total", "counter", "Connections that a scenario broke, by fault."}
	panicsFamily      = family{"fakegraph_panics_total", "counter", "Requests that broke the fake; its log has their stacks."}
	connectionsFamily = family{"fakegraph_connections", "gauge", "Open connections."}
	storeFamily       = family{"fakegraph_store_bytes", "gauge", "Bytes that the state occupies."}
	droppedFamily     = family{"fakegraph_journal_dropped_total", "counter", "Calls that left the journal to make room, since it was cleared."}
	buildFamily       = family{"fakegraph_build_info", "gauge", "1, with the version as a label."}
)

// Write writes the numbers in Prometheus' text format, behind them those of the
// process and of Go's runtime.
func (m *Metrics) Write(w io.Writer) error {
	x := &exposition{}
	m.eachRow(func(r *row, method, kind string) { x.byStatus(requestsFamily, &r.requests, method, kind) })
	m.eachRow(func(r *row, method, kind string) { x.byStatus(stepsFamily, &r.steps, method, kind) })
	for kind := range m.seconds {
		if h := m.seconds[kind].Load(); h != nil {
			x.histogram(secondsFamily, h, kindName(kind))
		}
	}
	m.faults.Range(func(name, n any) bool {
		x.number(faultsFamily, fmt.Sprintf("{fault=%q}", name), n.(*atomic.Uint64).Load())
		return true
	})
	x.number(inFlightFamily, "", uint64(max(0, m.inFlight.Load())))
	x.number(panicsFamily, "", m.panics.Load())
	x.number(connectionsFamily, "", uint64(m.standing.Connections()))
	x.number(storeFamily, "", uint64(m.standing.StoreBytes()))
	x.number(droppedFamily, "", m.standing.JournalDropped())
	x.number(buildFamily, fmt.Sprintf("{version=%q}", m.standing.Version), 1)
	vm.WriteProcessMetrics(x)
	vm.WriteFDMetrics(x)
	_, err := w.Write(x.Bytes())
	return err
}

// eachRow visits the rows that count something.
func (m *Metrics) eachRow(visit func(r *row, method, kind string)) {
	for method := range m.rows {
		for kind := range m.rows[method] {
			if r := m.rows[method][kind].Load(); r != nil {
				visit(r, methodName(method), kindName(kind))
			}
		}
	}
}

// exposition is a text of families, of which the last one is open.
type exposition struct {
	bytes.Buffer
	open string
}

// begin opens a family at its first series.
func (x *exposition) begin(f family) {
	if x.open != f.name {
		x.open = f.name
		fmt.Fprintf(x, "# HELP %s %s\n# TYPE %s %s\n", f.name, f.help, f.name, f.kind)
	}
}

func (x *exposition) number(f family, labels string, value uint64) {
	x.begin(f)
	vm.WriteCounterUint64(x, f.name+labels, value)
}

// byStatus writes the statuses that occurred.
func (x *exposition) byStatus(f family, by *[statuses]atomic.Uint64, method, kind string) {
	for i := range by {
		if n := by[i].Load(); n > 0 {
			x.number(f, fmt.Sprintf("{kind=%q,method=%q,status=%q}", kind, method, statusName(i)), n)
		}
	}
}

// histogram writes one as Prometheus counts: each bucket holds those before.
func (x *exposition) histogram(f family, h *histogram, kind string) {
	x.begin(f)
	var count uint64
	for i, limit := range buckets {
		count += h.within[i].Load()
		vm.WriteCounterUint64(x, fmt.Sprintf("%s_bucket{kind=%q,le=\"%g\"}", f.name, kind, limit.Seconds()), count)
	}
	count += h.within[len(buckets)].Load()
	vm.WriteCounterUint64(x, fmt.Sprintf("%s_bucket{kind=%q,le=\"+Inf\"}", f.name, kind), count)
	vm.WriteGaugeFloat64(x, fmt.Sprintf("%s_sum{kind=%q}", f.name, kind), h.total().Seconds())
	vm.WriteCounterUint64(x, fmt.Sprintf("%s_count{kind=%q}", f.name, kind), count)
}
