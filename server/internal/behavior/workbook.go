package behavior

// Evidence for workbooks (resource excel, pages workbook-*, worksheet-* and
// nameditem-* of both versions):
//   - documented: ids of worksheets, their position and visibility; names of sheets
//     are unique; createSession answers 201 with an id, the others with nothing.
//   - assumed (2026-11): changes in a session that does not persist them are seen by
//     all until it is closed; what a workbook begins with is in workbook_file.go.

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const (
	sheetsPath  = "workbook/worksheets" // below the file
	tablesPath  = "workbook/tables"
	namesPath   = "workbook/names"
	firstSheet  = "{00000000-0001-0000-0000-000000000000}"
	sheetType   = "microsoft.graph.workbookWorksheet"
	sessionPath = HiddenPrefix + "sessions"
)

// nowhere is the cell that stands for what has none, not at the edge so that there
// is something on all its sides.
var nowhere = area{1, 1, 1, 1}

// workbooks are the behaviours of what is in Excel files.
func workbooks() []Registration {
	const on, all = "microsoft.graph.workbook", "Collection(microsoft.graph.workbook"
	return append([]Registration{
		{Navigation: on + "/worksheets", Behavior: Worksheets{}},
		{Navigation: on + "/tables", Behavior: Worksheets{}},
		{Navigation: on + "/names", Behavior: Worksheets{}},
		{Type: sheetType, Behavior: Worksheet{}},
		{Bound: all + "Worksheet)/add", Behavior: invoked(addSheet)},
		{Bound: on + "/createSession", Behavior: invoked(openWorkbook)},
		{Bound: on + "/refreshSession", Behavior: invoked(refreshWorkbook)},
		{Bound: on + "/closeSession", Behavior: invoked(closeWorkbook)},
		{Bound: on + "Application/calculate", Behavior: transit{}},
		{Bound: on + "WorksheetProtection/protect", Behavior: invoked(protectSheet)},
		{Bound: on + "WorksheetProtection/unprotect", Behavior: transit{set: []Default{{"protected", "false"}}}},
		{Bound: all + "NamedItem)/add", Behavior: invoked(addName)},
		{Bound: all + "NamedItem)/addFormulaLocal", Behavior: invoked(addName)},
		{Bound: on + "PivotTable/refresh", Behavior: transit{}},
		{Bound: all + "PivotTable)/refreshAll", Behavior: transit{}},
		{Kept: rangeType, Behavior: WorkbookRange{}},
	}, slices.Concat(workbookTables(), workbookCharts(), functionCalls())...)
}

// bookOf is the file that an entity of its workbook is in.
func bookOf(tx Tx, ref Ref) Ref {
	for ref != None {
		home := tx.Home(ref)
		if strings.HasPrefix(home.Name, "workbook/") {
			return home.Parent
		}
		ref = home.Parent
	}
	return None
}

// sheetNamed is the worksheet of a name or an id.
func sheetNamed(tx Tx, book Ref, name string) (Entity, bool) {
	for _, sheet := range sheetsOf(tx, book) {
		if strings.EqualFold(text(sheet.Object, "name"), name) || sheet.ID == name {
			return sheet, true
		}
	}
	return Entity{}, false
}

// sheetsOf are the worksheets of a file. They are those of its bytes when they are
// first needed, else an empty one.
func sheetsOf(tx Tx, book Ref) (all []Entity) {
	home := Below(book, sheetsPath)
	if isEmpty(tx, home) {
		readBook(tx, book)
	}
	for sheet := range tx.All(home) {
		all = append(all, sheet)
	}
	if len(all) > 0 {
		return all
	}
	sheet := Entity{ID: firstSheet, Object: fields("id", quoted(firstSheet), "name", `"Sheet1"`, "position", "0", "visibility", `"Visible"`)}
	if made, fault := tx.Insert(Below(book, sheetsPath), sheet); fault == nil {
		sheet = made
	}
	return []Entity{sheet}
}

// Worksheets gives a workbook the sheets that its file has, or a first one.
type Worksheets struct{}

var (
	_ Supplier  = Worksheets{}
	_ Following = Worksheets{}
)

// Edition implements [Following]: other bytes are another workbook.
func (Worksheets) Edition(book Entity) string { return text(book.Object, "cTag") }

// Supply implements [Supplier].
func (Worksheets) Supply(tx Tx, book Entity, _ string) *grapherr.Error {
	sheetsOf(tx, book.Ref)
	return nil
}

// Worksheet places a sheet behind the others.
type Worksheet struct{}

var (
	_ Creator = Worksheet{}
	_ Updater = Worksheet{}
)

// Create implements [Creator].
func (Worksheet) Create(tx Tx, e *Entity) *grapherr.Error {
	home := tx.Collection()
	n := sizeOf(tx, home)
	if !e.Has("position") || e.IsNull("position") {
		e.Set("position", []byte(strconv.Itoa(n)))
	}
	for i := n + 1; text(e.Object, "name") == ""; i++ {
		if name := "Sheet" + strconv.Itoa(i); !sheetTaken(tx, home, name, None) {
			e.SetString("name", name)
		}
	}
	if sheetTaken(tx, home, text(e.Object, "name"), None) {
		return alreadyThere()
	}
	e.SetString("id", "{"+strings.ToUpper(tx.NewID())+"}")
	e.SetString("visibility", cmp.Or(text(e.Object, "visibility"), "Visible"))
	return nil
}

// Update implements [Updater].
func (Worksheet) Update(tx Tx, before, change entity.Object, after *Entity) *grapherr.Error {
	from, to := text(before, "name"), text(after.Object, "name")
	switch {
	case !change.Has("name") || from == to:
		return nil
	case sheetTaken(tx, tx.Collection(), to, after.Ref):
		return alreadyThere()
	}
	return renameSheet(tx, bookOf(tx, after.Ref), from, to)
}

func sheetTaken(tx Tx, home Collection, name string, but Ref) bool {
	e, taken := tx.By(home, "name", name)
	return taken && e.Ref != but
}

func alreadyThere() *grapherr.Error {
	return grapherr.Workbook(409, "itemAlreadyExists", "A resource with the same name or identifier already exists.")
}

func addSheet(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	sheet := Entity{Type: sheetType, Object: fields("name", or(jsonOf(p, "name"), `""`))}
	if sheet.IsNull("name") {
		sheet.SetString("name", "")
	}
	if fault := (Worksheet{}).Create(tx, &sheet); fault != nil {
		return Result{}, fault
	}
	made, fault := tx.Insert(tx.Collection(), sheet)
	return Result{Entity: &made}, fault
}

func protectSheet(_ Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	bound.Set("protected", []byte("true"))
	if options := inner(p, "options"); options != nil {
		bound.Set("options", options.JSON())
	}
	return Result{}, nil
}

// openWorkbook begins a session.
func openWorkbook(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	persist := jsonOf(p, "persistChanges")
	session := fields("id", quoted("cluster=FAKE&session="+base64.RawURLEncoding.EncodeToString([]byte(tx.NewID()))), "persistChanges", or(persist, "false"))
	if persist != "true" {
		tx.Note("the changes of this session are seen outside of it, too")
	}
	made, fault := tx.Insert(sessions(tx), Entity{Object: session})
	if fault != nil {
		return Result{}, fault
	}
	made.Object.Delete("@odata.type")
	return Object(made.Object), nil
}

func sessions(tx Tx) Collection { return Below(tx.Parent(), sessionPath) }

// session is the one that the request names, if it is open.
func session(tx Tx) (Entity, bool) { return tx.Get(sessions(tx), tx.Header("Workbook-Session-Id")) }

func refreshWorkbook(tx Tx, _ *Entity, _ entity.Object) (Result, *grapherr.Error) {
	return Result{Status: 204}, missingSession(tx)
}

func closeWorkbook(tx Tx, _ *Entity, _ entity.Object) (Result, *grapherr.Error) {
	if e, open := session(tx); open {
		return Result{Status: 204}, tx.Delete(e.Ref)
	}
	return Result{Status: 204}, missingSession(tx)
}

// missingSession refuses a session that is not open; one that is not named is let
// through.
func missingSession(tx Tx) *grapherr.Error {
	id := tx.Header("Workbook-Session-Id")
	if _, open := session(tx); open || id == "" {
		return nil
	}
	return grapherr.Workbook(404, "invalidSessionNotFound", fmt.Sprintf("The session '%s' does not exist or has expired.", id))
}

// addName names a range, or a formula.
func addName(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	home := tx.Collection()
	name, value := text(p, "name"), cmp.Or(text(p, "reference"), text(p, "formula"))
	if value == "" { // a range
		value = text(inner(p, "reference"), "address")
	}
	switch _, taken := tx.By(home, "name", name); {
	case name == "":
		return Result{}, invalidArgument("A name is required.")
	case taken:
		return Result{}, alreadyThere()
	}
	scope, within := nameScope(tx, home)
	value = strings.TrimPrefix(value, "=")
	o := fields("id", quoted(name), "name", quoted(name), "comment", quoted(text(p, "comment")), "scope", quoted(scope), "type", `"String"`, "value", quoted(value), "visible", "true")
	if sheet, a, ok := parseArea(value); ok {
		if sheet == "" {
			sheet = text(within.Object, "name")
		}
		o.SetString("type", "Range")
		o.SetString("value", sheetAddress(sheet, a.fixed()))
	} else if _, err := strconv.ParseFloat(value, 64); err == nil {
		o.SetString("type", "Double")
	}
	made, fault := tx.Insert(home, Entity{ID: name, Object: o})
	return Result{Entity: &made}, fault
}

// nameScope is what names of a collection are for, and the worksheet that a bare
// address is of.
func nameScope(tx Tx, home Collection) (scope string, within Entity) {
	if home.Name == namesPath {
		return "Workbook", sheetsOf(tx, home.Parent)[0]
	}
	within, _ = tx.Entity(home.Parent)
	return "Worksheet", within
}

// namedRange is the range that a name refers to.
func namedRange(tx Tx, book Ref, named Entity) (sheetRange, *grapherr.Error) {
	sheet, a, ok := parseArea(strings.TrimPrefix(text(named.Object, "value"), "="))
	if !ok {
		a = nowhere
		tx.Note("the name refers to no range: the cell " + nowhere.String() + " stands for it")
	}
	at, found := sheetNamed(tx, book, sheet)
	if !found && sheet != "" {
		return sheetRange{}, notThere(sheet)
	}
	if !found {
		at = sheetsOf(tx, book)[0]
	}
	return rangeIn(tx, at, a), nil
}

// shortType is the name of a type without its namespace.
func shortType(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }
