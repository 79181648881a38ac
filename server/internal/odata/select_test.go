package odata

import "testing"

var selectTrees = []treeCase{
	{"id", "id", ""},
	{"id,displayName", "id, displayName", ""},
	{"id,displayName, ", "id, displayName", "id,displayName"},
	{" id , displayName ", "id, displayName", "id,displayName"},
	{"*", "*", ""},
	{"*,id", "*, id", ""},
	{"id,address/city,microsoft.graph.user/jobTitle", "id, address/city, <microsoft.graph.user>/jobTitle", ""},
	{"microsoft.graph.*", "microsoft.graph*", ""},
	{"tags($filter=startswith($it,'x');$top=5;$skip=1;$orderby=$this desc;$count=true;$search=a)", `tags<filter=(startswith() $it "x"); orderby=$this down; top=5; skip=1; count=true; search=a>`, "tags($filter=startswith($it,'x');$orderby=$this desc;$top=5;$skip=1;$count=true;$search=a)"},
	{"address($select=city,street($select=name)),a", "address<select=city, street<select=name>>, a", ""},
	{"address(select=city;@p=1)", "address<select=city; @p=int64:1>", "address($select=city;@p=1)"},
	{"address($compute=a add (b;c) as d;$select=d)", "address<select=d; compute=a add (b;c) as d>", "address($select=d;$compute=a add (b;c) as d)"},
	{"address/ns.cast($select=city)", "address/<ns.cast><select=city>", ""},
	{"ns.fn(a,b),ns.act", "<ns.fn>[a b], <ns.act>", ""},
	{"@odata.type,a/@ns.term", "@odata.type, a/@ns.term", ""},
	{"extension_0a1b_x,com.contoso.x", "extension_0a1b_x, <com.contoso.x>", ""},
}

var selectMistakes = []mistakeCase{
	{",id", `syntax position 0: expected a name, found ","`},
	{"id displayName", `syntax position 3: "displayName" does not belong here`},
	{"id,,b", `syntax position 3: expected a name, found ","`},
	{"$count", `syntax position 0: expected a name, found "$count"`},
	{"5", `syntax position 0: expected a name, found "5"`},
	{"a/", "syntax position 2: expected a name, found the end"},
	{"a/*/b c", `syntax position 6: "c" does not belong here`},
	{"ns.x.", "expected position 5: expected '*', found the end"},
	{"ns.", "expected position 3: expected '*', found the end"},
	{"a(x=1)", `unknown-option position 2: no option "x" in this place`},
	{"a()", `syntax position 2: expected an option, found ")"`},
	{"a(", "syntax position 2: expected an option, found the end"},
	{"a(b", "expected position 3: expected ')' or ',', found the end"},
	{"a(b,5)", `syntax position 4: expected the name of a parameter, found "5"`},
	{"a($expand=b)", `unknown-option position 2: no option "$expand" in this place`},
	{"a($top=1;$top=2)", "duplicate position 9: $top stands twice"},
	{"", "syntax position 0: expected a name, found the end"},
}

func TestSelect(t *testing.T) {
	checkTrees(t, selectTrees, ParseSelect, dumpSelect, PrintSelect)
	checkMistakes(t, selectMistakes, ParseSelect)
}
