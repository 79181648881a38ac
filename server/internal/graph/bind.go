package graph

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// bindSuffix ends the names of members that ask for links.
const bindSuffix = "@odata.bind"

// bind makes the links that "…@odata.bind" members of a body ask for, after
// the entity itself is stored (graph-behaviour §3.3).
func (q *run) bind(owner store.Entity, payload entity.Object) *refusal {
	for _, m := range payload {
		name, ok := strings.CutSuffix(m.Name, bindSuffix)
		if !ok {
			continue
		}
		targets := bindTargets(m.Value)
		if targets == nil {
			return ruled(grapherr.BadReference(m.Name))
		}
		if refused := q.bindTo(owner, name, targets); refused != nil {
			return refused
		}
	}
	return nil
}

// bindTo links an entity under one navigation property; a single-valued one
// leads to its new target alone.
func (q *run) bindTo(owner store.Entity, name string, targets []string) *refusal {
	r := &reference{owner: owner.Ordinal, link: name}
	if t := q.entityType(owner); t != nil {
		p := t.Property(name)
		if p == nil || !p.Navigation {
			return q.invalid([]openapi.Finding{{
				In: "body", Path: "/" + name + "@odata.bind", Kind: "additionalProperties",
				Text: name + "@odata.bind: no navigation property of this name on " + t.Name,
			}})
		}
		if !p.Type.Collection {
			if refused := q.unlinkAll(r); refused != nil {
				return refused
			}
		}
	}
	bound := map[store.Ordinal]bool{} // by this request, which may name one twice
	for _, target := range targets {
		e, refused := q.follow(target)
		if refused != nil {
			return refused
		}
		if bound[e.Ordinal] {
			continue
		}
		bound[e.Ordinal] = true
		added, refused := q.link(r, e)
		if refused != nil {
			return refused
		}
		if !added && q.op.Kind == openapi.Update {
			return ruled(grapherr.AlreadyLinked(name))
		}
	}
	return nil
}

// bindTargets are the URLs of a bind member: one text or a list; nil when it
// is neither.
func bindTargets(raw []byte) []string {
	if one, ok := entity.Unquote(raw); ok {
		return []string{one}
	}
	var many []string
	if json.Unmarshal(raw, &many) != nil {
		return nil
	}
	return many
}

// inline finds navigation properties that a body has as values instead of
// bindings, where that is not taken (graph-behaviour §3.3, §3.4).
func (q *run) inline(t *openapi.Type, create bool) {
	if t == nil {
		return
	}
	for i := 0; i < len(q.Payload); i++ {
		m := q.Payload[i]
		p := t.Property(m.Name)
		if p != nil && p.Navigation && q.repeats(p, m.Value) {
			q.Payload = slices.Delete(slices.Clone(q.Payload), i, i+1)
			i--
			continue
		}
		if p != nil && p.Navigation && !q.takesInline(t, p, create) {
			q.Findings = append(q.Findings, openapi.Finding{
				In: "body", Path: "/" + m.Name, Kind: "navigation",
				Text: m.Name + ": is a navigation property: bind it with " + m.Name + "@odata.bind, or write below its own path",
			})
		}
	}
}

// repeats reports whether a PUT names what a navigation leads to already, by its id
// alone, and so says nothing (D: page accesspackageassignmentpolicy-update).
func (q *run) repeats(p *openapi.Property, raw []byte) bool {
	if q.op.Kind != openapi.Replace || p.Type.Collection || !q.place.found {
		return false
	}
	o, err := entity.Members(raw)
	id, named := o.String("id")
	if err != nil || !named || len(o) != 1 {
		return false
	}
	for to := range q.reader.Links(q.place.entity.Ordinal, p.Name, 0) {
		if _, e, err := q.reader.At(to); err == nil && strings.EqualFold(e.ID, id) {
			return true
		}
	}
	return false
}

// takesInline reports whether a body may have the entities of a navigation: a
// create those that it contains or leads to, unless they live in a set of the
// directory, which are bound; a change those that the type shows unasked, as a
// whole, and a PUT those that it replaces.
func (q *run) takesInline(t *openapi.Type, p *openapi.Property, create bool) bool {
	if rules := &q.conductOf(t).rules; !create {
		return slices.Contains(rules.Shown, p.Name) || q.op.Kind == openapi.Replace && slices.Contains(rules.Replaced, p.Name)
	}
	far := p.Type.Type()
	return p.Contained || far != nil && homeSets[far.Name] == "" && boundSets[far.Name] == ""
}
