package metrics

import (
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
)

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("fakegraph_"+name, help, labels, nil)
}

var (
	requestsDesc    = describe("requests_total", "Requests by method, status and kind of operation; status none where a fault left no answer.", "method", "status", "kind")
	stepsDesc       = describe("batch_steps_total", "Requests inside of $batch, by method, status and kind of operation.", "method", "status", "kind")
	secondsDesc     = describe("request_duration_seconds", "Time from the end of a request's header to the end of its answer, delays of scenarios included.", "kind")
	inFlightDesc    = describe("requests_in_flight", "Requests that are being answered.")
	faultsDesc      = describe("faults_total", "Connections that a scenario broke, by fault.", "fault")
	panicsDesc      = describe("panics_total", "Requests that broke the fake; its log has their stacks.")
	connectionsDesc = describe("connections", "Open connections.")
	storeDesc       = describe("store_bytes", "Bytes that the state occupies.")
	droppedDesc     = describe("journal_dropped_total", "Calls that left the journal to make room, since it was cleared.")
	buildDesc       = describe("build_info", "1, with the version as a label.", "version")
)

// collector shows metrics to Prometheus' library.
type collector struct{ m *Metrics }

// Describe implements [prometheus.Collector].
func (c collector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{requestsDesc, stepsDesc, secondsDesc, inFlightDesc, faultsDesc, panicsDesc, connectionsDesc, storeDesc, droppedDesc, buildDesc} {
		to <- d
	}
}

// Collect implements [prometheus.Collector].
func (c collector) Collect(to chan<- prometheus.Metric) {
	m := c.m
	number := func(desc *prometheus.Desc, kind prometheus.ValueType, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(desc, kind, value, labels...)
	}
	for method := range m.rows {
		for kind := range m.rows[method] {
			if r := m.rows[method][kind].Load(); r != nil {
				counted(&r.requests, func(status string, n float64) {
					number(requestsDesc, prometheus.CounterValue, n, methodName(method), status, kindName(kind))
				})
				counted(&r.steps, func(status string, n float64) {
					number(stepsDesc, prometheus.CounterValue, n, methodName(method), status, kindName(kind))
				})
			}
		}
	}
	for kind := range m.seconds {
		if h := m.seconds[kind].Load(); h != nil {
			to <- h.metric(secondsDesc, kindName(kind))
		}
	}
	m.faults.Range(func(name, n any) bool {
		number(faultsDesc, prometheus.CounterValue, float64(n.(*atomic.Uint64).Load()), name.(string))
		return true
	})
	number(inFlightDesc, prometheus.GaugeValue, float64(m.inFlight.Load()))
	number(panicsDesc, prometheus.CounterValue, float64(m.panics.Load()))
	number(connectionsDesc, prometheus.GaugeValue, float64(m.standing.Connections()))
	number(storeDesc, prometheus.GaugeValue, float64(m.standing.StoreBytes()))
	number(droppedDesc, prometheus.CounterValue, float64(m.standing.JournalDropped()))
	number(buildDesc, prometheus.GaugeValue, 1, m.standing.Version)
}

// counted visits the statuses that occurred.
func counted(by *[statuses]atomic.Uint64, visit func(status string, n float64)) {
	for i := range by {
		if n := by[i].Load(); n > 0 {
			visit(statusName(i), float64(n))
		}
	}
}
