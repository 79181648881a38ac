package graph

import "strings"

// preconditions reads If-Match and If-None-Match. Families without ETags
// ignore them (graph-behaviour §3.7), which the tester is told.
func (q *run) preconditions() {
	for _, name := range [...]string{"If-Match", "If-None-Match"} {
		if q.Call.Header.Get(name) != "" {
			q.note(name + " ignored: the " + q.family() + " family has no ETags")
		}
	}
}

// preferences tells the tester which wishes of a Prefer header have no effect
// here (graph-behaviour §2.14).
func (q *run) preferences() {
	values := q.Call.Header["Prefer"]
	if len(values) == 0 {
		return
	}
	for wish := range strings.SplitSeq(strings.Join(values, ","), ",") {
		if wish = strings.TrimSpace(wish); wish != "" && !strings.HasPrefix(wish, "odata.maxpagesize=") {
			q.note("Prefer: " + wish + " has no effect on this operation")
		}
	}
}
