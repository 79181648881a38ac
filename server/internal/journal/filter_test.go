package journal_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/journal"
)

func TestRequests_Filter(t *testing.T) {
	j := journal.New(journal.Options{})
	for i, made := range []struct {
		method, path, tenant string
		status               int
	}{
		{"GET", "/users", tenant, 200},
		{"PATCH", "/users/adele%40contoso.com", tenant, 429},
		{"GET", "/groups/1/members/2", "other", 404},
		{"DELETE", "/groups/1", tenant, 204},
	} {
		c := get(made.path)
		c.Method, c.Tenant, c.Received = made.method, made.tenant, noon.Add(time.Duration(i)*time.Minute)
		record(j, c, made.status)
	}
	class := func(text string) journal.Status {
		s, err := journal.ParseStatus(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for _, test := range []struct {
		filter journal.Filter
		want   []uint64
	}{
		{journal.Filter{}, []uint64{1, 2, 3, 4}},
		{journal.Filter{Method: "get"}, []uint64{1, 3}},
		{journal.Filter{Status: class("200")}, []uint64{1}},
		{journal.Filter{Status: class("4xx")}, []uint64{2, 3}},
		{journal.Filter{Tenant: "OTHER"}, []uint64{3}},
		{journal.Filter{Since: noon.Add(2 * time.Minute)}, []uint64{3, 4}},
		{journal.Filter{Limit: 2}, []uint64{3, 4}},
		{journal.Filter{Limit: 1, Method: "GET", Tenant: tenant}, []uint64{1}},
		{journal.Filter{Path: "/v1.0/users"}, []uint64{1}},
		{journal.Filter{Path: "/V1.0/Users/Adele@contoso.com"}, []uint64{2}},
		{journal.Filter{Path: "/v1.0/users/*@contoso.com"}, []uint64{2}},
		{journal.Filter{Path: "/v1.0/groups/*"}, []uint64{4}},
		{journal.Filter{Path: "/v1.0/groups/**"}, []uint64{3, 4}},
		{journal.Filter{Path: "/**/members/*"}, []uint64{3}},
		{journal.Filter{Path: "/**/1/**"}, []uint64{3, 4}},
		{journal.Filter{Path: "/beta/**"}, nil},
		{journal.Filter{Path: "/**"}, []uint64{1, 2, 3, 4}},
	} {
		var got []uint64
		for _, e := range j.Requests(test.filter) {
			got = append(got, e.Number)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%+v: got %v, want %v", test.filter, got, test.want)
		}
	}
}

func TestParseStatus(t *testing.T) {
	for _, good := range []string{"200", "599", "4xx", "5XX"} {
		if _, err := journal.ParseStatus(good); err != nil {
			t.Error(err)
		}
	}
	for _, bad := range []string{"", "4", "4x", "0xx", "6xx", "2000", "-20", "+20", "2x0"} {
		if _, err := journal.ParseStatus(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	var all journal.Status
	if !all.Has(200) || !all.Has(0) {
		t.Error("the zero value does not pick all")
	}
}

// A path that cannot match must not take a time that grows without bound.
func TestRequests_FilterManyStars(t *testing.T) {
	j := journal.New(journal.Options{})
	long, pattern := "", ""
	for i := range 200 {
		long += fmt.Sprint("/a", i)
		pattern += "/**/a*"
	}
	record(j, get(long), 200)
	if got := j.Requests(journal.Filter{Path: pattern + "/b"}); len(got) != 0 {
		t.Errorf("got %d entries", len(got))
	}
}
