package server

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
)

// bookParts are the parts of a workbook with a table, a hidden sheet and a name.
var bookParts = map[string]string{
	"xl/workbook.xml": `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
		<sheets><sheet name="Data One" sheetId="1" r:id="r1"/><sheet name="Rest" sheetId="2" state="hidden" r:id="r2"/></sheets>
		<definedNames><definedName name="total">'Data One'!$C$4</definedName><definedName name="_xlnm.Print_Area">Rest!$A$1</definedName></definedNames></workbook>`,
	"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
	"xl/sharedStrings.xml":       `<sst><si><t>Name</t></si><si><r><t>A</t></r><r><t>nn</t></r></si></sst>`,
	"xl/styles.xml":              `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>`,
	"xl/worksheets/sheet1.xml": `<worksheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetData>
		<row r="2"><c r="B2" t="s"><v>0</v></c><c t="inlineStr"><is><t>Born</t></is></c></row>
		<row r="3"><c r="B3" t="s"><v>1</v></c><c r="C3" s="1"><v>43861</v></c></row>
		<row><c r="C4" s="2"><f>1+0.5</f><v>1.5</v></c><c t="b"><v>1</v></c><c r="XFE4"><v>1</v></c></row></sheetData>
		<tableParts><tablePart r:id="t1"/></tableParts></worksheet>`,
	"xl/worksheets/_rels/sheet1.xml.rels": `<Relationships><Relationship Id="t1" Target="../tables/table1.xml"/></Relationships>`,
	"xl/tables/table1.xml":                `<table displayName="People" ref="B2:C3"><tableStyleInfo name="TableStyleLight1" showRowStripes="1"/></table>`,
	"xl/worksheets/sheet2.xml": `<worksheet uid="{A}"><sheetData>
		<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*total</f><v>9</v></c></row>
		<row r="2"><c r="A2"><f>NOTHING(1)</f><v>4</v></c><c r="B2"><f t="shared" si="0"/><v>9</v></c></row></sheetData></worksheet>`,
}

func archived(t *testing.T, parts map[string]string) io.Reader {
	t.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for name, content := range parts {
		w, err := archive.Create(name)
		if err == nil {
			_, err = io.WriteString(w, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return &b
}

// TestWorkbookFile holds what a workbook answers against the bytes of its file.
func TestWorkbookFile(t *testing.T) {
	fake := NewTest(t)
	book := func(method, path string, body io.Reader) string {
		t.Helper()
		r, err := http.NewRequest(method, fake.URL+"/v1.0/me/drive/root:/a.xlsx:"+path, body)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/octet-stream")
		answer, err := fake.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		data, err := io.ReadAll(answer.Body)
		if err != nil || answer.StatusCode >= 300 {
			t.Fatalf("%s %s: %d %s %v", method, path, answer.StatusCode, data, err)
		}
		return string(data)
	}
	tells := func(path string, wanted ...string) {
		t.Helper()
		got := book("GET", path, nil)
		for _, w := range wanted {
			if !strings.Contains(got, w) {
				t.Errorf("%s lacks %s: %s", path, w, got)
			}
		}
	}
	book("PUT", "/content", archived(t, bookParts))
	tells("/workbook/tables/People/rows", `"values":[["Ann",43861]]`)
	tells("/workbook/worksheets", `"id":"{00000000-0001-0000-0000-000000000000}","name":"Data One"`, `"id":"{A}"`, `"visibility":"Hidden"`)
	tells("/workbook/worksheets/Data%20One/usedRange", `!B2:D4"`, `[["Name","Born",""],["Ann",43861,""],["",1.5,true]]`, `"1/31/2020"`, `"1.500"`, `"=1+0.5"`)
	tells("/workbook/names", `"name":"total"`)
	tells("/workbook/names/total/range", `"values":[[1.5]]`)
	tells("/workbook/worksheets/Rest/usedRange", `"values":[[2,3],[4,6]]`, `"=A2*total"`)

	parts := map[string]string{"xl/workbook.xml": `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Other" r:id="r9"/></sheets></workbook>`}
	book("PUT", "/content", archived(t, parts))
	tells("/workbook/worksheets", `"name":"Other"`)
	tells("/workbook/tables", `"value":[]`)

	book("PUT", "/content", strings.NewReader("no archive"))
	tells("/workbook/worksheets", `"name":"Sheet1"`)

	const large = 64<<20 + 1 // an archive may have anything in front
	book("PUT", "/content", io.MultiReader(bytes.NewReader(make([]byte, large)), archived(t, bookParts)))
	tells("/workbook/worksheets", `"name":"Sheet1"`)
}
