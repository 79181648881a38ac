package graph

import (
	"net/url"
	"slices"
	"strings"

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
	if refused := q.fits(); refused != nil {
		return call.Response{}, refused
	}
	from, refused := q.resume()
	if refused != nil {
		return call.Response{}, refused
	}
	p := page{}
	if q.options.empty {
		p.total, _ = q.total()
	} else {
		p = q.page(from)
	}
	response := q.json(q.success(200), q.listBody(p))
	q.applied(&response)
	return response, nil
}

// page is one page of a collection.
type page struct {
	items []store.Entity
	total int      // matches in all; meaningful when the count was asked for
	next  position // where the next page starts; zero when there is none
	more  bool
}

// page collects one page in the store's order, or in that of $orderby.
func (q *run) page(from position) page {
	if len(q.options.order) > 0 {
		return q.sorted(from)
	}
	p := page{}
	size, skip := q.size(), q.options.skip
	for e := range q.members(q.start(from)) {
		if !q.matches(e) {
			continue
		}
		p.total++
		past := e.Ordinal > from.after
		switch {
		case past && skip > 0:
			skip--
		case past && len(p.items) < size:
			p.items = append(p.items, e)
		case past:
			p.more = true
		}
		if p.more && !q.options.count {
			break
		}
	}
	return p.close()
}

// start is where the scan begins: at the page, unless all matches are counted.
func (q *run) start(from position) store.Ordinal {
	if q.options.count {
		return 0
	}
	return from.after
}

// sorted collects one page in the order of $orderby; equal keys keep the
// store's order.
func (q *run) sorted(from position) page {
	rows := make([]row, 0, 64)
	for e := range q.members(0) {
		if q.matches(e) {
			rows = append(rows, row{e, q.keysOf(e.JSON)})
		}
	}
	slices.SortStableFunc(rows, q.compareRows)
	p := page{total: len(rows)}
	if from.after != 0 {
		rows = rows[q.search(rows, from):]
	}
	rows = rows[min(q.options.skip, len(rows)):]
	p.more = len(rows) > q.size()
	for _, r := range rows[:min(q.size(), len(rows))] {
		p.items = append(p.items, r.entity)
	}
	p = p.close()
	if p.more {
		p.next.keys = q.keysOf(p.items[len(p.items)-1].JSON)
	}
	return p
}

func (p page) close() page {
	if p.more && len(p.items) > 0 {
		p.next.after = p.items[len(p.items)-1].Ordinal
	}
	return p
}

// total counts the matches of a collection; without a filter the store knows.
func (q *run) total() (int, *refusal) {
	if q.options.filter == nil && q.place.virtual == nil && q.place.ref == nil && q.place.cast == nil && !q.place.narrowed() && q.place.set.Name != binName {
		return q.reader.Count(q.place.set), nil
	}
	n := 0
	for e := range q.members(0) {
		if q.matches(e) {
			n++
		}
	}
	return n, nil
}

func (q *run) listBody(p page) []byte {
	b := q.open(q.place.context + q.options.contextList())
	if q.options.count {
		b = appendCount(b, p.total)
	}
	if p.more {
		b = appendLink(b, "@odata.nextLink", q.nextLink(p.next))
	}
	b = append(b, `"value":[`...)
	for i, e := range p.items {
		if i > 0 {
			b = append(b, ',')
		}
		b = q.listItem(b, e)
	}
	return append(b, ']', '}')
}

// nextLink is the URL of the next page: this one with all its options but
// $skip, and the position.
func (q *run) nextLink(p position) string {
	kept := keptOptions(q.Call.RawQuery)
	if kept != "" {
		kept += "&"
	}
	return q.root() + q.Call.Path + "?" + kept + "$skiptoken=" + url.QueryEscape(q.tokenOf(p))
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
