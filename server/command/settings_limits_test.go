package command

import (
	"os"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// The README's table has every limit with the default that serve has.
func TestReadmeNamesLimits(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	newSettings().flags.VisitAll(func(f *pflag.Flag) {
		if f.Annotations[groupKey][0] != groupLimits {
			return
		}
		n++
		if row := "| `--" + f.Name + "` | " + f.DefValue + " |"; !strings.Contains(string(text), row) {
			t.Errorf("README.md has no row %s", row)
		}
	})
	if n < 10 {
		t.Errorf("only %d limits", n)
	}
}
