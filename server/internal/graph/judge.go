package graph

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// judge decides on what validation found about the body, now that the stored
// entity is known; stored is nil for a create. It returns the payload that is
// left to apply. The client gets one error, the tester all findings.
func (q *run) judge(stored entity.Object) (entity.Object, *refusal) {
	var refused []openapi.Finding
	payload := q.Payload
	for _, f := range q.Findings {
		switch q.verdict(f, stored) {
		case refuse:
			refused = append(refused, f)
		case drop:
			payload = without(payload, f.Path)
		}
	}
	if len(refused) == 0 {
		return payload, nil
	}
	return nil, q.invalid(refused)
}

type verdict uint8

const (
	refuse verdict = iota // the request breaks the description
	drop                  // the member is left out
	accept                // the member is applied
)

// verdict judges one finding (graph-behaviour §3.4, §11.1).
func (q *run) verdict(f openapi.Finding, stored entity.Object) verdict {
	switch f.Kind {
	case "readOnly", "createOnly":
		return q.readOnlyVerdict(f, stored)
	case "additionalProperties":
		if q.Lenient {
			q.warn = append(q.warn, f.Text)
			return accept
		}
	case "navigation":
		if q.Lenient {
			q.warn = append(q.warn, f.Text+"; ignored")
			return drop
		}
	case "required":
		if q.Lenient && stored != nil {
			q.warn = append(q.warn, f.Text)
			return accept
		}
	}
	return refuse
}

// readOnlyVerdict lets a whole GET body be sent back: what equals the stored
// value is no change. Inside another value it has to stay, because a collection
// is replaced as a whole. A client's own id at creation is ignored (§3.3).
func (q *run) readOnlyVerdict(f openapi.Finding, stored entity.Object) verdict {
	switch {
	case stored == nil && f.Path == "/id":
		q.note("the id in the body is ignored: the server sets it")
		return drop
	case stored != nil && same(dig(q.Payload, f.Path), dig(stored, f.Path)):
		if strings.Count(f.Path, "/") > 1 {
			return accept
		}
		return drop
	case q.Lenient:
		q.warn = append(q.warn, f.Text+"; ignored")
		return drop
	}
	return refuse
}

// invalid makes Graph's single error and the tester's whole list.
func (q *run) invalid(findings []openapi.Finding) *refusal {
	first := findings[0]
	texts := make([]string, len(findings))
	for i, f := range findings {
		texts[i] = f.Text
	}
	return &refusal{
		err: grapherr.Invalid(q.family(), grapherr.Property{
			Name: member(first.Path), Kind: first.Kind, Type: q.op.Request().Name,
		}),
		reason:   "validation: " + strings.Join(texts, "; "),
		findings: findings,
	}
}

// same compares two JSON values by meaning.
func same(a, b []byte) bool {
	var x, y any
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		return false
	}
	return reflect.DeepEqual(x, y)
}
