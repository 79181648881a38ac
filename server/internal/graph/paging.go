package graph

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// paging is how a service pages a collection (graph-behaviour §2.4).
type paging struct {
	usual int // items without $top
	most  int // largest $top
	whole bool
	skip  bool // $skip is offered
	links bool // links to the next page count on with $skip, where others have a $skiptoken
}

// pagings are the services' rules; D where the table of §2.4 says so, else
// assumed. Links with $skip: mail (R: captures of 2018 to 2021), calendars and
// contacts (D, their samples), OneNote (D, page of its pages); people and to-do
// as the mailbox that they are in. Sites, drives and their items take $top=1000
// (R: Future-Secure-AI/microsoft-graph, whose tests list them so); 5000 as lists.
var pagings = map[openapi.Family]paging{
	openapi.FamilyDirectory: {usual: 100, most: 999},
	openapi.FamilyOutlook:   {usual: 10, most: 1000, skip: true, links: true},
	openapi.FamilyOneNote:   {usual: 20, most: 100, skip: true, links: true},
	openapi.FamilyFiles:     {usual: 200, most: 5000},
	openapi.FamilyIntune:    {usual: 1000, most: 1000, skip: true},
	openapi.FamilyCloudPC:   {usual: 100, most: 999, skip: true},
	openapi.FamilyReports:   {usual: 1000, most: 1000, skip: true},
	openapi.FamilySecurity:  {usual: 100, most: 1000, skip: true},
	openapi.FamilyTeams:     {usual: 100, most: 999, skip: true},
}

// otherPaging is for the services without a rule.
var otherPaging = paging{usual: 100, most: 999, skip: true}

// ownPagings are collections that differ from their service, by service and
// name.
var ownPagings = map[string]paging{
	"teams messages":           {usual: 20, most: 50},
	"teams replies":            {usual: 20, most: 50},
	"teams chats":              {usual: 50, most: 50},
	"directory directoryRoles": {usual: 1 << 20, most: 999, whole: true},
	"directory subscribedSkus": {usual: 1 << 20, most: 999, whole: true},
	"directory domains":        {usual: 1 << 20, most: 999, whole: true},
	"directory organization":   {usual: 1 << 20, most: 999, whole: true},
}

// paging is the rule of the addressed collection.
func (q *run) paging() paging {
	if p, ok := ownPagings[q.family()+" "+lastOf(q.place.set.Name)]; ok {
		return p
	}
	p, ok := pagings[q.op.Family]
	if !ok {
		return otherPaging
	}
	if q.op.Family == openapi.FamilyDirectory && (q.place.typ == nil || !advancedTypes[q.place.typ.Name]) {
		p.skip = true // what else answers under the directory's roof, such as identity governance
	}
	return p
}

// fits refuses $top and $skip that the service does not take.
func (q *run) fits() *refusal {
	p := q.paging()
	if q.options.top > p.most || q.options.empty && q.isDirectory(q.place.typ) {
		r := option(fmt.Sprintf("Invalid page size specified: '%d'. Must be between 1 and %d inclusive.", q.options.top, p.most),
			fmt.Sprintf("$top: want 1 to %d", p.most))
		switch q.op.Family {
		case openapi.FamilyDirectory:
			r.err.Code = "Request_UnsupportedQuery"
		case openapi.FamilyOutlook:
			r.err.Code = "ErrorInvalidUrlQuery"
		default:
			r.err = grapherr.Query(fmt.Sprintf("The limit of '%d' for Top query has been exceeded. The value from the incoming request is '%d'.", p.most, q.options.top))
		}
		return r
	}
	if p.whole && q.options.top > 0 {
		q.note("$top is not heeded: this collection comes in one page")
	}
	if q.options.skip > 0 && !p.skip {
		r := option("'$skip' is not supported by the service.", "$skip: the "+q.family()+" family pages by $skiptoken alone")
		if q.op.Family == openapi.FamilyDirectory {
			r.err.Code = "Request_BadRequest"
		}
		return r
	}
	return nil
}

// size is how many items a page holds: $top, else the client's preference,
// else the service's own.
func (q *run) size() int {
	p := q.paging()
	switch wish := q.pageWish(); {
	case p.whole:
		return p.usual
	case q.options.top > 0:
		return q.options.top
	case wish > 0:
		return min(wish, p.most)
	}
	return p.usual
}

// pageWish is the client's odata.maxpagesize; 0 for none.
func (q *run) pageWish() int {
	for wish := range q.wishes() {
		if n, ok := strings.CutPrefix(wish, "odata.maxpagesize="); ok {
			if size, err := strconv.Atoi(strings.TrimSpace(n)); err == nil && size > 0 {
				return size
			}
		}
	}
	return 0
}

// applySize tells the client that its page size was honoured.
func (q *run) applySize() {
	if wish := q.pageWish(); wish > 0 && q.options.top == 0 && !q.paging().whole {
		q.honour("odata.maxpagesize=" + strconv.Itoa(min(wish, q.paging().most)))
	}
}
