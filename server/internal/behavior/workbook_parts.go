package behavior

// Evidence for the parts of a spreadsheet: see workbook_file.go.

import (
	"encoding/json"
	"strconv"
	"strings"
)

type (
	bookDescription struct {
		Sheets []bookSheet `xml:"sheets>sheet"`
		Names  []bookName  `xml:"definedNames>definedName"`
	}
	bookSheet struct {
		Name     string `xml:"name,attr"`
		State    string `xml:"state,attr"`
		Relation string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
	}
	bookName struct {
		Name    string `xml:"name,attr"`
		Sheet   string `xml:"localSheetId,attr"`
		Hidden  string `xml:"hidden,attr"`
		Comment string `xml:"comment,attr"`
		Value   string `xml:",chardata"`
	}
	partRelations struct {
		Relations []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	sharedTexts struct {
		Items []sharedText `xml:"si"`
	}
	// sharedText is a text in one piece, or in runs of different looks.
	sharedText struct {
		Whole string   `xml:"t"`
		Runs  []string `xml:"r>t"`
	}
	sheetContent struct {
		UID    string     `xml:"uid,attr"`
		Rows   []sheetRow `xml:"sheetData>row"`
		Tables []struct {
			Relation string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"tableParts>tablePart"`
	}
	sheetRow struct {
		Number int         `xml:"r,attr"`
		Cells  []sheetCell `xml:"c"`
	}
	sheetCell struct {
		Address string `xml:"r,attr"`
		Kind    string `xml:"t,attr"`
		Style   int    `xml:"s,attr"`
		Formula struct {
			Text   string `xml:",chardata"`
			Shared string `xml:"si,attr"` // by which cells name the formula of the first of them
		} `xml:"f"`
		Value  string     `xml:"v"`
		Inline sharedText `xml:"is"`
	}
	tableDescription struct {
		Name       string `xml:"displayName,attr"`
		Area       string `xml:"ref,attr"`
		HeaderRows string `xml:"headerRowCount,attr"`
		TotalsRows string `xml:"totalsRowCount,attr"`
		Style      struct {
			Name    string `xml:"name,attr"`
			Rows    string `xml:"showRowStripes,attr"`
			Columns string `xml:"showColumnStripes,attr"`
		} `xml:"tableStyleInfo"`
	}
	bookStyles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
)

func (t sharedText) String() string { return t.Whole + strings.Join(t.Runs, "") }

// builtInFormats are the formats of numbers that files name by number alone.
var builtInFormats = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: dayFormat, 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
	18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yyyy h:mm", 49: "@",
}

// readFormats are the formats of the styles that cells name.
func (f *bookFile) readFormats() (formats []string) {
	var styles bookStyles
	f.part("xl/styles.xml", &styles)
	own := map[int]string{}
	for _, s := range styles.Formats {
		own[s.ID] = s.Code
	}
	for _, c := range styles.Cells {
		code, given := own[c.Format]
		if !given {
			code = builtInFormats[c.Format]
		}
		formats = append(formats, code)
	}
	return formats
}

// cell is what a part says of one cell.
func (f *bookFile) cell(from sheetCell) (c cell) {
	if from.Formula.Text != "" {
		c.formula = "=" + from.Formula.Text
	}
	if from.Style > 0 && from.Style < len(f.formats) && f.formats[from.Style] != generalFormat {
		c.format = f.formats[from.Style]
	}
	c.value = f.value(from)
	return c
}

// value is what a cell holds; nil for nothing.
func (f *bookFile) value(from sheetCell) json.RawMessage {
	switch from.Kind {
	case "s":
		if i, err := strconv.Atoi(from.Value); err == nil && i >= 0 && i < len(f.texts) {
			return json.RawMessage(quoted(f.texts[i].String()))
		}
		return nil
	case "inlineStr":
		return json.RawMessage(quoted(from.Inline.String()))
	case "str", "e", "d":
		return json.RawMessage(quoted(from.Value))
	case "b":
		return json.RawMessage(boolean(from.Value == "1"))
	}
	n, err := strconv.ParseFloat(from.Value, 64)
	if err != nil {
		return nil
	}
	return numeral(n)
}
