package odata

import "testing"

var expandTrees = []treeCase{
	{"manager", "manager", ""},
	{"manager,directReports", "manager, directReports", ""},
	{"*", "*", ""},
	{"manager,", "manager", "manager"},
	{"manager($select=id,;$levels=max),members($select=id,)", "manager<select=id; levels=-1>, members<select=id>", "manager($select=id;$levels=max),members($select=id)"},
	{"*/$ref,members", "*/#ref, members", ""},
	{"*($levels=3)", "*<levels=3>", ""},
	{"manager($levels=max;$select=id,displayName)", "manager<select=id, displayName; levels=-1>", "manager($select=id,displayName;$levels=max)"},
	{`members($select=id;$filter=a eq ';)' and b in ('x');$orderby=a desc,b;$top=5;$skip=1;$count=true;$search="x y" OR z;$expand=owners($select=id))`, `members<filter=(and (eq a ";)") (in b [list "x"])); select=id; expand=owners<select=id>; orderby=a down, b; top=5; skip=1; count=true; search=(or "x y" z)>`, `members($filter=a eq ';)' and b in ('x');$select=id;$expand=owners($select=id);$orderby=a desc,b;$top=5;$skip=1;$count=true;$search="x y" OR z)`},
	{"members($select=id;)", "members<select=id>", "members($select=id)"},
	{"members( select = id ; TOP = 1 )", "members<select=id; top=1>", "members($select=id;$top=1)"},
	{"members($compute=b add (c) as e;@p=5;$top=1)", "members<top=1; compute=b add (c) as e; @p=int64:5>", "members($top=1;$compute=b add (c) as e;@p=5)"},
	{`members($filter=x eq @p;@p={"a":1};@q="x")`, `members<filter=(eq x @p); @p={object "a"=int64:1}; @q="x">`, `members($filter=x eq @p;@p={"a":1};@q='x')`},
	{"members/microsoft.graph.user($select=id)", "members/<microsoft.graph.user><select=id>", ""},
	{"microsoft.graph.itemAttachment/item", "<microsoft.graph.itemAttachment>/item", ""},
	{"fields($select=Title,Color)", "fields<select=Title, Color>", ""},
	{"a/b/nav", "a/b/nav", ""},
	{"members/$ref($top=1)", "members/#ref<top=1>", ""},
	{"members/$count($filter=a eq 1)", "members/#count<filter=(eq a int64:1)>", ""},
	{"$value", "#value", ""},
	{"photo/$value", "photo/#value", ""},
	{"singleValueExtendedProperties($filter=id eq 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name X')", `singleValueExtendedProperties<filter=(eq id "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name X")>`, ""},
}

var expandMistakes = []mistakeCase{
	{"*($select=id)", `unknown-option position 2: no option "$select" in this place`},
	{"*/a", "syntax position 2: nothing can follow here but $ref"},
	{"members/$ref($select=id)", `unknown-option position 13: no option "$select" in this place`},
	{"members/$ref/x", "syntax position 13: nothing can follow here"},
	{"members/$count/$ref", "syntax position 15: nothing can follow here"},
	{"photo/$value($top=1)", `unknown-option position 13: no option "$top" in this place`},
	{"$foo", `syntax position 0: "$foo" cannot be expanded`},
	{"a/$foo", `syntax position 2: "$foo" cannot be expanded`},
	{"a b", `syntax position 2: "b" does not belong here`},
	{"a/", "syntax position 2: expected a name, found the end"},
	{"a(", "syntax position 2: expected an option, found the end"},
	{"a()", `syntax position 2: expected an option, found ")"`},
	{"a(;)", `syntax position 2: expected an option, found ";"`},
	{"a($select", "expected position 9: expected '=', found the end"},
	{"a($select=", "syntax position 10: expected a name, found the end"},
	{"a($select=id", "expected position 12: expected ')' or ';', found the end"},
	{"a($select=id,", "expected position 13: expected ')' or ';', found the end"},
	{"a($select=id;$filter=b eq)", `expected position 25: expected an expression, found ")"`},
	{"a($select=id))", `syntax position 13: ")" does not belong here`},
	{"a($top=-1)", `value position 7: $top takes a whole number from 0 to 2147483647, not "-1"`},
	{"a($top=x)", `value position 7: $top takes a whole number from 0 to 2147483647, not "x"`},
	{"a($top=)", `value position 7: $top takes a whole number from 0 to 2147483647, not ")"`},
	{"a($top=5x)", `value position 7: $top takes a whole number from 0 to 2147483647, not "5x"`},
	{"a($skip=1.5)", `value position 8: $skip takes a whole number from 0 to 2147483647, not "1.5"`},
	{"a($levels=0)", `value position 10: $levels takes a whole number from 1 to 2147483647, not "0"`},
	{"a($levels=min)", `value position 10: $levels takes a whole number from 1 to 2147483647, not "min"`},
	{"a($count=1)", `value position 9: $count takes true or false, not "1"`},
	{"a($top=@p)", `value position 7: $top takes a whole number from 0 to 2147483647, not "@p"`},
	{"a($top=1;TOP=2)", "duplicate position 9: $top stands twice"},
	{"a(@p=1;@p=2)", "duplicate position 7: @p stands twice"},
	{"a(@p)", `expected position 4: expected '=', found ")"`},
	{"a($foo=1)", `unknown-option position 2: no option "$foo" in this place`},
	{"a($fliter=1)", `unknown-option position 2: no option "$fliter" in this place (did you mean "$filter"?)`},
	{"a($skiptoken=1)", `unknown-option position 2: no option "$skiptoken" in this place`},
	{"a($top 1)", `expected position 7: expected '=', found "1"`},
	{`a($search=x y;$search="z")`, "duplicate position 14: $search stands twice"},
	{"a($search=)", "expected position 10: expected a term"},
	{"", "syntax position 0: expected a name, found the end"},
}

func TestExpand(t *testing.T) {
	checkTrees(t, expandTrees, ParseExpand, dumpExpand, PrintExpand)
	checkMistakes(t, expandMistakes, ParseExpand)
}
