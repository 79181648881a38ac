package scenarios

import (
	"cmp"
	"math"
	"slices"
	"sync"
	"testing"
	"time"
)

// TestDelay_Lognormal draws many delays and holds them against the distribution:
// half are below the median, and the shares within one and two sigma of it are
// those of the normal distribution.
func TestDelay_Lognormal(t *testing.T) {
	const draws = 20_000
	for _, sigma := range []float64{0.1, 0.5, 2} {
		d := &Delay{Median: 200 * time.Millisecond, Sigma: sigma, Max: time.Hour}
		a := newActive(Scenario{Seed: 7, Rules: []Rule{{Delay: d}}}, "")
		within := func(k float64) (below, inside float64) {
			low, high := float64(d.Median)*math.Exp(-k*sigma), float64(d.Median)*math.Exp(k*sigma)
			for n := range draws {
				drawn := float64(d.pick(a.random(0, n, forDelay)))
				if drawn < float64(d.Median) {
					below++
				}
				if low <= drawn && drawn <= high {
					inside++
				}
			}
			return below / draws, inside / draws
		}
		for k, want := range map[float64]float64{1: 0.6827, 2: 0.9545} {
			below, inside := within(k)
			if math.Abs(below-0.5) > 0.015 || math.Abs(inside-want) > 0.015 {
				t.Errorf("sigma %v: %.3f below the median, want 0.5; %.3f within %v sigma, want %.3f", sigma, below, inside, k, want)
			}
		}
	}
}

// TestDelay_Bounds draws from the ends of what random numbers can be.
func TestDelay_Bounds(t *testing.T) {
	for _, d := range []*Delay{
		{Median: time.Second, Sigma: 10, Max: 2 * time.Second},
		{Min: time.Second, Max: 2 * time.Second},
		{Min: time.Second, Max: time.Second},
	} {
		for _, random := range []uint64{0, 1, math.MaxUint32, 1 << 32, math.MaxUint64 - math.MaxUint32, math.MaxUint64} {
			if got := d.pick(random); got < d.Min || got > d.Max || got < 0 {
				t.Errorf("%+v: %v for %d", d, got, random)
			}
		}
	}
}

// met is what one request meets.
type met struct {
	status int
	delay  time.Duration
	fault  Fault
}

// play decides about so many requests by so many clients and returns what they
// met, sorted: who came when is chance, what was handed out is not.
func play(t *testing.T, clients, each int) []met {
	t.Helper()
	e := engineOf(t, `
name: chance
seed: 42
rules:
  - {match: {path: /a}, probability: 0.3, respond: {status: 500}}
  - {match: {path: /a}, every: 3, times: 40, respond: {status: 502}}
  - {match: {path: /a}, probability: 0.2, fault: reset}
  - {match: {path: /a}, delay: {median: 200ms, sigma: 0.8, max: 5s}}
`)
	all := make([][]met, clients)
	var wg sync.WaitGroup
	for c := range clients {
		wg.Go(func() {
			for range each {
				d := e.Decide(&Facts{Method: "GET", Path: "/a", Tenant: "t"}, noon)
				m := met{delay: d.Delay, fault: d.Fault}
				if d.Respond != nil {
					m.status = d.Respond.Status
				}
				all[c] = append(all[c], m)
			}
		})
	}
	wg.Wait()
	flat := slices.Concat(all...)
	slices.SortFunc(flat, func(a, b met) int {
		return cmp.Or(cmp.Compare(a.status, b.status), cmp.Compare(a.delay, b.delay), cmp.Compare(a.fault, b.fault))
	})
	return flat
}

// TestDecide_DeterministicUnderConcurrency holds what many clients at once are
// handed out against what one alone is.
func TestDecide_DeterministicUnderConcurrency(t *testing.T) {
	alone := play(t, 1, 800)
	for range 5 {
		if together := play(t, 8, 100); !slices.Equal(alone, together) {
			t.Fatal("eight clients meet something else than one")
		}
	}
	kinds := map[int]int{}
	for _, m := range alone {
		kinds[m.status]++
	}
	if kinds[500] < 200 || kinds[500] > 280 || kinds[502] != 40 {
		t.Errorf("met %v, want about 240 times 500 and 40 times 502", kinds)
	}
}
