package main

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// homes are the paths of the SDK to entities and sets where these live: over
// roots, keys and contained navigation alone, without alternate keys and without
// what a rule copies later. Of those below one root the nearest count and those
// in a set one navigation further on: the SDK repeats a resource of entitlement
// management below everything that leads to one. A cast counts for a type that
// stands nowhere without.
func (d *draft) homes(o *overlay) []string {
	all := d.contained(o)
	nearest, plain := map[string]int{}, map[string]bool{}
	below := func(path string) string { return pieces(path)[0] + " " + d.standing(path) }
	for _, path := range all {
		if steps := d.steps(path); nearest[below(path)] == 0 || steps < nearest[below(path)] {
			nearest[below(path)] = steps
		}
		plain[d.standing(path)] = plain[d.standing(path)] || d.at(path).Kind != "cast"
	}
	return slices.DeleteFunc(all, func(path string) bool {
		farther := d.steps(path) - nearest[below(path)]
		return farther > 1 || farther == 1 && d.aside(path) || d.at(path).Kind == "cast" && plain[d.standing(path)]
	})
}

// steps counts the navigations of a path.
func (d *draft) steps(path string) int {
	count := 0
	for _, s := range d.segments(path) {
		if s.Kind == "set" || s.Kind == "single" {
			count++
		}
	}
	return count
}

// aside tells whether a path leads from an entity with a key to a single one.
func (d *draft) aside(path string) bool {
	keyed := false
	for _, s := range d.segments(path) {
		if keyed && s.Kind == "single" {
			return true
		}
		keyed = keyed || s.Kind == "key"
	}
	return false
}

// standing names what stands at a path.
func (d *draft) standing(path string) string {
	if at := d.at(path); at.Collection {
		return "(" + at.Type + ")"
	}
	return d.at(path).Type
}

// contained are the paths to entities and sets that lead over what contains
// them, sorted.
func (d *draft) contained(o *overlay) []string {
	all := map[string]bool{}
	for i := range d.Version.Operations {
		op := &d.Version.Operations[i]
		if o.source(op.Path) != op.Path {
			continue
		}
		path := ""
		for j, piece := range pieces(op.Path) {
			if !leads(&op.Segments[j], j, piece) {
				break
			}
			path += "/" + piece
			all[path] = true
		}
	}
	return sortedKeys(all)
}

// leads tells whether a segment leads on to an entity that lives there.
func leads(s *facts.Segment, at int, piece string) bool {
	switch s.Kind {
	case "set", "single":
		return at == 0 || s.Contained
	case "key":
		return !strings.Contains(piece, "(")
	}
	return s.Kind == "cast"
}
