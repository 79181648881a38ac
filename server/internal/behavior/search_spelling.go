package behavior

// Evidence for corrected spelling in search/query (concept search-concept-speller;
// resources alterationResponse, searchAlteration and alteredQueryToken, v1.0 2022 to 2024):
//   - documented: a request may ask for suggestions and for modifications, which go
//     first; a modification answers with what the corrected query finds when the
//     original one finds nothing; the members of the answer, with the corrected segment
//     between U+E000 and U+E001; for which kinds there are corrections.
//   - assumed (2026-11): a word is corrected by one letter to the most frequent word
//     in what is searched; a query that finds something needs no correction.

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// spelled are the kinds whose queries are corrected.
var spelled = []string{"message", "event", "site", "drive", "driveItem", "list", "listItem", "externalItem"}

// spelledMembers are where the words stand that a query is corrected to.
var spelledMembers = []string{"subject", "bodyPreview", "name", "displayName", "title", "description", "content"}

// leastSpelled is how long a word is that is corrected.
const leastSpelled = 4

// correction is a query with its words corrected.
type correction struct {
	plain, marked string
	tokens        []entity.Object
}

// answer is the response to a request, after correcting it where that is asked for.
func (s *search) answer(tx Tx) entity.Object {
	if !s.suggests && !s.modifies || len(s.find(tx)) > 0 || containsNone(s.kinds, spelled) {
		return s.response(tx)
	}
	c, original, kind := s.corrected(tx), s.text, "suggestion"
	if len(c.tokens) == 0 {
		return s.response(tx)
	}
	if s.modifies {
		s.text, kind = c.plain, "modification"
	}
	response := s.response(tx)
	altered := fields("alteredQueryString", quoted(c.plain), "alteredHighlightedQueryString", quoted(c.marked), "alteredQueryTokens", string(arrayOf(c.tokens)))
	response.Set("queryAlterationResponse", fields("originalQueryString", quoted(original), "queryAlteration", string(altered.JSON()),
		"queryAlterationType", quoted(kind)).JSON())
	return response
}

// containsNone reports whether none of some names is in a list.
func containsNone(names, all []string) bool {
	for _, name := range names {
		if containsFold(all, name) {
			return false
		}
	}
	return true
}

// corrected replaces the words that nothing has by those that something has.
func (s *search) corrected(tx Tx) (c correction) {
	known, rest := s.vocabulary(tx), s.text
	var plain, marked strings.Builder
	for offset := 0; rest != ""; {
		word, after := nextWord(rest)
		better := nearest(strings.ToLower(word), known)
		if better == "" {
			plain.WriteString(word)
			marked.WriteString(word)
		} else {
			plain.WriteString(better)
			marked.WriteString("\ue000" + better + "\ue001")
			c.tokens = append(c.tokens, fields("offset", strconv.Itoa(offset), "length", strconv.Itoa(len([]rune(word))), "suggestion", quoted(better)))
		}
		offset += len([]rune(word))
		rest = after
	}
	c.plain, c.marked = plain.String(), marked.String()
	return c
}

// nextWord cuts a text after its first run of letters and digits, or of others.
func nextWord(s string) (word, rest string) {
	first := true
	var letters bool
	for i, r := range s {
		is := unicode.IsLetter(r) || unicode.IsDigit(r)
		if first {
			letters, first = is, false
		} else if is != letters {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// vocabulary is how often each word stands in what the request searches.
func (s *search) vocabulary(tx Tx) map[string]int {
	known := map[string]int{}
	for _, kind := range s.kinds {
		for h := range searched(tx, kind, s.sources) {
			for _, name := range spelledMembers {
				for rest := text(h.seen.Object, name); rest != ""; {
					var word string
					word, rest = nextWord(rest)
					known[strings.ToLower(word)]++
				}
			}
		}
	}
	return known
}

// nearest is the most frequent known word that differs by one letter; "" for none,
// and for a word that is known itself.
func nearest(word string, known map[string]int) (best string) {
	if len([]rune(word)) < leastSpelled || known[word] > 0 {
		return ""
	}
	for other, n := range known {
		if (best == "" || n > known[best] || n == known[best] && other < best) && oneApart([]rune(word), []rune(other)) {
			best = other
		}
	}
	return best
}

// oneApart reports whether a letter more, less, other or swapped makes one word the other.
func oneApart(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	a, b = a[i:], b[i:]
	switch {
	case len(b) == len(a)+1:
		return string(a) == string(b[1:])
	case len(a) != len(b) || len(a) == 0:
		return false
	case string(a[1:]) == string(b[1:]):
		return true
	}
	return len(a) > 1 && a[0] == b[1] && a[1] == b[0] && string(a[2:]) == string(b[2:])
}
