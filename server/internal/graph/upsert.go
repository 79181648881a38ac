package graph

import (
	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// lastKey is the alternate key that ends the call's path; nil for none.
func (q *run) lastKey() []openapi.Arg {
	segments := q.Call.Target.Segments
	if len(segments) == 0 || segments[len(segments)-1].Kind != openapi.KeySegment {
		return nil
	}
	return segments[len(segments)-1].Args()
}

// patchedIn creates the entity that a PATCH names when it is not there and the rules of
// its type say so; what is made is not answered.
func (q *run) patchedIn() (response call.Response, done bool, refused *refusal) {
	if refused := q.locate(); refused != nil {
		return call.Response{}, false, refused
	}
	if q.place.found || q.place.key == "" || !q.conductOf(q.place.typ).rules.Patched {
		return call.Response{}, false, nil
	}
	q.Payload = q.Payload.Clone()
	q.Payload.SetString("id", q.place.key)
	if _, refused = q.create(); refused != nil {
		return call.Response{}, false, refused
	}
	return call.Response{Status: q.success(204)}, true, nil
}

// upsert creates the entity that a PATCH addresses by an alternate key when it
// is not there and the client wants that (D, graph-behaviour §3.3). If-Match
// insists on changing, If-None-Match on creating. done is false when the call
// is to go on as a change.
func (q *run) upsert() (response call.Response, done bool, refused *refusal) {
	keys := q.lastKey()
	if len(keys) == 0 || !q.wishesFor(wantUpsert) {
		return call.Response{}, false, nil
	}
	if refused := q.locate(); refused != nil {
		return call.Response{}, false, refused
	}
	switch header := q.Call.Header; {
	case q.place.found && header.Get("If-None-Match") == "*":
		return call.Response{}, false, &refusal{
			err: grapherr.TagMismatch(q.family()), reason: "If-None-Match: * but the entity is there",
		}
	case q.place.found, header.Get("If-Match") == "*":
		return call.Response{}, false, nil
	}
	payload := q.Payload.Clone()
	for _, k := range keys {
		if !payload.Has(k.Name) {
			payload.SetString(k.Name, k.Value)
		}
	}
	q.Payload = payload
	response, refused = q.create()
	response.Status = 201
	return response, true, refused
}
