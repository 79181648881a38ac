package main

import (
	"fmt"
	"time"
)

// side is one of the two servers of a pair, with its load.
type side struct {
	*child
	load
}

// figures are what the rounds of a pair gave.
type figures struct {
	rate, cpu samples // ratios, subject to reference
	subject   absolute
	reference absolute
}

// absolute are the figures of one side: requests a second, microseconds of
// processor time a request, median milliseconds of a request.
type absolute struct{ rate, cpu, wait samples }

// pair puts two servers under the same load in turn, with the order changing
// from round to round, so that what else the machine does hits both alike.
func (b *bench) pair(subject, reference *side) (figures, error) {
	var f figures
	for round := -1; round < b.rounds; round++ { // the first one warms up
		sides := []*side{subject, reference}
		results := []*absolute{&f.subject, &f.reference}
		if round%2 == 0 {
			sides[0], sides[1] = sides[1], sides[0]
			results[0], results[1] = results[1], results[0]
		}
		for i, s := range sides {
			if err := s.round(b.half(), results[i]); err != nil {
				return f, err
			}
		}
		if round < 0 {
			f = figures{}
			continue
		}
		f.rate = append(f.rate, f.subject.rate[round]/f.reference.rate[round])
		if f.reference.cpu[round] > 0 {
			f.cpu = append(f.cpu, f.subject.cpu[round]/f.reference.cpu[round])
		}
	}
	return f, nil
}

// round is one half of a pair.
func (s *side) round(d time.Duration, a *absolute) error {
	before, err := s.cpu()
	if err != nil {
		return err
	}
	o, err := s.run(d)
	if err != nil {
		return err
	}
	after, err := s.cpu()
	if err != nil {
		return err
	}
	if o.requests == 0 {
		return fmt.Errorf("load for %s: not one request was answered in %v", s.addr, d)
	}
	a.rate = append(a.rate, o.rate())
	a.cpu = append(a.cpu, (after-before).Seconds()*1e6/float64(o.requests))
	a.wait = append(a.wait, o.waits.median())
	return nil
}

// row is the line of a goal that was measured as a pair.
func (f *figures) row(g goal) row {
	r := newRow(g, f.rate, "%.0f/s of %.0f/s; CPU %.1f of %.1f µs; p50 %.2f of %.2f ms",
		f.subject.rate.median(), f.reference.rate.median(),
		f.subject.cpu.median(), f.reference.cpu.median(),
		f.subject.wait.median(), f.reference.wait.median())
	r.CPU = f.cpu.median()
	r.Verdict = r.verdict()
	return r
}
