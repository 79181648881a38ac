package main

import (
	"path/filepath"
	"slices"
	"testing"
)

// leastGuessed is the least share of the pages' statuses that the rules say
// without the pages, in per cent: what can be expected where no page is known.
const leastGuessed = 98.5

// The rules have to stand for pages that nobody gave us.
func TestApplyStatus_WithoutPages(t *testing.T) {
	all := buildAll(t)
	pages, err := readPromises(filepath.Join(sourceDir, "facts-dev.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	known, right := 0, 0
	for _, version := range versions {
		for _, op := range all[version].Operations {
			promised := pages[version+" "+op.Method+" "+normalPath(op.Path)]
			if op.Overlay || len(promised) == 0 {
				continue
			}
			known++
			if (promises{}).applyStatus(version, &op); slices.Contains(promised, op.Status) {
				right++
				continue
			}
			t.Logf("%s %s %s: %d, the page has %v", version, op.Method, op.Path, op.Status, promised)
		}
	}
	if share := 100 * float64(right) / float64(known); share < leastGuessed {
		t.Errorf("%.1f %% of %d statuses, want at least %.1f %%", share, known, leastGuessed)
	}
}
