package odata

import "testing"

var lambdaTrees = []treeCase{
	{"identities/any(c:c/issuerAssignedId eq 'a' and c/issuer eq 'b')", `(any identities ?c (and (eq ?c/issuerAssignedId "a") (eq ?c/issuer "b")))`, ""},
	{"proxyAddresses/any(p:startswith(p,'smtp:'))", `(any proxyAddresses ?p (startswith() ?p "smtp:"))`, ""},
	{"imAddresses/any(i:i eq 'x')", `(any imAddresses ?i (eq ?i "x"))`, ""},
	{"groupTypes/any(c: c eq 'Unified')", `(any groupTypes ?c (eq ?c "Unified"))`, "groupTypes/any(c:c eq 'Unified')"},
	{"NOT groupTypes/any(c:c eq 'Unified')", `(not (any groupTypes ?c (eq ?c "Unified")))`, "not groupTypes/any(c:c eq 'Unified')"},
	{"x/any()", "(any x)", ""},
	{"x/any( )", "(any x)", "x/any()"},
	{"x/ALL(y:y eq 1)", "(all x ?y (eq ?y int64:1))", "x/all(y:y eq 1)"},
	{"a/b/all(y:y/c gt 1)", "(all a/b ?y (gt ?y/c int64:1))", ""},
	{"members/microsoft.graph.user/any(u:u/id eq '1')", `(any members/<microsoft.graph.user> ?u (eq ?u/id "1"))`, ""},
	{"x/any(a:a/b/any(c:c eq a))", "(any x ?a (any ?a/b ?c (eq ?c ?a)))", ""},
	{"x/any(a:a eq 1) and y/any(a:a eq 2)", "(and (any x ?a (eq ?a int64:1)) (any y ?a (eq ?a int64:2)))", ""},
	{"x/any(a:a eq b and c/a eq 1)", "(any x ?a (and (eq ?a b) (eq c/a int64:1)))", ""},
	{"$it/tags/any(x:x eq $it/name)", "(any $it/tags ?x (eq ?x $it/name))", ""},
	{"a/any(x:x/any(y:y/any(z:z eq x and y eq a)))", "(any a ?x (any ?x ?y (any ?y ?z (and (eq ?z ?x) (eq ?y a)))))", ""},
	{"a/any(x:b/any(x2:x2 eq x)) or x eq 1", "(or (any a ?x (any b ?x2 (eq ?x2 ?x))) (eq x int64:1))", ""},
}

var lambdaMistakes = []mistakeCase{
	{"x/all()", `syntax position 6: expected a range variable, found ")"`},
	{"x/any(", "syntax position 6: expected a range variable, found the end"},
	{"x/any(a", "expected position 7: expected ':', found the end"},
	{"x/any(a:", "expected position 8: expected an expression, found the end"},
	{"x/any(a:)", `expected position 8: expected an expression, found ")"`},
	{"x/any(a:a eq 1", "expected position 14: expected ')' or operator, found the end"},
	{"x/any(a eq 1)", `expected position 8: expected ':', found "eq"`},
	{"x/any('a':a eq 1)", `syntax position 6: expected a range variable, found "'a'"`},
	{"x/any(a.b:a eq 1)", "syntax position 6: a.b cannot be a range variable"},
	{"x/any(a:a/any(a:a eq 1))", `variable position 14: range variable "a" is already in use`},
	{"x/any(a:a eq 1)/b", `syntax position 15: "/" does not belong here`},
	{"any(a:a eq 1)", "syntax position 0: any needs a collection before it, as in tags/any(t:t eq 'x')"},
}

func TestLambda(t *testing.T) {
	checkTrees(t, lambdaTrees, ParseFilter, dump, Print)
	checkMistakes(t, lambdaMistakes, ParseFilter)
}
