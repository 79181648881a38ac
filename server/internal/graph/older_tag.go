package graph

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Planner takes the tag of an older state for a change of properties that
// nobody has changed since, and answers 409 to a change of others (D,
// graph-behaviour §3.7). For that it has to know when each property changed.

// changedSpace is where the store keeps, per entity, the revision that each
// property was changed from last.
const changedSpace = "changed"

// revisionOf is the revision that a planner tag tells of an entity; false for a
// tag of another entity, or of none.
func revisionOf(tag string, e store.Entity) (uint64, bool) {
	text := strings.Trim(strings.TrimPrefix(strings.TrimSpace(tag), "W/"), `"`)
	plain, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return 0, false
	}
	revision, ok := strings.CutPrefix(strings.Trim(string(plain), "'"), fmt.Sprintf("%d-", e.Ordinal))
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseUint(revision, 16, 64)
	return n, err == nil && n <= e.Revision
}

// older decides about a PATCH that comes with the tag of an older state; done is
// false when the tag is none of those.
func (q *run) older(given []string, e store.Entity) (refused *refusal, done bool) {
	if q.op.Method != "PATCH" || len(given) != 1 {
		return nil, false
	}
	from, ok := revisionOf(given[0], e)
	if !ok {
		return nil, false
	}
	changed := q.changes(e)
	for _, m := range q.Payload {
		if at, ever := changed[m.Name]; ever && at >= from {
			return &refusal{
				err:    grapherr.Conflict(q.family(), "The attempted changes conflict with another change that was accepted recently."),
				reason: "If-Match: of an older state, since which " + m.Name + " has changed",
			}, true
		}
	}
	q.note("If-Match: of an older state, since which nothing of this change has changed")
	return nil, true
}

func (q *run) changes(e store.Entity) map[string]uint64 {
	changed := map[string]uint64{}
	if data, ok := q.reader.Value(changedSpace, strconv.FormatUint(uint64(e.Ordinal), 10)); ok {
		_ = json.Unmarshal(data, &changed) // our own
	}
	return changed
}

// remember notes from which revision properties are changed, where the service
// asks for that.
func (q *run) remember(e store.Entity, change entity.Object) *refusal {
	rule := q.tagRule(q.entityType(e))
	if rule == nil || !rule.required {
		return nil
	}
	changed := q.changes(e)
	for _, m := range change {
		if !control(m.Name) {
			changed[m.Name] = e.Revision
		}
	}
	data, err := json.Marshal(changed)
	if err != nil {
		return broken(err)
	}
	return failed(q.writer.SetValue(changedSpace, strconv.FormatUint(uint64(e.Ordinal), 10), data))
}
