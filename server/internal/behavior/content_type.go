package behavior

// Evidence for content types and columns (pages of contentType and
// columnDefinition, v1.0 2021 to 2025):
//   - documented: a type's id begins with that of its base, which answers show;
//     addCopy takes the URL of a site's type and answers 201, addCopyFromContentTypeHub
//     an id; publish, unpublish and isPublished; a column of a type repeats the column
//     of the site that it is bound to; what new columns and their texts have.
//   - assumed (2026-11): a copy has the id and the columns of the original, and there
//     is one in a list; a type that SharePoint has by itself is there once it is
//     named; another one that is not there is a 404; hub of a type is any site.

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// ContentType keeps the content types of sites and lists.
type ContentType struct{}

var (
	_ Creator = ContentType{}
	_ Created = ContentType{}
)

// contentTypeRules are what new ones have.
var contentTypeRules = &Rules{
	Brief: []Brief{{"base", []string{"id", "name", "description", "group", "hidden", "readOnly", "sealed"}}},
	Defaults: []Default{{"description", `""`}, {"group", `"Custom Content Types"`}, {"hidden", "false"}, {"isBuiltIn", "false"},
		{"readOnly", "false"}, {"sealed", "false"}},
}

// contentTypes are the registrations of content types and columns.
func contentTypes() []Registration {
	const on = "microsoft.graph.contentType"
	return []Registration{
		{Type: on, Behavior: ContentType{}, Rules: contentTypeRules},
		{Type: "microsoft.graph.columnDefinition", Behavior: ColumnDefinition{}, Rules: columnRules},
		{Bound: "Collection(" + on + ")/addCopy", Behavior: invoked(addContentType)},
		{Bound: "Collection(" + on + ")/addCopyFromContentTypeHub", Behavior: invoked(addContentTypeOfHub)},
		{Bound: on + "/publish", Behavior: publishing(true)},
		{Bound: on + "/unpublish", Behavior: publishing(false)},
		{Bound: on + "/isPublished", Behavior: invoked(isPublished)},
	}
}

// builtInTypes are the names of content types that every site has, by their ids.
var builtInTypes = map[string]string{
	"0x01": "Item", "0x0101": "Document", "0x0102": "Event", "0x0104": "Announcement", "0x0105": "Link", "0x0106": "Contact",
	"0x0107": "Message", "0x0108": "Task", "0x010101": "Form", "0x010102": "Picture", "0x0120": "Folder", "0x0120D520": "Document Set",
}

// Create implements [Creator].
func (ContentType) Create(tx Tx, e *Entity) *grapherr.Error {
	base := text(inner(e.Object, "base"), "id")
	if base == "" {
		base = text(e.Object, "parentId")
	}
	if base == "" {
		base = "0x01"
	}
	e.Delete("base") // which is linked, and not kept here
	e.SetString("parentId", base)
	e.ID = base + "00" + strings.ToUpper(hexSum(tx.NewID())[:32])
	e.SetString("id", e.ID)
	return nil
}

// Created implements [Created].
func (ContentType) Created(tx Tx, e Entity) *grapherr.Error {
	base, ok := contentTypeAt(tx, tx.Home(e.Ref), text(e.Object, "parentId"))
	if !ok {
		return nil
	}
	_, fault := tx.Link(e.Ref, "base", base.Ref)
	return fault
}

// contentTypeAt is a content type by its id: of the collection, of the site that
// the list is in, or one that SharePoint has by itself, which is then in the site.
func contentTypeAt(tx Tx, c Collection, id string) (Entity, bool) {
	site := c
	for at := c; at.Parent != None; at = Below(tx.Home(at.Parent).Parent, c.Name) {
		if e, ok := tx.Get(at, id); ok {
			return e, true
		}
		site = at
	}
	name, ok := builtInTypes[id]
	if !ok {
		return Entity{}, false
	}
	parent := builtInBase(id)
	made, fault := tx.Insert(site, New(fields("id", quoted(id), "name", quoted(name), "description", `""`, "hidden", "false",
		"isBuiltIn", "true", "readOnly", "false", "sealed", "false", "group", quoted(name+" Content Types"), "parentId", quoted(parent))...))
	if fault == nil {
		fault = (ContentType{}).Created(tx, made)
	}
	return made, fault == nil
}

// builtInBase is the id of the type that one of SharePoint's own extends.
func builtInBase(id string) string {
	base := "0x"
	for other := range builtInTypes {
		if other != id && len(other) > len(base) && strings.HasPrefix(id, other) {
			base = other
		}
	}
	return base
}

// listTypes gives a new list the content types that it begins with.
func listTypes(tx Tx, made Entity) *grapherr.Error {
	first := "0x01"
	if text(inner(made.Object, "list"), "template") == documentLibrary {
		first = "0x0101"
	}
	for i, id := range []string{first, "0x0120"} {
		base, ok := contentTypeAt(tx, Below(tx.Home(made.Ref).Parent, "contentTypes"), id)
		if !ok {
			continue
		}
		own := New(base.Object.Clone()...)
		own.ID = id + "00" + strings.ToUpper(hexSum(made.ID + id)[:32])
		own.SetString("id", own.ID)
		own.SetString("parentId", id)
		own.Set("isBuiltIn", []byte("false"))
		own.Set("order", fields("default", boolean(i == 0), "position", strconv.Itoa(i)).JSON())
		kept, fault := tx.Insert(Below(made.Ref, "contentTypes"), own)
		if fault == nil {
			_, fault = tx.Link(kept.Ref, "base", base.Ref)
		}
		if fault == nil && i == 0 {
			fault = copyColumns(tx, made.Ref, kept.Ref)
		}
		if fault != nil {
			return fault
		}
	}
	return nil
}

// defaultType is the content type that items of a list have unless they say otherwise.
func defaultType(tx Tx, list Entity) (id, name string) {
	for e := range tx.All(Below(list.Ref, "contentTypes")) {
		if inner(e.Object, "order").True("default") {
			return e.ID, text(e.Object, "name")
		}
	}
	return "0x0100", "Item"
}

// addContentType copies the type that a URL names into a list.
func addContentType(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	url := text(p, "contentType")
	if from, ok := tx.Resolve(url); ok {
		return copyContentType(tx, from)
	}
	return addContentTypeNamed(tx, url[strings.LastIndexByte(url, '/')+1:])
}

// addContentTypeOfHub copies the type of an id from the site that has it.
func addContentTypeOfHub(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	id := text(p, "contentTypeId")
	for site := range tx.All(Root("sites")) {
		if from, ok := tx.Get(Below(site.Ref, "contentTypes"), id); ok {
			return copyContentType(tx, from)
		}
	}
	return addContentTypeNamed(tx, id)
}

// addContentTypeNamed takes one that SharePoint has by itself.
func addContentTypeNamed(tx Tx, id string) (Result, *grapherr.Error) {
	e, ok := contentTypeAt(tx, tx.Collection(), id)
	if !ok {
		return Result{}, grapherr.NotFound(tx.Family(), id)
	}
	return copyContentType(tx, e)
}

func copyContentType(tx Tx, from Entity) (Result, *grapherr.Error) {
	to := tx.Collection()
	if e, ok := tx.Get(to, from.ID); ok {
		return Result{Entity: &e}, nil
	}
	made, fault := tx.Insert(to, Entity{ID: from.ID, Type: from.Type, Object: from.Object.Clone()})
	for base := range tx.Linked(from.Ref, "base") {
		if fault == nil {
			_, fault = tx.Link(made.Ref, "base", base.Ref)
		}
	}
	if fault == nil {
		fault = copyColumns(tx, from.Ref, made.Ref)
	}
	return Result{Entity: &made}, fault
}

// publications are where it is noted, below a type and on no path, that it is
// published.
func publications(e *Entity) Collection { return Below(e.Ref, "~published") }

func publishing(on bool) invoked {
	return func(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
		note, known := tx.Get(publications(bound), "at")
		switch {
		case on && !known:
			_, fault := tx.Insert(publications(bound), Entity{ID: "at"})
			return Result{}, fault
		case !on && known:
			return Result{}, tx.Delete(note.Ref)
		}
		return Result{}, nil
	}
}

func isPublished(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	_, known := tx.Get(publications(bound), "at")
	return Result{Value: json.RawMessage(boolean(known))}, nil
}
