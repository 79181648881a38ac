package control

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/journal"
)

// requestList is the answer of GET /_fake/requests.
type requestList struct {
	Requests []journal.Entry `json:"requests"` // newest last
	Dropped  uint64          `json:"dropped"`  // older ones that made room, of any tenant

	// UnusedRules are the rules of scenarios that no request has met, as
	// "scenario, rule 2".
	UnusedRules []string `json:"unusedRules"`
}

func (c *control) listRequests(r *request) reply {
	filter, err := readFilter(r)
	if err != nil {
		return problem(http.StatusBadRequest, "%v", err)
	}
	return ok(requestList{c.Journal.Requests(filter), c.Journal.Dropped(), c.Scenarios.Unused(journalTenant(r))})
}

// clearRequests forgets the calls of one tenant, or of all when none is named.
func (c *control) clearRequests(r *request) reply {
	c.Journal.Clear(journalTenant(r))
	return nothing()
}

// journalTenant is the tenant whose calls are meant; "" is all. The parameter
// wins over the header, which a client may send with everything.
func journalTenant(r *request) string { return cmp.Or(r.query.Get("tenant"), r.tenant) }

func readFilter(r *request) (journal.Filter, error) {
	f := journal.Filter{Method: r.query.Get("method"), Path: r.query.Get("path"), Tenant: journalTenant(r)}
	if f.Path != "" && !strings.HasPrefix(f.Path, "/") {
		return f, fmt.Errorf(`path: want the version and "/" in front, such as /v1.0/users/* or /**`)
	}
	var err error
	if text := r.query.Get("status"); text != "" {
		if f.Status, err = journal.ParseStatus(text); err != nil {
			return f, err
		}
	}
	if text := r.query.Get("since"); text != "" {
		if f.Since, err = time.Parse(time.RFC3339, text); err != nil {
			return f, fmt.Errorf("since %q: want a time such as 2026-03-01T12:00:00Z", text)
		}
	}
	if text := r.query.Get("limit"); text != "" {
		if f.Limit, err = strconv.Atoi(text); err != nil || f.Limit < 1 {
			return f, fmt.Errorf("limit %q: want a number from 1", text)
		}
	}
	return f, nil
}
