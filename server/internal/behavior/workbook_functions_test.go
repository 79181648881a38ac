package behavior

import (
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/formula"
)

func TestFunctionsOfTheModelAreCalculated(t *testing.T) {
	all := functionCalls()
	if len(all) < 300 {
		t.Errorf("only %d functions", len(all))
	}
	for _, r := range all {
		_, name, _ := strings.Cut(r.Bound, "/")
		if !formula.Known(formulaName(name)) {
			t.Errorf("%s is in the table and not calculated", name)
		}
	}
}
