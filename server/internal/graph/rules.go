package graph

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// refusedBy is the refusal of a method that the rules of a type leave to the
// service.
func refusedBy(c *conduct, t *openapi.Type, method string) *refusal {
	if !slices.Contains(c.rules.Refuses, method) {
		return nil
	}
	return &refusal{err: grapherr.MethodNotAllowed(nil), reason: "callers cannot " + method + " a " + shortName(t.Name)}
}

// demand adds what a type's rules find wrong with a body to what validation
// found; create tells POST from PATCH.
func (q *run) demand(r *behavior.Rules, create bool) {
	for _, name := range r.Required {
		if (create || q.clears(name)) && vacant(q.Payload, name) && !q.waived(r.Waived, name) {
			q.find("required", name, "is required and cannot be empty")
		}
	}
	for _, name := range r.Computed {
		if q.Payload.Has(name) {
			q.find("readOnly", name, "is set by the service alone")
		}
	}
	for _, name := range r.Immutable {
		if !create && q.Payload.Has(name) {
			q.find("createOnly", name, "is fixed once the entity is created")
		}
	}
}

// clears reports whether an update takes a value away that the directory wants
// every object to have (D: the properties of user).
func (q *run) clears(name string) bool {
	return q.op.Family == openapi.FamilyDirectory && q.Payload.Has(name)
}

// waived reports whether the body has what makes a property not required.
func (q *run) waived(all []behavior.Waiver, name string) bool {
	return slices.ContainsFunc(all, func(w behavior.Waiver) bool {
		raw, ok := q.Payload.Get(w.With)
		return ok && len(raw) > 2 && !isNull(raw) && slices.Contains(w.Not, name)
	})
}

// find notes a finding, unless the description has found the same.
func (q *run) find(kind, name, text string) {
	path := "/" + name
	if !slices.ContainsFunc(q.Findings, func(f openapi.Finding) bool { return f.Path == path && f.Kind == kind }) {
		q.Findings = append(q.Findings, openapi.Finding{In: "body", Path: path, Kind: kind, Text: name + ": " + text})
	}
}

// vacant reports whether a required property is missing: absent, null or ""
// (graph-behaviour §3.3). A binding stands for a navigation.
func vacant(o entity.Object, name string) bool {
	raw, ok := o.Get(name)
	if !ok {
		return !o.Has(name + "@odata.bind")
	}
	return string(raw) == "null" || string(raw) == `""`
}

// provide gives a new entity the defaults and times of its type's rules.
func (q *run) provide(r *behavior.Rules, o *entity.Object) {
	for _, d := range r.Defaults {
		given, ok := o.Get(d.Name)
		switch {
		case !ok:
			o.Set(d.Name, json.RawMessage(d.JSON))
		case d.JSON[0] == '{' && given[0] == '{':
			o.Set(d.Name, filled(given, []byte(d.JSON)))
		}
	}
	q.stamp(o, r.Created)
	q.stamp(o, r.Modified)
}

func (q *run) stamp(o *entity.Object, names []string) {
	for _, name := range names {
		o.SetString(name, q.now.UTC().Format(time.RFC3339))
	}
}

// filled is a complex value with what it leaves out taken from a default.
func filled(given, least []byte) json.RawMessage {
	o, err := entity.Members(given)
	if err != nil {
		return given
	}
	defaults, err := entity.Members(least)
	if err != nil {
		return given
	}
	o = o.Clone()
	for _, m := range defaults {
		own, ok := o.Get(m.Name)
		switch {
		case !ok:
			o.Set(m.Name, m.Value)
		case len(own) > 0 && own[0] == '{' && m.Value[0] == '{':
			o.Set(m.Name, filled(own, m.Value))
		}
	}
	return o.JSON()
}

// unique refuses values that another entity of the set has already.
func (q *run) unique(r *behavior.Rules, set store.SetKey, self store.Ordinal, o entity.Object) *refusal {
	for _, name := range r.Unique {
		raw, _ := o.Get(name)
		for text := range textsIn(raw) {
			if e, found := ByText(q.reader, set, name, text); found && e.Ordinal != self {
				return ruled(grapherr.Taken(q.family(), name))
			}
		}
	}
	return nil
}

// ownID is the id of a new entity whose type takes it from a property.
func ownID(r *behavior.Rules, payload entity.Object) (string, bool) {
	if r.OwnID == "" {
		return "", false
	}
	id, ok := payload.String(r.OwnID)
	return strings.TrimSpace(id), ok && id != ""
}
