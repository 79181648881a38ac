package graph

import (
	"slices"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

const wantMinimal = "return=minimal"

// unheard reports whether nothing of a changed entity concerns a client of the
// directory that named properties: only those are followed (D, graph-behaviour
// §8.3).
func (p *deltaPage) unheard(e store.Entity, since uint64) bool {
	if p.op.Family != openapi.FamilyDirectory || p.options.selection == nil || uint64(e.Ordinal) > since {
		return false
	}
	names, all := p.reader.MemberChanges(e.Ordinal, since)
	if all || slices.ContainsFunc(names, func(n string) bool { return slices.Contains(p.options.selection.names, n) }) {
		return false
	}
	for _, nav := range p.trackedLinks(e) {
		for range p.reader.LinkChanges(e.Ordinal, nav, since) {
			return false
		}
	}
	return true
}

// minimal returns the properties that changed since a tick, where the client of
// the directory wants no others; false where all are to be shown: of what is
// new, and where the log does not tell (D, graph-behaviour §8.1).
func (p *deltaPage) minimal(e store.Entity, since uint64) ([]string, bool) {
	if p.op.Family != openapi.FamilyDirectory || !p.wishesFor(wantMinimal) {
		return nil, false
	}
	p.honour(wantMinimal)
	if since == 0 || uint64(e.Ordinal) > since {
		return nil, false
	}
	names, all := p.reader.MemberChanges(e.Ordinal, since)
	if p.options.selection != nil {
		names = slices.DeleteFunc(names, func(n string) bool { return !slices.Contains(p.options.selection.names, n) })
	}
	return names, !all
}

// deltaMembers is deltaEntity with some properties only.
func (q *run) deltaMembers(b []byte, e store.Entity, names []string) []byte {
	e = q.outward(e)
	b = append(separated(b), '{')
	if e.Type != "" && !q.bare() {
		b = appendType(b, e.Type)
	}
	b = selectionOf(names...).append(b, e.JSON, q.entityType(e), true)
	return b[:len(b)-1]
}
