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

	// Limit is how much the journal keeps; beyond it older calls make room.
	Limit journalLimit `json:"limit"`

	// UnusedRules are the rules of scenarios that no request has met, as
	// "scenario, rule 2".
	UnusedRules []string `json:"unusedRules"`
}

// journalLimit is what bounds the journal: a number of calls, and the bytes of
// their bodies together.
type journalLimit struct {
	Requests int `json:"requests"`
	Bytes    int `json:"bytes"`
}

func (c *control) listRequests(r *request) reply {
	filter, err := c.readFilter(r)
	if err != nil {
		return problem(http.StatusBadRequest, "%v", err)
	}
	entries, dropped := c.Journal.Requests(filter), c.Journal.Dropped()
	switch format := r.query.Get("format"); format {
	case "har":
		return c.archive(entries, dropped)
	case "", "json":
	default:
		return problem(http.StatusBadRequest, "no format %q (known: har, json)", format)
	}
	var limit journalLimit
	limit.Requests, limit.Bytes = c.Journal.Limits()
	return ok(requestList{entries, dropped, limit, c.Scenarios.Unused(c.journalTenant(r))})
}

// exportRequests answers with the calls as a file that other programs read.
func (c *control) exportRequests(r *request) reply {
	filter, err := c.readFilter(r)
	if err != nil {
		return problem(http.StatusBadRequest, "%v", err)
	}
	return c.archive(c.Journal.Requests(filter), c.Journal.Dropped()).
		with("Content-Disposition", `attachment; filename="fakegraph.har"`)
}

func (c *control) archive(entries []journal.Entry, dropped uint64) reply {
	return ok(journal.Archive(entries, c.Fake.Info().Version, dropped))
}

// clearRequests forgets the calls of one tenant, or of all when none is named.
func (c *control) clearRequests(r *request) reply {
	c.Journal.Clear(c.journalTenant(r))
	return nothing()
}

// journalTenant is the tenant whose calls are meant; "" is all. The parameter
// wins over the header, which a client may send with everything.
func (c *control) journalTenant(r *request) string {
	return cmp.Or(c.tenant(r.query.Get("tenant")), r.tenant)
}

func (c *control) readFilter(r *request) (journal.Filter, error) {
	f := journal.Filter{Method: r.query.Get("method"), Path: r.query.Get("path"), Tenant: c.journalTenant(r)}
	if f.Path != "" && !strings.HasPrefix(f.Path, "/") {
		return f, fmt.Errorf(`path: want the version and "/" in front, such as /v1.0/users/* or /**`)
	}
	f.Scenario = r.query.Get("scenario")
	var err error
	if text := r.query.Get("early"); text != "" {
		if f.Early, err = strconv.ParseBool(text); err != nil || !f.Early {
			return f, fmt.Errorf("early %q: want true, or leave it out", text)
		}
	}
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
