package entity

import (
	"encoding/json"
	"iter"
)

// Elements yields the elements of a JSON array, without copying them; nothing
// when raw is no array. raw must be valid JSON.
func Elements(raw []byte) iter.Seq[json.RawMessage] {
	return func(yield func(json.RawMessage) bool) {
		at := skip(raw, 0)
		if at >= len(raw) || raw[at] != '[' {
			return
		}
		for at = skip(raw, at+1); at < len(raw) && raw[at] != ']'; {
			end := valueEnd(raw, at)
			if !yield(json.RawMessage(raw[at:end])) {
				return
			}
			if at = skip(raw, end); at < len(raw) && raw[at] == ',' {
				at = skip(raw, at+1)
			}
		}
	}
}
