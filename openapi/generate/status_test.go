package main

import (
	"testing"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

func TestApplyStatus(t *testing.T) {
	p := promises{
		"v1.0 PATCH /zoos/{}":     {201, 204},
		"beta DELETE /zoos/{}":    {202},
		"v1.0 POST /users/{}/pet": {202},
	}
	zoo := facts.Segment{Kind: "key", Type: "microsoft.graph.zoo"}
	for _, test := range []struct {
		op     facts.Operation
		status int
		from   string
	}{
		{facts.Operation{Method: "PATCH", Path: "/zoos/{zoo-id}", Kind: "update", Segments: []facts.Segment{zoo}}, 204, fromPage},
		{facts.Operation{Method: "DELETE", Path: "/zoos/{zoo-id}", Kind: "delete", Segments: []facts.Segment{zoo}}, 202, fromPage},
		{facts.Operation{Method: "POST", Path: "/me/pet", Kind: "action", Segments: []facts.Segment{{Name: "pet", Kind: "action"}}}, 202, fromPage},
		{facts.Operation{Method: "PATCH", Path: "/identity/zoos/{zoo-id}", Kind: "update", Segments: []facts.Segment{zoo}}, 204, fromRule},
		{facts.Operation{Method: "PATCH", Path: "/other/{zoo-id}", Kind: "update", Segments: []facts.Segment{zoo}}, 200, fromRule},
		{facts.Operation{Method: "POST", Path: "/messages/{id}/send", Kind: "action", Segments: []facts.Segment{{Kind: "key", Type: "microsoft.graph.message"}, {Name: "send", Kind: "action"}}}, 202, fromRule},
		{facts.Operation{Method: "POST", Path: "/zoos/feed", Kind: "action", Segments: []facts.Segment{{Kind: "set"}, {Name: "feed", Kind: "action"}}}, 204, fromModel},
		{facts.Operation{Method: "POST", Path: "/zoos/sum", Kind: "action", Response: facts.TypeRef{Name: "Edm.Int32"}, Segments: []facts.Segment{{Kind: "set"}, {Name: "sum", Kind: "action"}}}, 200, fromModel},
	} {
		op := test.op
		p.applyStatus("v1.0", &op)
		if op.Status != test.status || op.StatusFrom != test.from {
			t.Errorf("%s %s: %d %s, want %d %s", op.Method, op.Path, op.Status, op.StatusFrom, test.status, test.from)
		}
	}
}
