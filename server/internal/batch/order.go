package batch

import (
	"encoding/json"
	"fmt"
	"strings"
)

// order finds what each step waits for, and holds the whole to the patterns
// that Graph supports (D): steps that depend on one another in a row, or all
// on the same one; independent ones may stand beside them.
func (b *Batch) order(requests []request, bad *Malformed) {
	index := make(map[string]int, len(b.Steps))
	row, same := true, true // the patterns that still fit
	last, shared := -1, -1  // the step before in the row; the one all depend on
	for i := range b.Steps {
		s := &b.Steps[i]
		at := place(i)
		ids, ok := dependencies(requests[i].DependsOn)
		if !ok {
			bad.add("Invalid batch payload format.", at.of("/dependsOn: want a list of ids"))
		}
		if len(ids) > 1 {
			bad.add("Invalid dependency for request Id : "+s.ID+".", at.of("/dependsOn: a request depends on one other, not on "+fmt.Sprint(len(ids))))
			ids = ids[:1]
		}
		for _, id := range ids {
			before, known := index[strings.ToLower(id)]
			if !known {
				bad.add("Invalid dependency for request Id : "+s.ID+".", at.of(fmt.Sprintf("/dependsOn: %q is no request that stands before", id)))
				continue
			}
			s.After, s.Level = before, b.Steps[before].Level+1
			row = row && (last < 0 || before == last)
			same = same && (shared < 0 || before == shared)
			last, shared = i, before
		}
		index[strings.ToLower(s.ID)] = i
	}
	if !row && !same {
		bad.add("The dependencies of the batch are not supported.",
			"/requests: dependsOn must form one row, or name the same request everywhere")
	}
}

func dependencies(raw json.RawMessage) ([]string, bool) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, true
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw} // one id without the list
	}
	ids := make([]string, 0, len(list))
	for _, item := range list {
		id, ok := identifier(item)
		if !ok {
			return nil, false
		}
		ids = append(ids, id)
	}
	return ids, true
}

// Levels returns how many levels there are.
func (b *Batch) Levels() int {
	n := 0
	for i := range b.Steps {
		n = max(n, b.Steps[i].Level+1)
	}
	return n
}
