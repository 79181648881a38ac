package graph

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// list answers GET of a collection, page by page.
func (q *run) list() (call.Response, *refusal) {
	if refused := q.locate(); refused != nil {
		return call.Response{}, refused
	}
	if refused := q.virtual(); refused != nil {
		return call.Response{}, refused
	}
	if refused := q.asked(); refused != nil {
		return call.Response{}, refused
	}
	q.orderByAge()
	if len(q.Call.Header["If-None-Match"]) > 0 {
		q.note("If-None-Match ignored: a collection has no ETag")
	}
	return q.listAs(q.place.fragment()+q.options.contextList(), q.listItem)
}

// listAs answers with a page of the addressed collection, each member as item
// appends it.
func (q *run) listAs(context string, item func([]byte, store.Entity) []byte) (call.Response, *refusal) {
	if refused := q.fits(); refused != nil {
		return call.Response{}, refused
	}
	from, refused := q.resume()
	if refused != nil {
		return call.Response{}, refused
	}
	p := q.listed(from)
	if prefers := q.conductOf(q.place.typ).prefers; len(p.items) == 0 && prefers != nil {
		prefers.Prefer(tx{q}) // what readers honour, where there is nothing to read
	}
	b := q.listHead(q.openWith(p.length(q), context), p, from)
	for i, e := range p.items {
		if i > 0 {
			b = append(b, ',')
		}
		b = item(b, e)
	}
	q.leave(p)
	q.applySize()
	return q.json(q.success(200), append(b, ']', '}')), nil
}

// listed is the page of the addressed collection behind a position. A later
// page has the count of the first one, and not by counting again.
func (q *run) listed(from position) page {
	w := window{from: from, skip: q.options.skip, size: q.size(), count: q.options.count && from.total == nil}
	if w.count {
		if n, known := q.known(); known {
			w.count, from.total = false, &n
		}
	}
	var p page
	switch {
	case !q.options.empty:
		p = q.page(w)
	case w.count:
		p.total = q.total()
	}
	if from.total != nil {
		p.total = *from.total
	}
	if q.options.count {
		p.next.total = &p.total
	}
	return p
}

// known is the number of a collection's members where the store tells it
// without reading them.
func (q *run) known() (n int, ok bool) {
	if q.options.filter != nil {
		return 0, false
	}
	if q.wholeSet() {
		return q.reader.Count(q.place.set), true
	}
	if of, o := q.ranged(); o != nil {
		return q.reader.CountOrdered(q.place.set, of), true
	}
	return 0, false
}

// wholeSet reports whether the place shows all that its set has.
func (q *run) wholeSet() bool {
	p := &q.place
	return p.virtual == nil && p.ref == nil && p.cast == nil && !p.narrowed() && !isBin(p.set.Name)
}

// total counts the matches of a collection.
func (q *run) total() int {
	if n, known := q.known(); known {
		return n
	}
	n := 0
	for range q.matching(0) {
		n++
	}
	return n
}

// listHead appends what stands before the members: the count, which the
// directory tells on the first page only (D), and the link to the next page.
func (q *run) listHead(b []byte, p page, from position) []byte {
	if q.options.count && (from.after == 0 || q.op.Family != openapi.FamilyDirectory) {
		b = q.appendCount(b, "@odata.count", p.total)
	}
	if p.more {
		b = appendLink(b, "@odata.nextLink", q.nextLink(p))
	}
	return append(q.tip(b), `"value":[`...)
}

// nextLink is the URL of the page behind one: this one with all its options but
// $skip, and the position. Services that page by $skip have that instead: what
// comes or goes in front of it between two pages, moves what it leads to, as it
// does there (graph-behaviour §2.4).
func (q *run) nextLink(p page) string {
	if q.paging().links {
		return q.root() + q.Call.Path + "?" + skippedOptions(q.Call.RawQuery, q.options.skip+len(p.items))
	}
	kept := keptOptions(q.Call.RawQuery)
	token := q.tokenOf(p.next, q.Call.Path, kept)
	if kept != "" {
		kept += "&"
	}
	return q.root() + q.Call.Path + "?" + kept + "$skiptoken=" + url.QueryEscape(token)
}

// skippedOptions is a query that skips so many items: where it did already, in
// the same place (R, 2020).
func skippedOptions(raw string, n int) string {
	var parts []string
	skips, dollar := false, "$"
	for part := range strings.SplitSeq(raw, "&") {
		switch name, _, _ := strings.Cut(part, "="); optionName(name) {
		case "":
			continue
		case "skip":
			part, skips = name+"="+strconv.Itoa(n), true
		}
		if strings.HasPrefix(part, "%24") {
			dollar = "%24" // as the client spells it
		}
		parts = append(parts, part)
	}
	if !skips {
		parts = append(parts, dollar+"skip="+strconv.Itoa(n))
	}
	return strings.Join(parts, "&")
}

// optionName is the name of an option as sent, decoded, in small letters and
// without "$".
func optionName(name string) string {
	if decoded, err := url.QueryUnescape(name); err == nil {
		name = decoded
	}
	return strings.ToLower(strings.TrimPrefix(name, "$"))
}

// keptOptions is a query without its position.
func keptOptions(raw string) string {
	var kept []string
	for part := range strings.SplitSeq(raw, "&") {
		name, _, _ := strings.Cut(part, "=")
		switch optionName(name) {
		case "skiptoken", "skip", "":
		default:
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}
