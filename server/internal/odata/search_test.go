package odata

import "testing"

var searchTrees = []treeCase{
	{"pizza", "pizza", ""},
	{`"displayName:wa" OR "mail:ad"`, `(or "displayName:wa" "mail:ad")`, ""},
	{`"displayName:wa" "mail:ad" and`, `(and (and "displayName:wa" "mail:ad") and)`, `"displayName:wa" AND "mail:ad" AND and`},
	{"a b OR c d", "(or (and a b) (and c d))", "a AND b OR c AND d"},
	{"a AND b OR c AND d", "(or (and a b) (and c d))", ""},
	{"a OR b AND NOT c", "(or a (and b (not c)))", ""},
	{"a OR b OR c", "(or (or a b) c)", ""},
	{"a AND (b OR c)", "(and a (or b c))", ""},
	{"(a AND b) AND (c AND d)", "(and (and a b) (and c d))", "a AND b AND (c AND d)"},
	{"(a OR b) OR (c OR d)", "(or (or a b) (or c d))", "a OR b OR (c OR d)"},
	{"NOT a b", "(and (not a) b)", "NOT a AND b"},
	{"NOT (a OR b)", "(not (or a b))", ""},
	{"NOT NOT a", "(not (not a))", ""},
	{"NOT(a)", "(not a)", "NOT a"},
	{"NOTHING ORDER ANDY", "(and (and NOTHING ORDER) ANDY)", "NOTHING AND ORDER AND ANDY"},
	{"((a))", "a", "a"},
	{`a(b)"c"d`, `(and (and (and a b) "c") d)`, `a AND b AND "c" AND d`},
	{`"AND" AND "a AND b"`, `(and "AND" "a AND b")`, ""},
	{`"say \"hi\" \\ there \o/"`, `"say \"hi\" \\ there \\o/"`, `"say \"hi\" \\ there \\o/"`},
	{`"from:ann AND subject:x"`, `"from:ann AND subject:x"`, ""},
	{"from:ann AND subject:x", "(and from:ann subject:x)", ""},
	{"it's 10:30 'x y'", "(and (and (and it's 10:30) 'x) y')", "it's AND 10:30 AND 'x AND y'"},
	{"a!*+,:@/?$=b", "a!*+,:@/?$=b", ""},
	{"ünï", "ünï", ""},
}

var searchMistakes = []mistakeCase{
	{`""`, "syntax position 0: the phrase is empty"},
	{`"x`, `unterminated position 0: quote is never closed (within a phrase write \")`},
	{`"x\"`, `unterminated position 0: quote is never closed (within a phrase write \")`},
	{"AND a", "syntax position 0: expected a term before AND (in double quotes AND is a term)"},
	{"OR", "syntax position 0: expected a term before OR (in double quotes OR is a term)"},
	{"a AND", "expected position 5: expected a term"},
	{"a AND AND b", "syntax position 6: expected a term before AND (in double quotes AND is a term)"},
	{"a OR", "expected position 4: expected a term"},
	{"a NOT", "expected position 5: expected a term"},
	{"NOT", "expected position 3: expected a term"},
	{"(a", "expected position 2: expected ')' after the terms"},
	{"()", "expected position 1: expected a term"},
	{"a)", `syntax position 1: ")" does not belong here`},
	{"a;b", `syntax position 1: ";" does not belong here`},
	{"", "expected position 0: expected a term"},
}

func TestSearch(t *testing.T) {
	checkTrees(t, searchTrees, ParseSearch, dumpSearch, PrintSearch)
	checkMistakes(t, searchMistakes, ParseSearch)
}
