package odata

import "testing"

var functionTrees = []treeCase{
	// strings
	{"startsWith(displayName, 'x')", `(startswith() displayName "x")`, "startswith(displayName,'x')"},
	{"concat(concat(a,', '),b) eq 'x'", `(eq (concat() (concat() a ", ") b) "x")`, ""},
	{"contains(a,'b') and endswith(a,'c') and startswith(a,'d')", `(and (and (contains() a "b") (endswith() a "c")) (startswith() a "d"))`, ""},
	{"indexof(a,'b') eq 1 and length(a) lt 19", `(and (eq (indexof() a "b") int64:1) (lt (length() a) int64:19))`, ""},
	{"substring(a,1) eq 'x' and substring(a,1,2) eq 'y'", `(and (eq (substring() a int64:1) "x") (eq (substring() a int64:1 int64:2) "y"))`, ""},
	{"tolower(a) eq 'x' and TOUPPER(a) eq 'X' and trim(a) eq 'x'", `(and (and (eq (tolower() a) "x") (eq (toupper() a) "X")) (eq (trim() a) "x"))`, "tolower(a) eq 'x' and toupper(a) eq 'X' and trim(a) eq 'x'"},
	{"matchespattern(a,'^A.*e$')", `(matchesPattern() a "^A.*e$")`, "matchesPattern(a,'^A.*e$')"},
	// collections
	{`hassubset(a,["x"]) and hassubsequence(a,b)`, `(and (hassubset() a [array "x"]) (hassubsequence() a b))`, ""},
	// date and time
	{"year(a) eq 2024 and month(a) eq 2 and day(a) eq 29", "(and (and (eq (year() a) int64:2024) (eq (month() a) int64:2)) (eq (day() a) int64:29))", ""},
	{"hour(a) eq 1 and minute(a) eq 0 and second(a) eq 40", "(and (and (eq (hour() a) int64:1) (eq (minute() a) int64:0)) (eq (second() a) int64:40))", ""},
	{"fractionalseconds(a) lt 0.1 and totalseconds(b) gt 60", "(and (lt (fractionalseconds() a) decimal:0.1) (gt (totalseconds() b) int64:60))", ""},
	{"date(a) ne date(b) and time(a) le 12:30", "(and (ne (date() a) (date() b)) (le (time() a) timeofday:12:30))", ""},
	{"totaloffsetminutes(a) eq 60", "(eq (totaloffsetminutes() a) int64:60)", ""},
	{"a ge now() and a le maxdatetime() and a gt mindatetime( )", "(and (and (ge a (now())) (le a (maxdatetime()))) (gt a (mindatetime())))", "a ge now() and a le maxdatetime() and a gt mindatetime()"},
	{"now() sub duration'PT1H' gt a", "(gt (sub (now()) duration:PT1H) a)", ""},
	// arithmetic
	{"round(a) eq 32 and floor(a) eq 32 and ceiling(a) eq 33", "(and (and (eq (round() a) int64:32) (eq (floor() a) int64:32)) (eq (ceiling() a) int64:33))", ""},
	// types
	{"isof('microsoft.graph.win32LobApp')", "(isof() type:microsoft.graph.win32LobApp)", "isof(microsoft.graph.win32LobApp)"},
	{"isof(microsoft.graph.user)", "(isof() type:microsoft.graph.user)", ""},
	{"isof(a,Edm.String)", "(isof() a type:Edm.String)", ""},
	{"isof(a/b,Collection(Edm.String)) and cast(x,Edm.Int32) eq 5", "(and (isof() a/b type:Edm.String[]) (eq (cast() x type:Edm.Int32) int64:5))", ""},
	{"isof(cast(isof(a,b),c),'Collection(ns.d)')", "(isof() (cast() (isof() a type:b) type:c) type:ns.d[])", "isof(cast(isof(a,b),c),Collection(ns.d))"},
	{"cast(Edm.String) eq '5'", `(eq (cast() type:Edm.String) "5")`, ""},
	{"cast('5',Edm.Int32) eq 5", `(eq (cast() "5" type:Edm.Int32) int64:5)`, ""},
	{"isof('x','Edm.String')", `(isof() "x" type:Edm.String)`, "isof('x',Edm.String)"},
	// places
	{"geo.distance(a,geography'SRID=0;Point(1 2)') lt 5.0", "(lt (geo.distance() a geography:SRID=0;Point(1 2)) decimal:5.0)", ""},
	{"geo.intersects(a,b) and GEO.LENGTH(c) lt 5", "(and (geo.intersects() a b) (lt (geo.length() c) int64:5))", "geo.intersects(a,b) and geo.length(c) lt 5"},
	// conditions
	{"case(a gt 1:'x',true:'y') eq 'x'", `(eq (case (gt a int64:1)->"x" true->"y") "x")`, ""},
	{"Case( a : 1 , b : 2 ) eq 1", "(eq (case a->int64:1 b->int64:2) int64:1)", "case(a:1,b:2) eq 1"},
	{"case(a gt 10: 20) eq 1", "(eq (case (gt a int64:10)->int64:20) int64:1)", ""},
	{"case(a eq 2024-01-01T00:00:00+02:00:5) eq 1", "(eq (case (eq a datetimeoffset:2024-01-01T00:00:00+02:00)->int64:5) int64:1)", "case(a eq 2024-01-01T00:00:00+02:00: 5) eq 1"},
	// names of functions as properties
	{"date eq 2024-01-01 and year/month eq 1 and case eq 1", "(and (and (eq date date:2024-01-01) (eq year/month int64:1)) (eq case int64:1))", ""},
}

var functionMistakes = []mistakeCase{
	{"substring(a) eq 'x'", "arity position 0: substring takes 2 or 3 arguments, not 1"},
	{"now(1)", "arity position 0: now takes no argument, not 1"},
	{"length() eq 1", "arity position 0: length takes 1 argument, not 0"},
	{"startswith(a,'b','c')", "arity position 0: startswith takes 2 arguments, not 3"},
	{"contains(a,'b'", "expected position 14: expected ')' or ',', found the end"},
	{"contains(a 'b')", `expected position 11: expected ')' or ',', found "'b'"`},
	{"contains(a,)", `expected position 11: expected an expression, found ")"`},
	{"contains(", "expected position 9: expected an expression, found the end"},
	{"isof()", `expected position 5: expected an expression, found ")"`},
	{"isof(5)", `syntax position 5: expected a type, found "5"`},
	{"isof(a,5)", `syntax position 7: expected a type, found "5"`},
	{"isof(a,b,c)", `expected position 8: expected ')' or ',', found ","`},
	{"isof('a b')", "syntax position 5: 'a b' is not the name of a type"},
	{"isof('')", "syntax position 5: '' is not the name of a type"},
	{"isof('''x''')", "syntax position 5: '''x''' is not the name of a type"},
	{"isof(Collection(a)", `function position 5: no function "Collection"`},
	{"isof(Collection(a,b))", `function position 5: no function "Collection"`},
	{"case()", `expected position 5: expected an expression, found ")"`},
	{"case(a)", `expected position 6: expected ':', found ")"`},
	{"case(a:1", "expected position 8: expected ')' or ',', found the end"},
	{"case(a:1,b)", `expected position 10: expected ':', found ")"`},
	{"case(a gt 10:20) eq 1", `expected position 15: expected ':', found ")"`},
}

func TestFunction(t *testing.T) {
	checkTrees(t, functionTrees, ParseFilter, dump, Print)
	checkMistakes(t, functionMistakes, ParseFilter)
}
