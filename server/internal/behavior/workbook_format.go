package behavior

// Evidence for formats of ranges (pages rangeformat-*, rangefont-*, rangefill-*,
// rangeborder-* and formatprotection-* of both versions):
//   - documented: their members; those that are not the same for all cells are
//     null; the defaults that examples of rangeformat-update show.
//   - assumed (2026-11): the other defaults, those of a new workbook.

import (
	"cmp"
	"encoding/json"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const formatsNavigation = HiddenPrefix + "formats" // of a worksheet: what was set, in its order

// formatParts are the parts of a format, with their types and what they are from
// the start.
var formatParts = map[string]struct {
	typ      string
	standard entity.Object
}{
	"format":            {"workbookRangeFormat", fields("columnWidth", "48", "horizontalAlignment", `"General"`, "rowHeight", "15", "verticalAlignment", `"Bottom"`, "wrapText", "false")},
	"format/fill":       {"workbookRangeFill", fields("color", `"#FFFFFF"`)},
	"format/font":       {"workbookRangeFont", fields("bold", "false", "color", `"#000000"`, "italic", "false", "name", `"Calibri"`, "size", "11", "underline", `"None"`)},
	"format/protection": {"workbookFormatProtection", fields("formulaHidden", "false", "locked", "true")},
	"format/borders":    {"workbookRangeBorder", fields("color", `"#000000"`, "style", `"None"`, "weight", `"Thin"`)},
}

// sides are those that borders are on.
var sides = []string{"EdgeTop", "EdgeBottom", "EdgeLeft", "EdgeRight", "InsideVertical", "InsideHorizontal", "DiagonalDown", "DiagonalUp"}

// format reads or changes a part of the format.
func (r sheetRange) format(method string, way []Step, body entity.Object) (Result, *grapherr.Error) {
	part := way[0].Name
	for _, step := range way[1:] {
		switch step.Name {
		case "autofitColumns", "autofitRows":
			return Result{}, nil
		case "clear":
			return Result{}, r.setFormat(part, formatParts[part].standard)
		}
		part += "/" + step.Name
	}
	if part == "format/borders" {
		return r.borders(method, body)
	}
	if method == "PATCH" {
		if fault := r.setFormat(part, body); fault != nil {
			return Result{}, fault
		}
	}
	if method == "DELETE" {
		return Result{}, r.setFormat(part, formatParts[part].standard)
	}
	e, known := r.formatOf(part)
	if !known {
		return Result{}, notThere(part)
	}
	return Result{Entity: &e}, nil
}

// borders lists them, or sets the one of a side.
func (r sheetRange) borders(method string, body entity.Object) (Result, *grapherr.Error) {
	if method == "POST" {
		part := "format/borders/" + cmp.Or(text(body, "sideIndex"), text(body, "id"))
		fault := r.setFormat(part, body)
		e, known := r.formatOf(part)
		if !known {
			return Result{}, invalidArgument("A border needs one of the sides " + strings.Join(sides, ", ") + ".")
		}
		return Result{Entity: &e}, fault
	}
	var all []Entity
	for _, side := range sides {
		e, _ := r.formatOf("format/borders/" + side)
		all = append(all, e)
	}
	return ListOf(all...), nil
}

// formatOf is a part of the format as an answer.
func (r sheetRange) formatOf(part string) (Entity, bool) {
	side, isBorder := strings.CutPrefix(part, "format/borders/")
	kind, known := formatParts[part]
	id := r.String()
	if isBorder {
		kind, id = formatParts["format/borders"], ""
		for _, s := range sides {
			if strings.EqualFold(s, side) {
				id, known = s, true
			}
		}
	}
	o := append(fields("id", quoted(id)), r.formatted(part, kind.standard)...)
	if isBorder {
		o.SetString("sideIndex", id)
	}
	return Entity{Type: "microsoft.graph." + kind.typ, Object: o}, known
}

// formatted are the members of a part that were set, over what they are from the
// start; null for one that is not the same for all cells.
func (r sheetRange) formatted(part string, standard entity.Object) entity.Object {
	o := standard.Clone()
	for e := range r.tx.All(Below(r.sheet.Ref, formatsNavigation)) {
		_, a, _ := parseArea(text(e.Object, "address"))
		if !strings.EqualFold(text(e.Object, "part"), part) || a.common(r.area).Rows == 0 {
			continue
		}
		for _, m := range inner(e.Object, "set") {
			if !r.within(a) && jsonOf(o, m.Name) != string(m.Value) {
				m.Value = json.RawMessage("null")
			}
			o.Set(m.Name, m.Value)
		}
	}
	return o
}

// setFormat keeps what a part of the format is from now on.
func (r sheetRange) setFormat(part string, members entity.Object) *grapherr.Error {
	set := members.Clone()
	for _, name := range []string{"id", "@odata.type", "sideIndex"} {
		set.Delete(name)
	}
	o := fields("address", quoted(r.String()), "part", quoted(part), "set", string(set.JSON()))
	home := Below(r.sheet.Ref, formatsNavigation)
	for e := range r.tx.All(home) {
		if text(e.Object, "address") == r.String() && text(e.Object, "part") == part {
			merged := inner(e.Object, "set")
			for _, m := range set {
				merged.Set(m.Name, m.Value)
			}
			e.Set("set", merged.JSON())
			return r.tx.Replace(e.Ref, e.Object)
		}
	}
	_, fault := r.tx.Insert(home, Entity{Object: o})
	return fault
}
