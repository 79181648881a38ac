package server

import (
	"testing"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/graph"
)

// Every operation is counted once.
func TestCoverageCountsAll(t *testing.T) {
	c, err := openapi.Default()
	if err != nil {
		t.Fatal(err)
	}
	areas, err := Coverage()
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]*Area{}
	for _, a := range areas {
		if sums[a.Version] == nil {
			sums[a.Version] = &Area{}
		}
		sums[a.Version].Add(a)
	}
	for _, v := range c.Versions() {
		s := sums[v.Name()]
		if n := s.Own + s.GenericCRUD + s.GenericOperation + s.Refused; n != v.Len() {
			t.Errorf("%s: %d operations counted, has %d", v.Name(), n, v.Len())
		}
		if s.Own == 0 || s.GenericCRUD == 0 || s.GenericOperation == 0 {
			t.Errorf("%s: %+v", v.Name(), *s)
		}
	}
}

func TestServes(t *testing.T) {
	c, err := openapi.Default()
	if err != nil {
		t.Fatal(err)
	}
	set, err := checkedBehaviors()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		method, path string
		want         graph.Served
	}{
		{"POST", "/users", graph.Own},
		{"GET", "/users/{id}", graph.Own},
		{"POST", "/users/{id}/assignLicense", graph.Own},
		{"POST", "/directory/deletedItems/{id}/restore", graph.Own},
		{"GET", "/reports/getOffice365GroupsActivityCounts(period='{period}')", graph.Own},
		{"POST", "/groups/{id}/members/$ref", graph.Own},
		{"GET", "/security/alerts/{id}", graph.GenericCRUD},
		{"GET", "/users/$count", graph.GenericCRUD},
		{"POST", "/drives/{id}/items/{id}/workbook/closeSession", graph.Own},
		{"GET", "/drives/{id}/items/{id}/workbook/worksheets/{id}/range(address='{address}')/lastCell", graph.Own},
		{"POST", "/deviceManagement/deviceEnrollmentConfigurations/{id}/setPriority", graph.GenericCRUD},
		{"POST", "/drives/{id}/items/{id}/workbook/functions/bahtText", graph.GenericOperation},
	} {
		target, err := c.Version("v1.0").Resolve(test.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		op := target.Item.Operation(test.method)
		if op == nil {
			t.Errorf("%s %s: not in the catalogue", test.method, test.path)
			continue
		}
		if got := graph.Serves(set, c.Version("v1.0"), op); got != test.want {
			t.Errorf("%s %s: served as %d, want %d", test.method, test.path, got, test.want)
		}
	}
}
