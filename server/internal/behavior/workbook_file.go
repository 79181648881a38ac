package behavior

// Evidence for what a workbook holds at first (resource excel; ISO/IEC 29500-1, the
// parts of a spreadsheet):
//   - documented: the workbook of a file is what its bytes say; cells that share a
//     formula have it as if copied.
//   - observed (public reports): worksheets whose part has no id of its own are
//     {00000000-0001-0000-0000-000000000000}, the next one 0100 in the fourth group.
//   - assumed (2026-11): changes are not written back to the bytes; a file that is no
//     such archive, or has more than 64 MiB, begins with an empty Sheet1.

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/formula"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// How much of an archive is read: all of it when it is not larger, and so much of one
// of its parts.
const (
	mostOfBook = 64 << 20
	mostOfPart = 64 << 20
)

// bookFile is the archive of a workbook.
type bookFile struct {
	*zip.Reader
	relations map[string]map[string]string // by part: what an id of a relation leads to
	texts     []sharedText
	formats   []string // by style of a cell
}

// openBook opens the archive that a file's bytes are; nil for other bytes.
func openBook(data []byte) *bookFile {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil
	}
	f := &bookFile{Reader: archive, relations: map[string]map[string]string{}}
	var shared sharedTexts
	f.part("xl/sharedStrings.xml", &shared)
	f.texts = shared.Items
	f.formats = f.readFormats()
	return f
}

// part reads a part; false when there is none that can be read.
func (f *bookFile) part(name string, into any) bool {
	r, err := f.Open(name)
	if err != nil {
		return false
	}
	defer func() { _ = r.Close() }()
	return xml.NewDecoder(io.LimitReader(r, mostOfPart)).Decode(into) == nil
}

// related is the part that a relation of another one leads to.
func (f *bookFile) related(part, id string) string {
	known, ok := f.relations[part]
	if !ok {
		var all partRelations
		known = map[string]string{}
		f.part(path.Dir(part)+"/_rels/"+path.Base(part)+".rels", &all)
		for _, r := range all.Relations {
			known[r.ID] = path.Join(path.Dir(part), r.Target)
			if strings.HasPrefix(r.Target, "/") {
				known[r.ID] = r.Target[1:]
			}
		}
		f.relations[part] = known
	}
	return known[id]
}

const bookPart = "xl/workbook.xml"

// readBook stores what the bytes of a file have of a workbook; false when they are
// none.
func readBook(tx Tx, book Ref) bool {
	if file, ok := tx.Entity(book); !ok || number(file.Object, "size", 0) > mostOfBook {
		return false // a file is never held whole in memory
	}
	data, _ := tx.Stream(book, "content")
	f := openBook(data)
	var described bookDescription
	if f == nil || !f.part(bookPart, &described) || len(described.Sheets) == 0 {
		return false
	}
	for i, s := range described.Sheets {
		if fault := f.readSheet(tx, book, i, s); fault != nil {
			return false
		}
	}
	for _, n := range described.Names {
		if fault := n.keep(tx, book, described.Sheets); fault != nil {
			return false
		}
	}
	return true
}

// readSheet stores a worksheet with its cells and tables.
func (f *bookFile) readSheet(tx Tx, book Ref, position int, described bookSheet) *grapherr.Error {
	part := f.related(bookPart, described.Relation)
	var content sheetContent
	f.part(part, &content)
	if content.UID == "" {
		content.UID = fmt.Sprintf("{00000000-0001-0000-%02X00-000000000000}", position)
	}
	visibility := map[string]string{"hidden": "Hidden", "veryHidden": "VeryHidden"}[described.State]
	if visibility == "" {
		visibility = "Visible"
	}
	sheet, fault := tx.Insert(Below(book, sheetsPath), Entity{ID: content.UID, Object: fields("id", quoted(content.UID),
		"name", quoted(described.Name), "position", strconv.Itoa(position), "visibility", quoted(visibility))})
	if fault != nil {
		return fault
	}
	c := cellsOf(tx, sheet)
	c.all = true // there are none yet
	f.fill(c, content.Rows)
	if fault := c.keep(); fault != nil {
		return fault
	}
	for _, t := range content.Tables {
		var table tableDescription
		if f.part(f.related(part, t.Relation), &table) {
			fault = table.keep(tx, book, sheet)
		}
	}
	return fault
}

// fill sets the cells of a worksheet; those that do not say where they are come
// behind the one before.
func (f *bookFile) fill(c *cells, rows []sheetRow) {
	row, shared := -1, map[string]cell{} // the first cells of formulas that others have too
	for _, r := range rows {
		if row++; r.Number > 0 {
			row = r.Number - 1
		}
		column := -1
		for _, one := range r.Cells {
			column++
			_, at, ok := parseArea(one.Address)
			if ok {
				column = at.Left
			}
			read := f.cell(one)
			read.row, read.column = row, column
			if first, known := shared[one.Formula.Shared]; known && read.formula == "" {
				read.formula = formula.Copied(first.formula, row-first.row, column-first.column)
			} else if one.Formula.Shared != "" {
				shared[one.Formula.Shared] = read
			}
			if (ok || one.Address == "") && row < sheetRows && column < sheetColumns && !read.empty() {
				c.set(row, column, read)
			}
		}
	}
}

// keep stores a name.
func (n bookName) keep(tx Tx, book Ref, sheets []bookSheet) *grapherr.Error {
	if strings.HasPrefix(n.Name, "_xlnm.") {
		return nil // what Excel names for itself
	}
	home, scope := Below(book, namesPath), "Workbook"
	if i, err := strconv.Atoi(n.Sheet); err == nil && i >= 0 && i < len(sheets) {
		if sheet, found := sheetNamed(tx, book, sheets[i].Name); found {
			home, scope = Below(sheet.Ref, "names"), "Worksheet"
		}
	}
	kind := "String"
	if _, _, ok := parseArea(n.Value); ok {
		kind = "Range"
	}
	_, fault := tx.Insert(home, Entity{ID: n.Name, Object: fields("id", quoted(n.Name), "name", quoted(n.Name), "comment", quoted(n.Comment),
		"scope", quoted(scope), "type", quoted(kind), "value", quoted(n.Value), "visible", boolean(n.Hidden != "1"))})
	return fault
}

// keep stores a table, unless it has no headers.
func (t tableDescription) keep(tx Tx, book Ref, sheet Entity) *grapherr.Error {
	_, a, ok := parseArea(t.Area)
	if !ok || t.HeaderRows == "0" {
		return nil
	}
	if n, err := strconv.Atoi(t.TotalsRows); err == nil && n < a.Rows {
		a.Rows -= n
	}
	e := Entity{Object: fields(tableSheet, quoted(sheet.ID), tableAddress, quoted(a.String()), "name", quoted(t.Name),
		"showBandedRows", boolean(t.Style.Rows == "1"), "showBandedColumns", boolean(t.Style.Columns == "1"))}
	if t.Style.Name != "" {
		e.SetString("style", t.Style.Name)
	}
	complete(tx, Below(book, tablesPath), &e)
	_, fault := tx.Insert(Below(book, tablesPath), e)
	return fault
}

// forgetBook drops the workbook that the bytes of a file had before.
func forgetBook(tx Tx, book Ref) *grapherr.Error {
	for _, name := range []string{sheetsPath, tablesPath, namesPath} {
		for e := range tx.All(Below(book, name)) {
			if fault := tx.Delete(e.Ref); fault != nil {
				return fault
			}
		}
	}
	return nil
}
