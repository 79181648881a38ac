package main

import (
	"fmt"
	"regexp"
	"runtime"

	"github.com/fakegraph/fakegraph/openapi"
)

// parameter is what stands in braces in a template.
var parameter = regexp.MustCompile(`\{[^}]*\}`)

// lookup is goal 14: every operation of the catalogue, found by a path made of
// its template.
func (b *bench) lookup() ([]row, error) {
	c, err := openapi.Default()
	if err != nil {
		return nil, err
	}
	paths, missed := lookups(c)
	if len(paths) == 0 {
		return nil, fmt.Errorf("the catalogue has no operations")
	}
	into := make([]openapi.Segment, 0, 32)
	times := make(samples, 0, b.rounds)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	repeat := max(1, 100_000/len(paths))
	for range b.rounds {
		begin := b.clock.Now()
		for range repeat {
			for _, p := range paths {
				_, _ = p.version.Resolve(p.path, into)
			}
		}
		times = append(times, float64(b.clock.Now().Sub(begin).Nanoseconds())/1e3/float64(repeat*len(paths)))
	}
	runtime.ReadMemStats(&after)
	each := float64(after.Mallocs-before.Mallocs) / float64(b.rounds*repeat*len(paths))
	if each < 0.01 { // what the measurement itself and the runtime take
		each = 0
	}
	return []row{
		newRow(lookupGoal, times, "%d operations; %d more whose template makes no path", len(paths), missed),
		newRow(lookupHeapGoal, samples{each}, ""),
	}, nil
}

type lookedUp struct {
	version *openapi.Version
	path    string
	method  string
}

// lookups makes a path of each operation that resolves. Parameters become a
// GUID, which fits nearly all of them.
func lookups(c *openapi.Catalogue) (paths []lookedUp, missed int) {
	for _, v := range c.Versions() {
		for op := range v.Operations() {
			path := parameter.ReplaceAllString(op.Template, "48d31887-5fad-4d73-a9f5-3c356e68a038")
			if _, err := v.Resolve(path, nil); err != nil {
				missed++
				continue
			}
			paths = append(paths, lookedUp{v, path, op.Method})
		}
	}
	return paths, missed
}
