package scenarios

import (
	"encoding/json"
	"math/big"
	"strconv"
)

// equalJSON compares two JSON values. Numbers compare by value, whether they
// were decoded to float64, json.Number or a Go integer.
func equalJSON(a, b any) bool {
	switch a := a.(type) {
	case map[string]any:
		b, ok := b.(map[string]any)
		return ok && equalObjects(a, b)
	case []any:
		b, ok := b.([]any)
		return ok && equalLists(a, b)
	case nil, bool, string:
		return isPlain(b) && a == b
	}
	x, y := digits(a), digits(b)
	return x != "" && (x == y || sameNumber(x, y))
}

func isPlain(v any) bool {
	switch v.(type) {
	case nil, bool, string:
		return true
	}
	return false
}

func equalObjects(a, b map[string]any) bool {
	if len(a) != len(b) {
		return false
	}
	for key, v := range a {
		w, ok := b[key]
		if !ok || !equalJSON(v, w) {
			return false
		}
	}
	return true
}

func equalLists(a, b []any) bool {
	if len(a) != len(b) {
		return false
	}
	for i, v := range a {
		if !equalJSON(v, b[i]) {
			return false
		}
	}
	return true
}

// digits returns the text of a number, "" for anything else.
func digits(v any) string {
	switch n := v.(type) {
	case float64:
		return strconv.FormatFloat(n, 'g', -1, 64)
	case json.Number:
		return n.String()
	case int:
		return strconv.Itoa(n)
	case int64:
		return strconv.FormatInt(n, 10)
	}
	return ""
}

// sameNumber compares 1.0 with 1e0. The precision holds every integer that an
// API has.
func sameNumber(x, y string) bool {
	const bits = 128
	a, _, errA := big.ParseFloat(x, 10, bits, big.ToNearestEven)
	b, _, errB := big.ParseFloat(y, 10, bits, big.ToNearestEven)
	return errA == nil && errB == nil && a.Cmp(b) == 0
}
