package graph

import (
	"net/url"
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
	if len(q.Call.Header["If-None-Match"]) > 0 {
		q.note("If-None-Match ignored: a collection has no ETag")
	}
	return q.listAs(q.place.context+q.options.contextList(), q.listItem)
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
	b := q.listHead(q.openWith(p.length(q), context), p, from)
	for i, e := range p.items {
		if i > 0 {
			b = append(b, ',')
		}
		b = item(b, e)
	}
	q.applySize()
	return q.json(q.success(200), append(b, ']', '}')), nil
}

// listed is the page of the addressed collection behind a position. A later
// page has the count of the first one, and not by counting again.
func (q *run) listed(from position) page {
	w := window{from: from, skip: q.options.skip, size: q.size(), count: q.options.count && from.total == nil}
	if n, known := q.known(); known && w.count {
		w.count, from.total = false, &n
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
	p := &q.place
	if q.options.filter != nil || p.virtual != nil || p.ref != nil || p.cast != nil || p.narrowed() || p.set.Name == binName {
		return 0, false
	}
	return q.reader.Count(p.set), true
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
		b = appendLink(b, "@odata.nextLink", q.nextLink(p.next))
	}
	return append(q.tip(b), `"value":[`...)
}

// nextLink is the URL of the next page: this one with all its options but
// $skip, and the position.
func (q *run) nextLink(p position) string {
	kept := keptOptions(q.Call.RawQuery)
	token := q.tokenOf(p, q.Call.Path, kept)
	if kept != "" {
		kept += "&"
	}
	return q.root() + q.Call.Path + "?" + kept + "$skiptoken=" + url.QueryEscape(token)
}

// keptOptions is a query without its position.
func keptOptions(raw string) string {
	var kept []string
	for part := range strings.SplitSeq(raw, "&") {
		name, _, _ := strings.Cut(part, "=")
		if decoded, err := url.QueryUnescape(name); err == nil {
			name = decoded
		}
		switch strings.ToLower(strings.TrimPrefix(name, "$")) {
		case "skiptoken", "skip", "":
		default:
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}
