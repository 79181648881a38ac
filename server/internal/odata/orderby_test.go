package odata

import "testing"

var orderByTrees = []treeCase{
	{"displayName", "displayName", ""},
	{"displayName desc,id", "displayName down, id", ""},
	{"from/emailAddress/name", "from/emailAddress/name", ""},
	{"a asc, b DESC", "a, b down", "a,b desc"},
	{"length(a) desc", "(length() a) down", ""},
	{"a add b,tags/$count desc", "(add a b), tags/#count down", ""},
	{"desc desc", "desc down", ""},
}

var orderByMistakes = []mistakeCase{
	{"a down", `syntax position 2: expected "asc", "desc" or ",", found "down"`},
	{"a desc desc", `syntax position 7: "desc" does not belong here`},
	{"a,", "expected position 2: expected an expression, found the end"},
	{",a", `expected position 0: expected an expression, found ","`},
	{"a;b", `syntax position 1: ";" does not belong here`},
	{"", "expected position 0: expected an expression, found the end"},
}

func TestOrderBy(t *testing.T) {
	checkTrees(t, orderByTrees, ParseOrderBy, dumpOrderBy, PrintOrderBy)
	checkMistakes(t, orderByMistakes, ParseOrderBy)
}
