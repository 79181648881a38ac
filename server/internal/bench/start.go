package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"

	"github.com/fakegraph/fakegraph/server"
	"github.com/fakegraph/fakegraph/server/internal/clock"
)

// demoPath is an entity of the demo set.
const demoPath = "/beta" + collection + "/b3548526-e615-3785-3118-be70b3968ec5"

// start is goals 7 and 7b, in a process of its own that has started a server
// before.
func (b *bench) start() ([]row, error) {
	series, err := ask(order{Role: "start", Count: b.fewer(500)})
	if err != nil {
		return nil, err
	}
	plain, heap, tests, reference := series[0], series[1], series[2], series[3]
	ratio := make(samples, len(tests))
	for i := range tests {
		ratio[i] = tests[i] / reference[i]
	}
	return []row{
		newRow(startGoal, plain, ""),
		newRow(startHeapGoal, heap, ""),
		newRow(testServerGoal, ratio, "%.2f of %.2f ms", tests.median(), reference.median()),
	}, nil
}

// measureStart is the child of start.
func measureStart(o order, d *dialogue) error {
	for _, warm := range []func() error{startPlain, startTest, startHTTPTest} {
		if err := warm(); err != nil {
			return err
		}
	}
	plain, err := times(o.Count, startPlain)
	if err != nil {
		return err
	}
	heap, err := allocations(o.Count, startPlain)
	if err != nil {
		return err
	}
	tests, reference := make(samples, 0, o.Count), make(samples, 0, o.Count)
	for range o.Count {
		one, err := times(1, startTest)
		if err != nil {
			return err
		}
		other, err := times(1, startHTTPTest)
		if err != nil {
			return err
		}
		tests, reference = append(tests, one...), append(reference, other...)
	}
	return d.out.Encode(report{Series: []samples{plain, heap, tests, reference}})
}

// first is goal 7c: each time a new process.
func (b *bench) first() ([]row, error) {
	var all samples
	for range b.rounds {
		series, err := ask(order{Role: "first"})
		if err != nil {
			return nil, err
		}
		all = append(all, series[0]...)
	}
	return []row{newRow(firstGoal, all, "from main to the closed server")}, nil
}

// measureFirst is the child of first.
func measureFirst(_ order, d *dialogue) error {
	took, err := times(1, startTest)
	if err != nil {
		return err
	}
	return d.out.Encode(report{Series: []samples{took}})
}

// times is the milliseconds of each of n calls.
func times(n int, f func() error) (samples, error) {
	var watch clock.Clock
	took := make(samples, n)
	for i := range took {
		begin := watch.Now()
		if err := f(); err != nil {
			return nil, err
		}
		took[i] = milliseconds(watch.Now().Sub(begin))
	}
	return took, nil
}

// allocations is how many objects a call allocates, as a mean over n calls.
func allocations(n int, f func() error) (samples, error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range n {
		if err := f(); err != nil {
			return nil, err
		}
	}
	runtime.ReadMemStats(&after)
	return samples{float64(after.Mallocs-before.Mallocs) / float64(n)}, nil
}

// startPlain is a server without a socket, one GET, and its end.
func startPlain() error {
	fake, err := server.New()
	if err != nil {
		return err
	}
	if err := get(fake.Transport(), "https://graph.microsoft.com"+demoPath); err != nil {
		return err
	}
	return fake.Close()
}

// startTest is what one test with a server does.
func startTest() error {
	t := new(oneTest)
	fake := server.NewTest(t)
	err := get(fake.Client().Transport, fake.URL+demoPath)
	t.end()
	return err
}

// startHTTPTest is what a test with a server of net/http/httptest does.
func startHTTPTest() error {
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"id":"b3548526-e615-3785-3118-be70b3968ec5"}`)
	}))
	defer s.Close()
	return get(s.Client().Transport, s.URL)
}

func get(through http.RoundTripper, url string) error {
	r, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return err
	}
	if r.Header.Get("Authorization") == "" {
		r.Header.Set("Authorization", "Bearer bench")
	}
	answer, err := (&http.Client{Transport: through}).Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("GET %s: status %d: %s", url, answer.StatusCode, answer.Header.Get("X-Fake-Reason"))
	}
	return nil
}

// oneTest is a test to server.NewTest.
type oneTest struct{ cleanups []func() }

var _ server.TB = (*oneTest)(nil)

func (t *oneTest) Helper()                           {}
func (t *oneTest) Failed() bool                      { return false }
func (t *oneTest) Logf(format string, args ...any)   {}
func (t *oneTest) Cleanup(f func())                  { t.cleanups = append(t.cleanups, f) }
func (t *oneTest) Errorf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (t *oneTest) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// end runs what the test left to do.
func (t *oneTest) end() {
	for _, f := range t.cleanups {
		f()
	}
}
