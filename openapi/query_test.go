package openapi

import "testing"

func TestValidateQuery(t *testing.T) {
	op, _ := operationAt(t, beta(t), "GET", partners)
	bare, _ := operationAt(t, served(t, "v1.0", directory), "GET", "/users")
	for _, test := range []struct{ query, inBeta, inV1 string }{
		{"", "", ""},
		{"&&", "", ""},
		{"$select=id,displayName&$filter=enableConnection+eq+true&$top=5&$skip=0&$count=true", "", ""},
		{"%24select=id&$ORDERBY=id&$expand=*&$search=%22a%22&$skiptoken=x", "", ""},
		{"$top=-1", "query $top parameter", "query $top parameter"},
		{"$top=", "query $top parameter", "query $top parameter"},
		{"$top=2147483648&$skip=1.5", "query $skip parameter\nquery $top parameter", "query $skip parameter\nquery $top parameter"},
		{"$count=1", "query $count parameter", "query $count parameter"},
		{"$count=TRUE", "", ""},
		{"top=x", "query $top parameter", "query $top parameter"},
		{"compute=x&compute=y", "query $compute parameter", ""},
		{"$top=1&$Top=1", "query $top parameter", "query $top parameter"},
		{"$top=1&top=1", "query $top parameter", "query $top parameter"},
		{"$selct=id", "query $selct parameter", "query $selct parameter"},
		{"$", "query $ parameter", "query $ parameter"},
		{"custom=1&custom=2&@p=3", "", ""},
		{"$filter=%zz", "query $filter parameter", "query $filter parameter"},
		{"%zz=1", "query  parameter", "query  parameter"},
	} {
		t.Run(test.query, func(t *testing.T) {
			if got := findingLines(op.Validate(Input{RawQuery: test.query})); got != test.inBeta {
				t.Errorf("beta: got %q, want %q", got, test.inBeta)
			}
			if got := findingLines(bare.Validate(Input{RawQuery: test.query})); got != test.inV1 {
				t.Errorf("v1.0: got %q, want %q", got, test.inV1)
			}
		})
	}
	got := op.Validate(Input{RawQuery: "$selct=id"})
	if want := `$selct: unknown query option (did you mean "$select"?)`; len(got) != 1 || got[0].Text != want {
		t.Errorf("got %v, want %s", got, want)
	}
}
