package behavior

import (
	"encoding/json"
	"strings"
	"testing"
)

// A client's pattern of many stars takes no longer than its length and that of the
// text together say.
func TestCriterionOfManyStars(t *testing.T) {
	c := cell{value: json.RawMessage(`"` + strings.Repeat("a", 2000) + `"`)}
	for pattern, want := range map[string]bool{
		strings.Repeat("*a", 60) + "*b": false, strings.Repeat("*a", 60) + "*": true, "<>" + strings.Repeat("*a", 60) + "*b": true,
	} {
		if c.meets(pattern) != want {
			t.Errorf("%s: want %t", pattern, want)
		}
	}
}
