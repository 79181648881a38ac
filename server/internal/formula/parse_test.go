package formula

import "testing"

func TestOperators(t *testing.T) {
	check(t, bookOf([]any{1, 2, "x"}, []any{3, 4.5, true}), []calculated{
		{"=1+2*3", "7"},
		{"=(1+2)*3", "9"},
		{"=-2^2", "4"},
		{"=0-2^2", "-4"},
		{"=2^3^2", "64"},
		{"=2^-1", "0.5"},
		{"=50%", "0.5"},
		{"=200*10%", "20"},
		{"=--3", "3"},
		{"=1.5e3+.5", "1500.5"},
		{`="a"&"b"&1`, `"ab1"`},
		{`="say ""hi"""`, `"say \"hi\""`},
		{"=1=1", "true"},
		{`="A"="a"`, "true"},
		{`=1<"a"`, "true"},
		{`="z"<TRUE`, "true"},
		{"=1<>2", "true"},
		{"=2>=2", "true"},
		{"=0.1+0.2=0.3", "true"},
		{"=1/0", "#DIV/0!"},
		{`=1+"x"`, "#VALUE!"},
		{`=1+"2"`, "3"},
		{`="1/2/2026"+1`, "46025"},
		{"=TRUE+1", "2"},
		{"=#N/A", "#N/A"},
		{"=#REF!+1", "#REF!"},
		{"=A1+B2", "5.5"},
		{"=$A$1+Sheet1!B$1", "3"},
		{"='My data'!A1", "0"},
		{"='Not there'!A1", "#REF!"},
		{"=A9&\"\"", `""`},
		{"=A9+1", "1"},
		{"=SUM(A1:B2)", "10.5"},
		{"=sum(A:B)", "10.5"},
		{"=SUM(1:1)", "3"},
		{"=SUM((A1,B2))", "5.5"},
		{"=SUM(A1:B2 B1:C2)", "6.5"},
		{"=A1:A2 C1:C2", "#NULL!"},
		{"=SUM(A1:INDEX(B1:B2,2))", "10.5"},
		{"=SUM({1,2;3,4})", "10"},
		{"=SUM({1,2;3,4}*2)", "20"},
		{"=SUM(A1:A2*B1:B2)", "15.5"},
		{"={1,2}", "1"},
		{"=nothing", "#NAME?"},
		{"=NOTHING(1)", "#NAME?"},
		{"=_xlfn.CONCAT(\"a\",1)", `"a1"`},
		{"= 1 + 1 ", "2"},
		{"=@A1", "1"},
		{"=[1]Sheet1!A1", "#REF!"},
		{"=LOG10(100)", "2"},
		{"=1E2", "100"},
	})
}

func TestSyntaxErrors(t *testing.T) {
	for _, text := range []string{"=", "=1+", "=(1", "=1)", `="a`, "=SUM(", "={1,2;3}", "={A1}", "=1 2", "='a'1", "=ABS()", "=IF(1,2,3,4)", "=[", "=Table1[[a]", "=#", "=#FOO!", "=!A1"} {
		if Check(text) == nil {
			t.Errorf("%s is well formed", text)
		}
	}
}

func TestNamesAndTables(t *testing.T) {
	b := bookOf([]any{"Item", "Price", "Two words"}, []any{"a", 2, 3}, []any{"b", 4, 5})
	b.names = map[string]string{"rate": "=0.5", "prices": "Sheet1!$B$2:$B$3", "loop": "=loop+1"}
	b.table["Table1"] = Table{Ref: Ref{"Sheet1", Area{0, 0, 3, 3}}, Headers: []string{"Item", "Price", "Two words"}}
	check(t, b, []calculated{
		{"=rate*10", "5"},
		{"=SUM(Prices)", "6"},
		{"=loop", "#REF!"},
		{"=SUM(Table1[Price])", "6"},
		{"=SUM(table1[two words])", "8"},
		{"=SUM(Table1[[Price]:[Two words]])", "14"},
		{"=Table1[[#Headers],[Price]]", `"Price"`},
		{"=COUNTA(Table1[#All])", "9"},
		{"=ROWS(Table1)", "2"},
		{"=ROWS(Table1[])", "2"},
		{"=Table1[Nothing]", "#REF!"},
		{"=Table2[Price]", "#REF!"},
	})
	if v := New(b).Formula(Ref{"Sheet1", Area{2, 2, 1, 1}}, "=[@Price]*10+Table1[@[Two words]]"); v != 45.0 {
		t.Errorf("this row: %v", v)
	}
}

func TestCircles(t *testing.T) {
	c := New(bookOf([]any{"=B1+1", "=A1+1", "=D1", 7}))
	if v := c.Value("Sheet1", 0, 0); v != 2.0 {
		t.Errorf("a circle: %v", v)
	}
	if len(c.Notes()) != 1 {
		t.Errorf("notes: %v", c.Notes())
	}
	if v := c.Value("Sheet1", 0, 2); v != 7.0 {
		t.Errorf("no circle: %v", v)
	}
}

func TestLongChains(t *testing.T) {
	b := bookOf([]any{1})
	for i := 1; i < 20000; i++ {
		b.cells["sheet1"][[2]int{i, 0}] = "=A" + plain(float64(i)) + "+1"
	}
	c := New(b)
	if v := c.Value("Sheet1", 19999, 0); v != ErrNumber {
		t.Errorf("from the end: %v", v)
	}
	c = New(b)
	for i := range 20000 {
		c.Value("Sheet1", i, 0)
	}
	if v := c.Value("Sheet1", 19999, 0); v != 20000.0 {
		t.Errorf("from the start: %v", v)
	}
}

func TestWorkIsLimited(t *testing.T) {
	b := bookOf([]any{"x"})
	for _, text := range []string{
		"=SUM(ROW(1:1000)*COLUMN(A:XFD))", `=LEN(REPT("a",32767)&ROW(1:1048576))`, "=SUMPRODUCT(ROW(A:A)*ROW(A:A))", "=WORKDAY(1,1E15)",
		"=NETWORKDAYS(1,2958465)+SUM(WORKDAY(ROW(1:1000),1000000))", "=FACT(1E9)", "=COMBIN(1E9,5E8)", "=CUMIPMT(0.1,1E300,1,1,1E300,0)",
		`=REPT("abc",1E300)`, "=MMULT(ROW(1:1000),COLUMN(A:ALL))", "=HYPGEOM.DIST(1E6,1E6,1E6,1E9,TRUE)", "=DB(1,1,1E300,1E300)",
	} {
		briefly(b, text)
	}
}

func TestValuesOfOthersStay(t *testing.T) {
	b := bookOf([]any{"=NOTHING(1)", "=[1]Sheet1!A1+1", "=1+1", "=A1*2"})
	b.last = 7.0
	for i, want := range []Value{7.0, 7.0, 2.0, 14.0} {
		if v := New(b).Value("Sheet1", 0, i); v != want {
			t.Errorf("cell %d: %v, want %v", i, v, want)
		}
	}
}

// briefly calculates with little work to do.
func briefly(b sheets, text string) Value {
	c := New(b)
	c.left = 50_000
	return c.Formula(Ref{"Sheet1", Area{20, 20, 1, 1}}, text)
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"=1+2*3%^-4", `="a""b"&A1:B2`, "=SUM((A1,B2),{1,2;3,\"x\"})", "=IF(A1>0,VLOOKUP(A1,A:B,2,FALSE),NA())", "=Table1[[#Headers],[a]:[b]]",
		"='My data'!$A$1:B2 C:C", "=TEXT(A1,\"#,##0.00;[Red]-0%;m/d/yyyy h:mm AM/PM;@\")", "=OFFSET(A1,1,-1,2,2)", "=INDIRECT(\"R[1]C1\",FALSE)",
		"=RATE(48,-200,8000)", "=GAMMA.INV(0.5,9,2)", "=IMSQRT(\"1+i\")", "=DSUM(A1:C3,\"Price\",A1:B2)",
	} {
		f.Add(text)
	}
	b := bookOf([]any{"Item", "Price", 3}, []any{"a", 2.5, true}, []any{ErrNA, "=A9", -4})
	b.names["rate"] = "=0.5"
	b.table["Table1"] = Table{Ref: Ref{"Sheet1", Area{0, 0, 3, 3}}, Headers: []string{"Item", "Price", "3"}}
	f.Fuzz(func(t *testing.T, text string) {
		if Check(text) == nil {
			briefly(b, text)
			ToR1C1(text, 3, 3)
			Copied(text, -1, 1)
		}
		if a1, err := FromR1C1(text, 3, 3); err == nil {
			briefly(b, a1)
		}
		Format(briefly(b, text), text)
		Format(-1234.5678, text)
	})
}
