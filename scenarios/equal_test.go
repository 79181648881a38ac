package scenarios

import (
	"encoding/json"
	"testing"
)

func TestEqualJSON(t *testing.T) {
	tests := []struct {
		a, b any
		want bool
	}{
		{nil, nil, true}, {nil, false, false}, {"1", 1.0, false}, {1.0, "1", false}, {true, true, true}, {"a", []any{}, false},
		{1.0, json.Number("1.0"), true}, {json.Number("1e2"), 100, true}, {int64(7), 7.0, true}, {1.0, 2.0, false}, {1.0, nil, false},
		{json.Number("12345678901234567890"), json.Number("12345678901234567891"), false},
		{map[string]any{"a": 1.0}, map[string]any{"a": json.Number("1")}, true}, {map[string]any{"a": nil}, map[string]any{"b": nil}, false},
		{[]any{1.0}, []any{1.0, 2.0}, false}, {struct{}{}, struct{}{}, false},
	}
	for _, test := range tests {
		if got := equalJSON(test.a, test.b); got != test.want {
			t.Errorf("%#v, %#v: %v", test.a, test.b, got)
		}
	}
}
