package odata

import "testing"

var pathTrees = []treeCase{
	// properties and casts
	{"a/b/c eq 1", "(eq a/b/c int64:1)", ""},
	{"microsoft.graph.user/displayName eq 'x'", `(eq <microsoft.graph.user>/displayName "x")`, ""},
	{"members/microsoft.graph.user/id eq 'x'", `(eq members/<microsoft.graph.user>/id "x")`, ""},
	{"x.y eq 1", "(eq <x.y> int64:1)", ""},
	{"é/ü eq 1", "(eq é/ü int64:1)", ""},
	{"fields/_x0020_ eq 1", "(eq fields/_x0020_ int64:1)", ""},
	{"extension_0a1b_x eq 'y'", `(eq extension_0a1b_x "y")`, ""},
	{"or eq and", "(eq or and)", ""},
	{"a / b eq 1", "(eq a/b int64:1)", "a/b eq 1"},
	{"a/any eq 1", "(eq a/any int64:1)", ""},
	// roots
	{"$it", "$it", ""},
	{"$it/name eq 'x'", `(eq $it/name "x")`, ""},
	{"$IT/a eq $This", "(eq $it/a $this)", "$it/a eq $this"},
	{"$this gt 5", "(gt $this int64:5)", ""},
	{"$root/people", "$root/people", ""},
	{"$root/users('id')/displayName eq name", `(eq $root/users{"id"}/displayName name)`, ""},
	{"$root/users(id='x')/a eq 1", `(eq $root/users{id="x"}/a int64:1)`, ""},
	{"@p eq 1", "(eq @p int64:1)", ""},
	{"@p/name eq 1", "(eq @p/name int64:1)", ""},
	// annotations
	{"@odata.type eq '#x'", `(eq @odata.type "#x")`, ""},
	{"a/@ns.term#q eq 1", "(eq a/@ns.term#q int64:1)", ""},
	{"a/@term eq 1", "(eq a/@term int64:1)", ""},
	// /$count, /$filter, /$ref, /$value
	{"assignedLicenses/$count eq 0", "(eq assignedLicenses/#count int64:0)", ""},
	{`owners/$count($filter=a eq 1;$search="x y" OR z) gt 0`, `(gt owners/#count<filter=(eq a int64:1); search=(or "x y" z)> int64:0)`, ""},
	{"owners/$Count(filter=a eq 1)", "owners/#count<filter=(eq a int64:1)>", "owners/$count($filter=a eq 1)"},
	{"$it/$count eq 1", "(eq $it/#count int64:1)", ""},
	{"a/$filter(b eq 1)/$count gt 1", "(gt a/#filter<filter=(eq b int64:1)>/#count int64:1)", ""},
	{"a/$filter(b eq 1)/$filter(c eq 2)/any(x:x eq 1)", "(any a/#filter<filter=(eq b int64:1)>/#filter<filter=(eq c int64:2)> ?x (eq ?x int64:1))", ""},
	{"a/$ref eq null", "(eq a/#ref null)", ""},
	{"photo/$value ne null", "(ne photo/#value null)", ""},
	// bound functions and key predicates
	{"ns.f(a=1,b=@x)/c eq 1", "(eq ns.f{a=int64:1 b=@x}/c int64:1)", ""},
	{`ns.f(a="x",b=[1])/c eq 1`, `(eq ns.f{a="x" b=[array int64:1]}/c int64:1)`, "ns.f(a='x',b=[1])/c eq 1"},
	{"a/ns.f() eq 1", "(eq a/ns.f{} int64:1)", ""},
	{"a/f(k=1,l='2') eq 1", `(eq a/f{k=int64:1 l="2"} int64:1)`, ""},
	{"members('id')/name eq 'x'", `(eq members{"id"}/name "x")`, ""},
	{"a/members(5)/name eq 'x'", `(eq a/members{int64:5}/name "x")`, ""},
}

var pathMistakes = []mistakeCase{
	{"f(a)", `function position 0: no function "f"`},
	{"f(a,'b')", `function position 0: no function "f"`},
	{"f('a','b')", `function position 0: no function "f"`},
	{"lenght(name) eq 1", `function position 0: no function "lenght" (did you mean "length"?)`},
	{"matchPattern(a,b)", `function position 0: no function "matchPattern" (did you mean "matchesPattern"?)`},
	{"substringof('x',name)", `function position 0: no function "substringof" (use "contains", with the property first)`},
	{"a/", "syntax position 2: expected a name, found the end"},
	{"a/ eq 1", `syntax position 6: "1" does not belong here`},
	{"a/'x'", `syntax position 2: expected a name, found "'x'"`},
	{"a//b", `syntax position 2: expected a name, found "/"`},
	{"/a", `expected position 0: expected an expression, found "/"`},
	{"a/5", `syntax position 2: expected a name, found "5"`},
	{"a.", `syntax position 1: "." does not belong here`},
	{"$root eq 1", `expected position 6: expected '/', found "eq"`},
	{"$root", "expected position 5: expected '/', found the end"},
	{"$foo eq 1", `syntax position 0: "$foo" cannot begin a path (only $it, $this and $root can)`},
	{"$count eq 1", `syntax position 0: "$count" cannot begin a path (only $it, $this and $root can)`},
	{"a/$links eq 1", `syntax position 2: "$links" cannot stand in a path`},
	{"a/$filter", `syntax position 2: "$filter" cannot stand in a path`},
	{"a/$filter(b", "expected position 11: expected ')' or operator, found the end"},
	{"a/$count(", "syntax position 9: expected an option, found the end"},
	{"a/$count()", `syntax position 9: expected an option, found ")"`},
	{"a/$count($top=1)", `unknown-option position 9: no option "$top" in this place`},
	{"a/$count($filter)", `expected position 16: expected '=', found ")"`},
	{"a/f(", "expected position 4: expected an expression, found the end"},
	{"a/f(b=", "expected position 6: expected an expression, found the end"},
	{"a/f(1 2)", `expected position 6: expected ')' or ',', found "2"`},
	{"@", `character position 0: character "@" does not belong here`},
	{"$", `character position 0: character "$" does not belong here`},
	{"@1", `character position 0: character "@" does not belong here`},
	{"a/$", `character position 2: character "$" does not belong here`},
}

func TestPath(t *testing.T) {
	checkTrees(t, pathTrees, ParseFilter, dump, Print)
	checkMistakes(t, pathMistakes, ParseFilter)
}
