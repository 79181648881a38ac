package scenarios

import (
	"slices"
	"strings"
)

// index finds the rules that may match a request without asking each. Every rule
// is filed under one thing that a request must have to match it, the rarest; what
// has no such thing is asked always.
type index struct {
	entries []entry // in the order in which they are asked
	filed   map[fileKey][]int32
	always  []int32
	kinds   [kindCount]bool // that anything is filed under
	headers []string        // that rules are filed under, canonical
	deepest int             // path position that a rule is filed under
}

// entry is a rule of a scenario, or with a negative number one of its limits.
type entry struct {
	a    *active
	rule int
}

func (e entry) matcher() *matcher {
	if e.rule < 0 {
		return &e.a.meters[-1-e.rule].match
	}
	return &e.a.rules[e.rule]
}

// fileKey is a thing that a request has, in lower case.
type fileKey struct {
	kind  uint8
	place int8 // of a path segment: from 1 from the front, from -1 from the back
	text  string
}

const (
	byPath uint8 = iota
	byMethod
	byOperation
	byEntityType
	byService
	byApp
	byUser
	byTenant
	byPermission
	byHeader
	kindCount
)

const maxPlace = 12

// newIndex files the rules of scenarios.
func newIndex(scope []*active) index {
	ix := index{filed: map[fileKey][]int32{}}
	for _, a := range scope {
		if !a.scenario.on() {
			continue
		}
		for i := range a.meters {
			ix.entries = append(ix.entries, entry{a, -1 - i})
		}
		for i := range a.rules {
			ix.entries = append(ix.entries, entry{a, i})
		}
	}
	choices := make([][][]fileKey, len(ix.entries))
	often := map[fileKey]int{}
	for i, e := range ix.entries {
		choices[i] = e.matcher().fileKeys()
		for _, choice := range choices[i] {
			for _, k := range choice {
				often[k]++
			}
		}
	}
	for i := range ix.entries {
		ix.file(int32(i), rarest(choices[i], often))
	}
	return ix
}

// rarest picks the alternatives that the fewest rules share.
func rarest(choices [][]fileKey, often map[fileKey]int) []fileKey {
	var best []fileKey
	least := -1
	for _, choice := range choices {
		most := 0
		for _, k := range choice {
			most = max(most, often[k])
		}
		if least < 0 || most < least {
			best, least = choice, most
		}
	}
	return best
}

func (ix *index) file(i int32, keys []fileKey) {
	if len(keys) == 0 {
		ix.always = append(ix.always, i)
		return
	}
	for _, k := range keys {
		ix.filed[k] = append(ix.filed[k], i)
		ix.kinds[k.kind] = true
		switch name, _, _ := strings.Cut(k.text, "\x00"); {
		case k.kind == byHeader && !slices.Contains(ix.headers, name):
			ix.headers = append(ix.headers, name)
		case k.kind == byPath:
			ix.deepest = max(ix.deepest, int(max(k.place, -k.place)))
		}
	}
}

// fileKeys lists what the rule could be filed under: for each, one of its keys
// is there in every request that matches.
func (m *matcher) fileKeys() [][]fileKey {
	var all [][]fileKey
	add := func(kind uint8, texts []string) {
		var keys []fileKey
		for _, text := range texts {
			if !plain(text) {
				return
			}
			keys = append(keys, fileKey{kind: kind, text: foldASCII(text)})
		}
		if len(keys) > 0 {
			all = append(all, keys)
		}
	}
	add(byMethod, m.methods)
	add(byOperation, m.operation)
	add(byEntityType, m.entityType)
	add(byService, m.service)
	add(byApp, m.app)
	add(byUser, m.user)
	add(byTenant, m.tenant)
	add(byPermission, m.permission)
	for _, t := range m.header {
		if t.pattern != "" && plain(t.pattern) && !strings.Contains(t.pattern, "*") {
			all = append(all, []fileKey{{kind: byHeader, text: t.name + "\x00" + foldASCII(t.pattern)}})
		}
	}
	return append(all, pathChoices(m.paths)...)
}

// pathChoices are the literal segments at a fixed place, from the front or from
// the back, when there is one alternative only; else one place of each.
func pathChoices(paths []glob) [][]fileKey {
	if len(paths) == 1 {
		var all [][]fileKey
		for _, k := range paths[0].places() {
			all = append(all, []fileKey{k})
		}
		return all
	}
	var keys []fileKey
	for _, g := range paths {
		places := g.places()
		if len(places) == 0 {
			return nil
		}
		keys = append(keys, places[len(places)-1])
	}
	if keys == nil {
		return nil
	}
	return [][]fileKey{keys}
}

// places lists the literal segments of a pattern at a fixed place.
func (g glob) places() []fileKey {
	var keys []fileKey
	front := slices.IndexFunc(g, func(s segment) bool { return s.rest })
	if front < 0 {
		front = len(g)
	}
	for i := 0; i < front && i < maxPlace; i++ {
		if !g[i].wild && plain(g[i].text) {
			keys = append(keys, fileKey{byPath, int8(i + 1), g[i].text})
		}
	}
	for i := len(g) - 1; i > front && len(g)-i <= maxPlace && !g[i].rest; i-- {
		if !g[i].wild && plain(g[i].text) {
			keys = append(keys, fileKey{byPath, int8(i - len(g)), g[i].text})
		}
	}
	return keys
}

// plain reports whether a text is ASCII, whose letter case folds byte by byte.
func plain(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// candidates appends the rules that may match, in their order.
func (ix *index) candidates(f *Facts, into []int32) []int32 {
	into = append(into, ix.always...)
	if ix.kinds[byPath] {
		into = ix.byPath(f.Path, into)
	}
	for _, fact := range [...]struct {
		kind uint8
		text string
	}{
		{byMethod, f.Method}, {byOperation, f.Operation}, {byEntityType, f.EntityType}, {byService, f.Service},
		{byApp, f.App}, {byUser, f.User}, {byTenant, f.Tenant},
	} {
		if ix.kinds[fact.kind] {
			into = ix.lookup(fact.kind, 0, "", fact.text, into)
		}
	}
	if ix.kinds[byPermission] {
		for _, p := range f.Permissions {
			into = ix.lookup(byPermission, 0, "", p, into)
		}
	}
	if f.Header != nil {
		for _, name := range ix.headers {
			into = ix.lookup(byHeader, 0, name, f.Header(name), into)
		}
	}
	slices.Sort(into)
	return slices.Compact(into)
}

// lookup appends what is filed under a text in whatever letter case.
func (ix *index) lookup(kind uint8, place int8, name, text string, into []int32) []int32 {
	var buffer [96]byte
	folded := buffer[:0]
	if name != "" {
		folded = append(append(folded, name...), 0)
	}
	for i := range len(text) {
		folded = append(folded, lower(text[i]))
	}
	return append(into, ix.filed[fileKey{kind, place, string(folded)}]...)
}

func (ix *index) byPath(path string, into []int32) []int32 {
	rest, more := segments(path)
	count := 0
	if more {
		count = strings.Count(rest, "/") + 1
	}
	for at := 1; more; at++ {
		var text string
		text, rest, more = nextSegment(rest)
		text = unescape(text)
		if at <= ix.deepest {
			into = ix.lookup(byPath, int8(at), "", text, into)
		}
		if back := at - count - 1; -back <= ix.deepest {
			into = ix.lookup(byPath, int8(back), "", text, into)
		}
	}
	return into
}
