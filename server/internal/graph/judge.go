package graph

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

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
	payload, sentinels := q.unsent(payload, stored)
	if refused = append(refused, sentinels...); len(refused) == 0 {
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
// is replaced as a whole; so has the id of an object inside, which says which
// one is meant. A client's own id at creation is ignored, unless the type's key
// is the client's to choose (§3.3); so is any id in a change of Intune's, whose
// clients send policies of one tenant to another (R, CIPP, IntuneManagement).
func (q *run) readOnlyVerdict(f openapi.Finding, stored entity.Object) verdict {
	inside := strings.Count(f.Path, "/") > 1
	switch {
	case stored == nil && f.Path == "/id" && q.place.typ != nil && clientKeys[q.place.typ.Name]:
		return accept
	case stored == nil && f.Path == "/id":
		q.note("the id in the body is ignored: the server sets it")
		return drop
	case inside && strings.HasSuffix(f.Path, "/id"):
		return accept
	case stored != nil && unchanged(dig(q.Payload, f.Path), dig(stored, f.Path)):
		if inside {
			return accept
		}
		return drop
	case f.Path == "/id" && stored != nil && (q.named(dig(q.Payload, f.Path)) || q.op.Family == openapi.FamilyIntune):
		return drop
	case f.Path != "/id" && q.serviceRule(f) != refuse:
		rule := q.serviceRule(f)
		q.note(f.Text + readOnlyWords[rule])
		return rule
	case q.Lenient:
		q.warn = append(q.warn, f.Text+"; ignored")
		return drop
	}
	return refuse
}

// named reports whether a value in the body is the key by which the path names
// the entity.
func (q *run) named(raw []byte) bool {
	text, ok := entity.Unquote(raw)
	return ok && (strings.EqualFold(text, q.place.key) || strings.EqualFold(text, q.place.entity.ID))
}

// serviceRule is what a service does with a value that only it sets (R,
// graph-behaviour §3.4): the directory and Cloud PC refuse it, Intune's
// documented requests set such values and see them again, so do those of Teams'
// schedules, all others leave it out without a word.
func (q *run) serviceRule(f openapi.Finding) verdict {
	switch q.op.Family {
	case openapi.FamilyDirectory, openapi.FamilyCloudPC:
		return refuse
	case openapi.FamilyIntune:
		return accept
	case openapi.FamilyTeams:
		if f.Kind == "readOnly" {
			return accept
		}
	}
	if f.Kind == "createOnly" {
		return refuse
	}
	return drop
}

var readOnlyWords = map[verdict]string{
	accept: ", but this service takes it",
	drop:   ", and ignored by this service",
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
			Name: member(first.Path), Kind: first.Kind, Type: q.op.Request().Name, Named: q.unknownType(first),
		}),
		reason:   "validation: " + strings.Join(texts, "; "),
		findings: findings,
	}
}

// unknownType is the type that a finding is about, if the model does not know it.
func (q *run) unknownType(f openapi.Finding) string {
	if f.Kind != "odataType" {
		return ""
	}
	name, _ := entity.Unquote(dig(q.Payload, f.Path))
	if name = trimHash(name); q.Call.Catalogue.Type(name) != nil {
		return ""
	}
	return name
}

// unchanged reports whether a value is the stored one. That there is none is not
// stored of every type.
func unchanged(given, kept []byte) bool {
	return kept == nil && empty(given) || same(given, kept)
}

// same compares two JSON values by meaning.
func same(a, b []byte) bool {
	var x, y any
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		return false
	}
	return sameValue(x, y)
}

// sameValue compares values that were read from JSON. Times are the same where the
// moment is: clients read them and write them again without zeros at the end
// and with an offset of their own.
func sameValue(x, y any) bool {
	switch x := x.(type) {
	case string:
		y, ok := y.(string)
		return ok && (x == y || sameMoment(x, y))
	case []any:
		y, ok := y.([]any)
		return ok && slices.EqualFunc(x, y, sameValue)
	case map[string]any:
		y, ok := y.(map[string]any)
		return ok && maps.EqualFunc(x, y, sameValue)
	}
	return x == y
}

// sameMoment reports whether two texts are times of one moment.
func sameMoment(x, y string) bool {
	a, err := time.Parse(time.RFC3339Nano, x)
	if err != nil {
		return false
	}
	b, err := time.Parse(time.RFC3339Nano, y)
	return err == nil && a.Equal(b)
}
