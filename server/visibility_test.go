package server

import (
	"slices"
	"testing"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
)

// What a read shows or leaves out is a property that a version has.
func TestVisiblePropertiesExist(t *testing.T) {
	c, err := openapi.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range behavior.VisibleTypes() {
		v := behavior.VisibilityOf(name)
		for _, property := range slices.Concat(v.Shown, v.OnSelect) {
			if !slices.ContainsFunc(c.Versions(), func(in *openapi.Version) bool {
				t := in.Type(name)
				return t != nil && t.Property(property) != nil
			}) {
				t.Errorf("%s/%s: no version has it", name, property)
			}
		}
		for _, property := range v.Alone {
			if !slices.Contains(v.OnSelect, property) {
				t.Errorf("%s/%s: in Alone, but not in OnSelect", name, property)
			}
		}
	}
}
