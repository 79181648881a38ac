package graph

import "testing"

// The sets of an umbrella are those of the types below it, in a fixed order:
// tokens count them.
func TestHomeTypesAreOrdered(t *testing.T) {
	for i := 1; i < len(homeTypes); i++ {
		if homeTypes[i-1] >= homeTypes[i] {
			t.Errorf("%s before %s", homeTypes[i-1], homeTypes[i])
		}
	}
	if len(homeTypes) != len(homeSets) {
		t.Errorf("%d of %d", len(homeTypes), len(homeSets))
	}
}
