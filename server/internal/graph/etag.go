package graph

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// tagRules say which entities have ETags and how the service writes them (D,
// graph-behaviour §3.7). A family that is not here has none.
var tagRules = map[openapi.Family]*tagRule{
	openapi.FamilyPlanner: {write: plannerTag, required: true, without: map[string]bool{
		"microsoft.graph.plannerRoster": true, "microsoft.graph.plannerRosterMember": true,
	}},
	openapi.FamilyOutlook: {write: outlookTag, property: "changeKey", types: map[string]bool{
		"microsoft.graph.todoTask": true, "microsoft.graph.todoTaskList": true,
		"microsoft.graph.outlookTask": true, "microsoft.graph.linkedResource": true,
	}},
	// R: answers with drives have none, those with lists and their items do, and
	// fields have that of their item
	openapi.FamilyFiles: {
		write: fileTag, property: "eTag", without: map[string]bool{"microsoft.graph.drive": true, "microsoft.graph.site": true},
		types: map[string]bool{"microsoft.graph.fieldValueSet": true}, owners: map[string]bool{"microsoft.graph.fieldValueSet": true},
		computed: map[string]bool{"microsoft.graph.listItem": true}, // in libraries
	},
}

// tagRule is how a family tells states of an entity apart.
type tagRule struct {
	write    func(e store.Entity) string
	property string          // types that have it have ETags; "" for all types
	types    map[string]bool // further types that have ETags
	without  map[string]bool // types that have none all the same
	owners   map[string]bool // types whose ETag is that of the entity which contains them
	computed map[string]bool // types whose readers compute the property
	required bool            // PATCH and DELETE without If-Match are refused
}

// tagRule returns the rule for entities of a type, nil when they have no ETags.
func (q *run) tagRule(t *openapi.Type) *tagRule {
	rule := tagRules[q.op.Family]
	if rule == nil || t == nil || rule.without[t.Name] || rule.property != "" && t.Property(rule.property) == nil && !rule.types[t.Name] {
		return nil
	}
	return rule
}

// tagOf is an entity's ETag, "" for none.
func (q *run) tagOf(e store.Entity) string {
	if e.Ordinal == 0 || tagRules[q.op.Family] == nil {
		return ""
	}
	if rule := q.tagRule(q.entityType(e)); rule != nil {
		return q.tagBy(rule, e)
	}
	return ""
}

// tagBy is an entity's ETag by the rule of its type.
func (q *run) tagBy(rule *tagRule, e store.Entity) string {
	if t := q.entityType(e); len(rule.owners) > 0 && t != nil && rule.owners[t.Name] {
		if set, _, err := q.reader.At(e.Ordinal); err == nil {
			if home, owner, err := q.reader.At(set.Parent); err == nil {
				return rule.write(q.tagged(rule, owner, q.homeType(home)))
			}
		}
	}
	return rule.write(q.tagged(rule, e, q.entityType(e)))
}

// tagged is an entity with what it is told apart by, which some types compute.
func (q *run) tagged(rule *tagRule, e store.Entity, t *openapi.Type) store.Entity {
	if t == nil || !rule.computed[t.Name] {
		return e
	}
	return q.computed(e, t)
}

// plannerTag is weak, unique per resource, and grows with each change.
func plannerTag(e store.Entity) string {
	return `W/"` + base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "'%d-%016x'", e.Ordinal, e.Revision)) + `"`
}

// outlookTag holds the change key, where one is kept.
func outlookTag(e store.Entity) string {
	raw, _ := entity.Field(e.JSON, "changeKey")
	if key, ok := entity.Unquote(raw); ok && key != "" {
		return `W/"` + key + `"`
	}
	return `W/"CQAAABYAAAC` + base64.StdEncoding.EncodeToString(binary.BigEndian.AppendUint64(nil, e.Revision)) + `"`
}

// fileTag is the value of the eTag property where one is kept, else as
// SharePoint writes it: the id and a counter.
func fileTag(e store.Entity) string {
	raw, _ := entity.Field(e.JSON, "eTag")
	if text, ok := entity.Unquote(raw); ok && text != "" {
		return text
	}
	return `"{` + strings.ToUpper(e.ID) + `},` + strconv.FormatUint(e.Revision, 10) + `"`
}

// appendTag appends the annotation of an entity that has an ETag.
func (q *run) appendTag(b []byte, e store.Entity) []byte {
	tag := q.tagOf(e)
	if tag == "" || q.bare() {
		return b
	}
	return append(entity.Quote(append(b, `"@odata.etag":`...), tag), ',')
}

// preconditions holds If-Match and If-None-Match against the addressed entity.
// Families without ETags ignore them, which the tester is told (§3.7).
func (q *run) preconditions() *refusal {
	rule := q.tagRule(q.entityType(q.place.entity))
	if rule == nil {
		q.ignoredTags()
		return nil
	}
	tag := q.tagBy(rule, q.place.entity)
	given := q.Call.Header["If-Match"]
	switch {
	case len(given) == 0 && rule.required:
		return &refusal{err: grapherr.TagRequired(), reason: "If-Match: is required here; the entity's tag is " + tag}
	case !matchesTag(given, tag, true):
		if refused, done := q.older(given, q.place.entity); rule.required && done {
			return refused
		}
		if !wellFormed(given) {
			return &refusal{err: grapherr.TagMalformed(q.family()), reason: "If-Match: no entity tag, which stands in quotes; the entity's is " + tag}
		}
		return &refusal{err: grapherr.TagMismatch(q.family()), reason: "If-Match: the entity's tag is " + tag}
	case len(q.Call.Header["If-None-Match"]) > 0 && matchesTag(q.Call.Header["If-None-Match"], tag, false):
		return &refusal{err: grapherr.TagMismatch(q.family()), reason: "If-None-Match: the entity's tag is " + tag}
	}
	return nil
}

func (q *run) ignoredTags() {
	for _, name := range [...]string{"If-Match", "If-None-Match"} {
		if q.Call.Header.Get(name) != "" {
			q.note(name + " ignored: the " + q.family() + " family has no ETags")
		}
	}
}

// unmodified answers a conditional read of a state that the client has; false
// when it has another one. Files document that (D, §2.15); what else has ETags
// follows OData (O, protocol §8.2.4).
func (q *run) unmodified(e store.Entity) (call.Response, bool) {
	given := q.Call.Header["If-None-Match"]
	if len(given) == 0 {
		return call.Response{}, false
	}
	rule := q.tagRule(q.entityType(e))
	if rule == nil {
		q.ignoredTags()
		return call.Response{}, false
	}
	tag := q.tagBy(rule, e)
	if e.Ordinal == 0 || !matchesTag(given, tag, false) {
		return call.Response{}, false
	}
	r := call.Response{Status: 304}
	r.Set("ETag", tag)
	return r, true
}
