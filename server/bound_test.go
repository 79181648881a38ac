package server

import (
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
)

// Every operation that a behaviour is bound to is one that the catalogue has,
// on that type or one derived from it. The start checks the types alone,
// because this looks at all operations.
func TestBoundOperationsExist(t *testing.T) {
	set, err := checkedBehaviors()
	if err != nil {
		t.Fatal(err)
	}
	c, err := openapi.Default()
	if err != nil {
		t.Fatal(err)
	}
	offered := map[string]bool{}
	for _, v := range c.Versions() {
		for op := range v.Operations() {
			if op.Kind == openapi.Action || op.Kind == openapi.Function {
				offer(offered, v, op)
			}
		}
	}
	for _, name := range set.BoundNames() {
		if !offered[name] {
			t.Errorf("%s: the catalogue has no such operation", name)
		}
	}
}

func offer(offered map[string]bool, v *openapi.Version, op *openapi.Operation) {
	target, err := v.Resolve(op.Template, nil)
	if err != nil || len(target.Segments) < 2 {
		return
	}
	last := len(target.Segments) - 1
	on := target.Segments[last-1]
	name := strings.TrimPrefix(target.Segments[last].Name, "microsoft.graph.")
	for t := on.Type(); t != nil; t = t.Base() {
		offered[behavior.BoundName(t.Name, on.Collection(), name)] = true
	}
}
