package behavior

// Evidence for aggregations and collapsing of search/query (concept page
// search-concept-aggregation and resources aggregationOption, bucketAggregationDefinition
// and collapseProperty, 2021 to 2025):
//   - documented: buckets with key, count and a token that a later request filters by;
//     the texts of keys and tokens; sorting by count or key; ranges of times and numbers;
//     not for messages and events; how many hits of one value are left by collapsing.
//   - assumed (2026-11): fields are the resource's members, the columns of an item, the
//     properties of an external item, and what is named in fieldValue.

import (
	"cmp"
	"encoding/hex"
	"encoding/json"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// bucket counts what has one value, or a value in a range.
type bucket struct {
	key, token string
	count      int
	from, to   string // of a range; "" for open
	ranged     bool
}

// aggregation is one that a request asks for.
type aggregation struct {
	field   string
	size    int
	by      string // count, keyasstring or keyasnumber
	down    bool
	least   int
	prefix  string
	buckets []bucket // of ranges, in the order asked
}

func newAggregation(o entity.Object) aggregation {
	o = lowered(o)
	d := lowered(inner(o, "bucketDefinition"))
	a := aggregation{field: text(o, "field"), size: number(o, "size", usualHits), by: strings.ToLower(text(d, "sortBy")),
		down: saidTrue(d, "isDescending"), least: number(d, "minimumCount", 0), prefix: text(d, "prefixFilter")}
	for _, r := range list(d, "ranges") {
		a.buckets = append(a.buckets, rangeBucket(text(r, "from"), text(r, "to")))
	}
	return a
}

// saidTrue reads a Boolean that may be a text, as the documentation writes it.
func saidTrue(o entity.Object, name string) bool {
	return o.True(name) || strings.EqualFold(text(o, name), "true")
}

// rangeBucket is the bucket of a range, with the words for its kind.
func rangeBucket(from, to string) bucket {
	b := bucket{from: from, to: to, ranged: true}
	_, err := strconv.ParseFloat(from+to, 64)
	if from != "" && to != "" {
		_, err = strconv.ParseFloat(to, 64)
	}
	before, between, after := "Before "+to, "From "+from+" up to "+to, from+" or later"
	if err == nil {
		before, between, after = "Less than "+to, from+" up to "+to, from+" and up"
	}
	switch {
	case from == "":
		b.key, b.token = before, "range(min, "+to+")"
	case to == "":
		b.key, b.token = after, "range("+from+`, max, to="le")`
	default:
		b.key, b.token = between, "range("+from+", "+to+")"
	}
	return b
}

func (b *bucket) holds(value string) bool {
	if !b.ranged {
		return strings.EqualFold(b.key, value)
	}
	return value != "" && (b.from == "" || compareValues(value, b.from) >= 0) && (b.to == "" || compareValues(value, b.to) < 0)
}

// compareValues orders numbers by their worth and all else as text, which times
// are ordered by as well.
func compareValues(a, b string) int {
	x, wrong := strconv.ParseFloat(a, 64)
	y, wrongToo := strconv.ParseFloat(b, 64)
	if wrong == nil && wrongToo == nil {
		return cmp.Compare(x, y)
	}
	return cmp.Compare(a, b)
}

// fieldValue is what a hit has under the name that searches know it by.
func fieldValue(h hit, field string) string {
	switch strings.ToLower(field) {
	case "filetype":
		return strings.TrimPrefix(path.Ext(text(h.seen.Object, "name")), ".")
	case "lastmodifiedtime":
		return text(h.seen.Object, "lastModifiedDateTime")
	case "created":
		return text(h.seen.Object, "createdDateTime")
	case "author":
		return text(inner(inner(h.seen.Object, "createdBy"), "user"), "displayName")
	case "contentclass":
		if h.kind == "driveItem" || h.kind == "listItem" {
			return "STS_ListItem_DocumentLibrary"
		}
	}
	for _, o := range []entity.Object{h.row, inner(h.seen.Object, "properties"), h.seen.Object} {
		for _, m := range o {
			if strings.EqualFold(m.Name, field) {
				return strings.Trim(string(m.Value), `"`)
			}
		}
	}
	return ""
}

// counted is a searchAggregation of hits.
func (a aggregation) counted(hits []hit) entity.Object {
	all := slices.Clone(a.buckets)
	ranged := len(all) > 0
	for _, h := range hits {
		value := fieldValue(h, a.field)
		i := slices.IndexFunc(all, func(b bucket) bool { return b.holds(value) })
		if i < 0 && !ranged && value != "" && strings.HasPrefix(value, a.prefix) {
			i, all = len(all), append(all, bucket{key: value, token: `"ǂǂ` + hex.EncodeToString([]byte(value)) + `"`})
		}
		if i >= 0 {
			all[i].count++
		}
	}
	if !ranged {
		sort.SliceStable(all, func(i, j int) bool { return a.order(all[i], all[j]) < 0 })
		all = all[:min(len(all), max(a.size, 0))]
	}
	buckets := []entity.Object{}
	for _, b := range all {
		if b.count >= a.least {
			buckets = append(buckets, fields("key", quoted(b.key), "count", strconv.Itoa(b.count), "aggregationFilterToken", quoted(b.token)))
		}
	}
	return fields("field", quoted(a.field), "buckets", string(arrayOf(buckets)))
}

func (a aggregation) order(x, y bucket) int {
	c := compareValues(x.key, y.key)
	if a.by == "" || a.by == "count" {
		c = cmp.Compare(x.count, y.count)
	}
	if a.down {
		return -c
	}
	return c
}

// aggregations are those of all hits, as JSON; nil without any.
func (s *search) aggregations(hits []hit) json.RawMessage {
	var all []entity.Object
	for _, a := range s.aggregates {
		all = append(all, a.counted(hits))
	}
	if all == nil {
		return nil
	}
	return arrayOf(all)
}

// filterOf reads an aggregation filter: field:"ǂǂ…", field:or("ǂǂ…","ǂǂ…") or
// field:range(from, to).
func filterOf(filter string) (field string, wanted []bucket) {
	field, token, _ := strings.Cut(filter, ":")
	if inside, ok := strings.CutPrefix(token, "range("); ok {
		parts := strings.Split(strings.TrimSuffix(inside, ")"), ",")
		from, to := strings.TrimSpace(parts[0]), ""
		if len(parts) > 1 {
			to = strings.TrimSpace(parts[1])
		}
		return field, []bucket{rangeBucket(strings.TrimPrefix(from, "min"), strings.TrimPrefix(to, "max"))}
	}
	token = strings.TrimSuffix(strings.TrimPrefix(token, "or("), ")")
	for part := range strings.SplitSeq(token, ",") {
		part = strings.Trim(strings.TrimSpace(part), `"\`)
		if plain, err := hex.DecodeString(strings.TrimPrefix(part, "ǂǂ")); err == nil && strings.HasPrefix(part, "ǂǂ") {
			part = string(plain)
		}
		wanted = append(wanted, bucket{key: part})
	}
	return field, wanted
}

// filtered are the hits that pass all aggregation filters.
func (s *search) filtered(hits []hit) []hit {
	for _, filter := range s.filters {
		field, wanted := filterOf(filter)
		hits = slices.DeleteFunc(hits, func(h hit) bool {
			value := fieldValue(h, field)
			return !slices.ContainsFunc(wanted, func(b bucket) bool { return b.holds(value) })
		})
	}
	return hits
}

// collapsed leaves as many hits of the same values as the request wants.
func (s *search) collapsed(hits []hit) []hit {
	for _, c := range s.collapse {
		limit, names, seen := number(c, "limit", 1), texts(c, "fields"), map[string]int{}
		hits = slices.DeleteFunc(hits, func(h hit) bool {
			var key strings.Builder
			for _, name := range names {
				key.WriteString(fieldValue(h, name) + "\x00")
			}
			seen[key.String()]++
			return seen[key.String()] > limit
		})
	}
	return hits
}
