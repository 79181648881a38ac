package behavior

// Evidence for search/query (pages of search-query, searchRequest and of the
// overview of the Microsoft Search API):
//   - documented: each request gets a response with its search terms and one
//     container of hits with rank, summary, total and moreResultsAvailable; from 0
//     and size 25 unless given, at most 25 messages or events and 500 of what
//     else; which kinds go together; messages and events are sorted by date,
//     files, items, lists and sites by sortProperties; fields cut the resources
//     down; a query template holds {searchTerms}; applications name a region.
//   - observed (2024): a container without hits has no member for them.
//   - assumed (2026-11): words are looked for as $search does, in names, subjects,
//     bodies and metadata, not in the contents of files; rank is the position.
//     The fake measures no relevance.

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// SearchQuery finds what is in a tenant by words.
type SearchQuery struct{}

var _ Invoker = SearchQuery{}

// together are the kinds that one request may ask for at once.
var together = [][]string{
	{"acronym", "bookmark", "qna"}, {"message", "chatMessage"}, {"event"}, {"person"},
	{"drive", "driveItem", "externalItem", "list", "listItem", "site"},
}

// Limits of a page.
const (
	usualHits   = 25
	mostMails   = 25
	mostHits    = 500
	summaryRoom = 200 // bytes of text around a word
)

// Invoke implements [Invoker].
func (SearchQuery) Invoke(tx Tx, _ *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	all := Result{IsList: true}
	for _, given := range list(lowered(parameters), "requests") {
		s, fault := newSearch(tx, lowered(given))
		if fault != nil {
			return Result{}, fault
		}
		all.Collection = append(all.Collection, Entity{Object: s.answer(tx)})
	}
	if len(all.Collection) == 0 {
		return Result{}, badSearch("requests is empty.")
	}
	return all, nil
}

// search is one request.
type search struct {
	kinds      []string
	text       string // what is looked for
	from, size int
	fields     []string
	sort       []entity.Object
	sources    []string
	aggregates []aggregation
	filters    []string
	collapse   []entity.Object

	suggests, modifies bool // corrections of the spelling
}

func newSearch(tx Tx, r entity.Object) (*search, *grapherr.Error) {
	s := &search{}
	query := lowered(inner(r, "query"))
	s.text = text(query, "queryString")
	if template := text(query, "queryTemplate"); template != "" {
		s.text = strings.NewReplacer("{searchTerms}", s.text, "(", " ", ")", " ").Replace(template)
	}
	s.kinds, s.fields, s.sources = texts(r, "entityTypes"), texts(r, "fields"), texts(r, "contentSources")
	s.sort = list(r, "sortProperties")
	s.from, s.size = number(r, "from", 0), number(r, "size", usualHits)
	s.filters, s.collapse = texts(r, "aggregationFilters"), list(r, "collapseProperties")
	for _, a := range list(r, "aggregations") {
		s.aggregates = append(s.aggregates, newAggregation(a))
	}
	spelling := lowered(inner(r, "queryAlterationOptions"))
	s.suggests, s.modifies = spelling.True("enableSuggestion"), spelling.True("enableModification")
	return s, s.check(tx, text(r, "region"))
}

func (s *search) check(tx Tx, region string) *grapherr.Error {
	most := mostHits
	if s.has("message") || s.has("event") {
		most = mostMails
	}
	switch {
	case len(s.kinds) == 0:
		return badSearch("entityTypes is required.")
	case !s.match():
		return badSearch("The combination of entity types " + strings.Join(s.kinds, ", ") + " is not supported.")
	case strings.TrimSpace(s.text) == "":
		return badSearch("Query string is required.")
	case s.from < 0 || s.size < 0 || s.size > most:
		return badSearch(fmt.Sprintf("From must not be negative, and size be between 0 and %d.", most))
	case len(s.aggregates) > 0 && (s.has("message") || s.has("event")):
		return badSearch("Aggregations are not supported for message and event.")
	case len(s.sort) > 0 && !s.sortable():
		return badSearch("Sort is only supported for driveItem, listItem, list and site.")
	case region == "" && tx.Caller().AppID != "" && !tx.Caller().User:
		return badSearch("Region is required when request with application permission.")
	}
	return nil
}

func (s *search) has(kind string) bool { return slices.Contains(s.kinds, kind) }

// match reports whether all kinds are of one group.
func (s *search) match() bool {
	return slices.ContainsFunc(together, func(group []string) bool {
		return !slices.ContainsFunc(s.kinds, func(kind string) bool { return !slices.Contains(group, kind) })
	})
}

func (s *search) sortable() bool {
	return !slices.ContainsFunc(s.kinds, func(kind string) bool {
		return !slices.Contains([]string{"driveItem", "listItem", "list", "site"}, kind)
	})
}

func badSearch(why string) *grapherr.Error {
	return &grapherr.Error{Status: 400, Code: "BadRequest", Message: "SearchRequest Invalid (" + why + ")"}
}

// response is a searchResponse.
func (s *search) response(tx Tx) entity.Object {
	hits := s.collapsed(s.filtered(s.find(tx)))
	aggregations, total := s.aggregations(hits), len(hits)
	hits = hits[min(s.from, total):]
	more := len(hits) > s.size
	container := entity.Object{}
	for i, hit := range hits[:min(s.size, len(hits))] {
		if i == 0 {
			container.Set("hits", []byte("["))
		}
		if hit.kind == "driveItem" {
			locate(tx, tx.Home(hit.seen.Ref), &hit.seen)
		}
		container[0].Value = append(container[0].Value, s.shown(hit, s.from+i+1)...)
		container[0].Value = append(container[0].Value, ',')
	}
	if len(container) > 0 {
		container[0].Value[len(container[0].Value)-1] = ']'
	}
	container.Set("total", []byte(strconv.Itoa(total)))
	container.Set("moreResultsAvailable", []byte(boolean(more)))
	if aggregations != nil {
		container.Set("aggregations", aggregations)
	}
	terms, _ := json.Marshal(s.terms()) // of texts
	return fields("searchTerms", string(terms), "hitsContainers", "["+string(container.JSON())+"]")
}

// find is all that matches, in its order.
func (s *search) find(tx Tx) []hit {
	holds := tx.Keywords(s.text)
	var found []hit
	for _, kind := range s.kinds {
		for h := range searched(tx, kind, s.sources) {
			if holds(h.seen) {
				h.kind = kind
				found = append(found, h)
			}
		}
	}
	sort.SliceStable(found, func(i, j int) bool { return s.order(found[i], found[j]) < 0 })
	return found
}

// order is by date where the service sorts so, else as asked.
func (s *search) order(a, b hit) int {
	for _, by := range s.sort {
		name := text(by, "name")
		c := cmp.Compare(plainOf(a.seen.Object, name), plainOf(b.seen.Object, name))
		if by.True("isDescending") {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return cmp.Compare(b.date(), a.date())
}

// plainOf is a member's text as it sorts, without regard to case.
func plainOf(o entity.Object, name string) string {
	raw, _ := o.Get(name)
	return strings.ToLower(strings.Trim(string(raw), `"`))
}

// terms are the words that are looked for, without operators and properties.
func (s *search) terms() []string {
	terms := []string{}
	for word := range strings.FieldsSeq(s.text) {
		if word = strings.Trim(word, `"()*`); word == "" || word == "AND" || word == "OR" || word == "NOT" || strings.ContainsAny(word, ":=<>") {
			continue
		}
		terms = append(terms, word)
	}
	return terms
}

// shown is a searchHit.
func (s *search) shown(h hit, rank int) []byte {
	resource := h.resource(s.fields)
	return fields("hitId", quoted(h.seen.ID), "rank", strconv.Itoa(rank),
		"summary", quoted(h.summary(s.terms())), "resource", string(resource.JSON())).JSON()
}
