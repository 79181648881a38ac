package odata

import (
	"strings"
	"testing"
)

var expressionTrees = []treeCase{
	// comparison
	{"displayName eq 'x'", `(eq displayName "x")`, ""},
	{"a ne 1", "(ne a int64:1)", ""},
	{"a gt 1 and b ge 2", "(and (gt a int64:1) (ge b int64:2))", ""},
	{"a lt 1 or b le 2", "(or (lt a int64:1) (le b int64:2))", ""},
	{"a EQ 1 AND b Ne 2", "(and (eq a int64:1) (ne b int64:2))", "a eq 1 and b ne 2"},
	{"null eq x", "(eq null x)", ""},
	{"a gt 1 eq true", "(eq (gt a int64:1) true)", ""},
	// precedence: or, and, equality, relational, additive, multiplicative, unary, has and in
	{"a eq 1 or b eq 2 and c eq 3", "(or (eq a int64:1) (and (eq b int64:2) (eq c int64:3)))", ""},
	{"(a eq 1 or b eq 2) and c eq 3", "(and (or (eq a int64:1) (eq b int64:2)) (eq c int64:3))", ""},
	{"a and b and c", "(and (and a b) c)", ""},
	{"a and (b and c)", "(and a (and b c))", ""},
	{"a add b mul c sub d", "(sub (add a (mul b c)) d)", ""},
	{"a sub b sub c", "(sub (sub a b) c)", ""},
	{"a sub (b sub c)", "(sub a (sub b c))", ""},
	{"a mul (b add c)", "(mul a (add b c))", ""},
	{"a div b mod c", "(mod (div a b) c)", ""},
	{"a divby b mul c", "(mul (divby a b) c)", ""},
	{"a eq b add c", "(eq a (add b c))", ""},
	{"a gt b eq c gt d", "(eq (gt a b) (gt c d))", ""},
	{"not a eq b", "(eq (not a) b)", ""},
	{"NOT (a eq b)", "(not (eq a b))", "not (a eq b)"},
	{"not(a eq b)and(c eq d)", "(and (not (eq a b)) (eq c d))", "not (a eq b) and c eq d"},
	{"not startswith(a,'x') and b", `(and (not (startswith() a "x")) b)`, ""},
	{"not a in ('x')", `(not (in a [list "x"]))`, ""},
	{"not a has 'x'", `(not (has a "x"))`, ""},
	{"not not a", "(not (not a))", ""},
	{"((((a))))", "a", "a"},
	// minus: part of a literal, or an operator
	{"-5 add -(5)", "(add int64:-5 (- int64:5))", ""},
	{"-a add b", "(add (- a) b)", ""},
	{"-x/y lt 3", "(lt (- x/y) int64:3)", ""},
	{"a mul -b", "(mul a (- b))", ""},
	{"- a lt 3", "(lt (- a) int64:3)", "-a lt 3"},
	{"--5", "(- int64:-5)", ""},
	{"-(-5)", "(- int64:-5)", "--5"},
	{"--(5)", "(- (- int64:5))", ""},
	{"-(a add b)", "(- (add a b))", ""},
	{"-INF eq -(INF)", "(eq double:-INF (- double:INF))", ""},
	{"-INFO eq 1", "(eq (- INFO) int64:1)", "-(INFO) eq 1"},
	{"-(a in (1))", "(- (in a [list int64:1]))", "-a in (1)"},
	{"-(5 in (1))", "(- (in int64:5 [list int64:1]))", ""},
	// has and in
	{"a has ns.color'red'", "(has a ns.color:red)", ""},
	{"flags has 'a,b' and x", `(and (has flags "a,b") x)`, ""},
	{"a in ('x','y')", `(in a [list "x" "y"])`, ""},
	{"a IN('x')", `(in a [list "x"])`, "a in ('x')"},
	{"a in ()", "(in a [list])", ""},
	{"a in (b)", "(in a b)", "a in b"},
	{"a in (b/c)", "(in a b/c)", "a in b/c"},
	{"a in tags", "(in a tags)", ""},
	{"a in @p", "(in a @p)", ""},
	{"a in (@p)", "(in a [list @p])", ""},
	{`a in ["x","y"]`, `(in a [array "x" "y"])`, ""},
	{"a in []", "(in a [array])", ""},
	{"a in (-5,null,2024-01-01)", "(in a [list int64:-5 null date:2024-01-01])", ""},
	{"a in (b add c)", "(in a (add b c))", ""},
	{"a in (-(5))", "(in a (- int64:5))", ""},
	{"a in 5", "(in a int64:5)", ""},
	{"'x' in tags and 'y' in tags", `(and (in "x" tags) (in "y" tags))`, ""},
	// blanks are free where tokens meet
	{"\ta  eq\tb ", "(eq a b)", "a eq b"},
	{"(a eq 1)and(b eq 2)", "(and (eq a int64:1) (eq b int64:2))", "a eq 1 and b eq 2"},
	{"a eq(1)", "(eq a int64:1)", "a eq 1"},
	{"startswith (a ,'x' )", `(startswith() a "x")`, "startswith(a,'x')"},
	// arrays and objects
	{`hassubset(a,["x",1,{"a":[true,null],"b":"q\"\u0041\ud83d\ude00"}])`, `(hassubset() a [array "x" int64:1 {object "a"=[array true null] "b"="q\"A😀"}])`, `hassubset(a,["x",1,{"a":[true,null],"b":"q\"A😀"}])`},
	{`a eq {"a":1}`, `(eq a {object "a"=int64:1})`, ""},
	{`a eq ["\u0001\t\\"]`, `(eq a [array "\x01\t\\"])`, `a eq ["\u0001\u0009\\"]`},
	{"a eq {}", "(eq a {object})", ""},
	{"a eq [[1],[2,b]]", "(eq a [array [array int64:1] [array int64:2 b]])", ""},
	{`a eq [ "x" , b add 1 ]`, `(eq a [array "x" (add b int64:1)])`, `a eq ["x",b add 1]`},
}

var expressionMistakes = []mistakeCase{
	{"a eq 1 " + strings.Repeat("ä", 50), `syntax position 7: "` + strings.Repeat("ä", 20) + `…" does not belong here`},
	{"a in (b,c)", "syntax position 6: a list takes literals only, not b"},
	{"a in (1,b)", "syntax position 8: a list takes literals only, not b"},
	{"a in (1", "expected position 7: expected ')' or ',', found the end"},
	{"a in (1 2)", `expected position 8: expected ')' or ',', found "2"`},
	{"a in", "expected position 4: expected an expression, found the end"},
	{"a eq", "expected position 4: expected an expression, found the end"},
	{"eq 1", `syntax position 3: "1" does not belong here`},
	{"a eq 1 b", `syntax position 7: "b" does not belong here`},
	{"a eq 1)", `syntax position 6: ")" does not belong here`},
	{"(a eq 1", "expected position 7: expected ')' or operator, found the end"},
	{"a eq (1", "expected position 7: expected ')' or operator, found the end"},
	{"()", `expected position 1: expected an expression, found ")"`},
	{"and a", `syntax position 4: "a" does not belong here`},
	{"a and", "expected position 5: expected an expression, found the end"},
	{"not", "expected position 3: expected an expression, found the end"},
	{"-", "expected position 1: expected an expression, found the end"},
	{"a = 1", `syntax position 2: "=" does not belong here (did you mean "eq"?)`},
	{"a == 1", `syntax position 2: "=" does not belong here (did you mean "eq"?)`},
	{"a && b", `character position 2: character "&" does not belong here (did you mean "and"?)`},
	{"a | b", `character position 2: character "|" does not belong here (did you mean "or"?)`},
	{"a != 1", `character position 2: character "!" does not belong here (did you mean "ne"?)`},
	{"a < 1", `character position 2: character "<" does not belong here (did you mean "lt"?)`},
	{"a > 1", `character position 2: character ">" does not belong here (did you mean "gt"?)`},
	{"a like 'x'", `syntax position 2: "like" does not belong here (did you mean "contains(…)"?)`},
	{"a is null", `syntax position 2: "is" does not belong here (did you mean "eq"?)`},
	{`a eq "x"`, `expected position 5: expected an expression, found "x" (a text is written in single quotes)`},
	{`a eq "x`, "unterminated position 5: quote is never closed (double a quote within a text)"},
	{"a eq 'x", "unterminated position 5: quote is never closed (double a quote within a text)"},
	{"a eq 'x''", "unterminated position 5: quote is never closed (double a quote within a text)"},
	{"a eq'x'", `syntax position 2: "eq'x'" does not belong here`},
	{"a eq#1", `character position 4: character "#" does not belong here`},
	{"a eq 1;b", `syntax position 6: ";" does not belong here`},
	{"a,b", `syntax position 1: "," does not belong here`},
	{"a eq [1", "expected position 7: expected ']' or ',', found the end"},
	{"a eq [1 2]", `expected position 8: expected ']' or ',', found "2"`},
	{"a eq {a:1}", `syntax position 6: expected a name in double quotes, found "a"`},
	{`a eq {"a"}`, `expected position 9: expected ':', found "}"`},
	{`a eq {"a":1`, "expected position 11: expected '}' or ',', found the end"},
	{`a eq {"\x":1}`, `literal position 6: "\x" is not a valid JSON text`},
	{`a eq ["\ud8"]`, `literal position 6: "\ud8" is not a valid JSON text`},
	{"a eq +b", `character position 5: character "+" does not belong here`},
	{`\`, `character position 0: character "\" does not belong here`},
	{"€ eq 1", `character position 0: character "€" does not belong here`},
	{"", "expected position 0: expected an expression, found the end"},
}

func TestExpression(t *testing.T) {
	checkTrees(t, expressionTrees, ParseFilter, dump, Print)
	checkMistakes(t, expressionMistakes, ParseFilter)
}

func TestOperatorGroups(t *testing.T) {
	var comparison, arithmetic []string
	for op := OpOr; op <= OpIn; op++ {
		if op.Comparison() {
			comparison = append(comparison, op.String())
		}
		if op.Arithmetic() {
			arithmetic = append(arithmetic, op.String())
		}
		if word := op.String(); op != OpNegate && op != OpNot && binaryOperator(strings.ToUpper(word)) != op {
			t.Errorf("%s is not found", word)
		}
	}
	if got := strings.Join(comparison, " "); got != "eq ne gt ge lt le" {
		t.Errorf("comparison: %s", got)
	}
	if got := strings.Join(arithmetic, " "); got != "add sub mul div divby mod -" {
		t.Errorf("arithmetic: %s", got)
	}
}
