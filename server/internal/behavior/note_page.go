package behavior

import (
	"bytes"
	"html"
	"regexp"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Evidence for onenotePage:
//   - documented (pages onenoteSection: create pages, onenote: create page, get
//     page, page: preview, "input and output HTML"): a page is made from HTML, alone
//     or as the part "Presentation" of a form, whose other parts are what
//     src="name:part" and data="name:part" name; its title is that of the document;
//     its content is read below /content and /$value, with includeIDs=true with the
//     ids that the service makes, and ids of the input are gone; a page made at the top
//     goes to the default section, or to that of ?sectionName=, which is made.
//   - assumed (2026-11): the content is given back as it came but for that; the name
//     of the default section; a preview has the first 300 characters.

type (
	// NotePage is made from HTML.
	NotePage struct{}
	// NoteAtTop makes a page in the default notebook.
	NoteAtTop struct{}
)

var (
	_ Taker     = NotePage{}
	_ Creator   = NotePage{}
	_ Created   = NotePage{}
	_ Amender   = NotePage{}
	_ Presenter = NotePage{}
	_ Renderer  = NotePage{}
	_ Invoker   = NoteAtTop{}
)

// Takes implements [Taker].
func (NotePage) Takes(mediaType string) bool {
	return mediaType == "text/html" || mediaType == "application/xhtml+xml" || mediaType == multipartForm
}

var pageTitle = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)

// Create implements [Creator].
func (NotePage) Create(tx Tx, e *Entity) *grapherr.Error {
	page, fault := presentation(tx)
	if fault != nil {
		return fault
	}
	stampPage(tx, tx.Collection(), e, page)
	return nil
}

func stampPage(tx Tx, c Collection, e *Entity, page []byte) {
	stampNotes(tx, c, e, notePages)
	if title, ok := titleOf(page); ok {
		e.SetString("title", title)
	}
	if app := tx.Caller().AppID; app != "" {
		e.SetString("createdByAppId", app)
	}
	addressPage(tx, c, e)
}

func addressPage(tx Tx, c Collection, e *Entity) {
	self := noteURL(tx, c, notePages, e.ID)
	e.SetString("self", self)
	e.SetString("contentUrl", self+"/content")
	e.Set("links", noteLinks(e.ID))
}

func titleOf(page []byte) (string, bool) {
	m := pageTitle.FindSubmatch(page)
	if m == nil {
		return "", false
	}
	return strings.TrimSpace(html.UnescapeString(string(m[1]))), true
}

// Created implements [Created].
func (NotePage) Created(tx Tx, e Entity) *grapherr.Error {
	page, fault := presentation(tx)
	if page == nil || fault != nil {
		return fault
	}
	return fillPage(tx, e, page)
}

// fillPage keeps the content of a page, and what it shows of the other parts.
func fillPage(tx Tx, e Entity, page []byte) *grapherr.Error {
	page, fault := keepParts(tx, tx.Home(e.Ref), withoutIDs(page))
	if fault != nil {
		return fault
	}
	return tx.SetStream(e.Ref, "content", "text/html", bytes.TrimSpace(page))
}

// presentation is the HTML of the page; nil when the body was none.
func presentation(tx Tx) ([]byte, *grapherr.Error) {
	body := tx.Body()
	if body == nil || !strings.HasPrefix(strings.ToLower(tx.Header("Content-Type")), multipartForm) {
		return body, nil
	}
	part, err := formPart(tx.Header("Content-Type"), body, "Presentation")
	if err != nil {
		return nil, noteFault("20001", "The multi-part payload has no part \"Presentation\", or was malformed.")
	}
	return part, nil
}

// Invoke implements [Invoker].
func (NoteAtTop) Invoke(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	page, fault := presentation(tx)
	if fault != nil {
		return Result{}, fault
	}
	section, fault := namedSection(tx)
	if fault != nil {
		return Result{}, fault
	}
	c, e := Below(section.Ref, notePages), New(p...)
	stampPage(tx, c, &e, page)
	made, fault := tx.Insert(c, e)
	if fault == nil && page != nil {
		fault = fillPage(tx, made, page)
	}
	return Result{Entity: &made, Status: 201, Location: text(made.Object, "self")}, fault
}

// defaultSection is the name of the section that pages go to which name none.
const defaultSection = "Quick Notes"

// namedSection is the section of the default notebook that the call names.
func namedSection(tx Tx) (Entity, *grapherr.Error) {
	book, fault := defaultNotebook(tx, Collection{tx.Collection().Parent, "onenote/" + notebooks})
	if fault != nil {
		return Entity{}, fault
	}
	name, _ := tx.Query("sectionName")
	if name == "" {
		name = defaultSection
	}
	c := Below(book.Ref, noteSections)
	if section, ok := tx.By(c, "displayName", name); ok {
		return section, nil
	}
	e := New(fields("displayName", quoted(name), "isDefault", boolean(name == defaultSection))...)
	stampNotes(tx, c, &e, noteSections)
	return tx.Insert(c, e)
}

func defaultNotebook(tx Tx, c Collection) (Entity, *grapherr.Error) {
	var first Entity
	for book := range tx.All(c) {
		if book.True("isDefault") {
			return book, nil
		}
		if first.Ref == None {
			first = book
		}
	}
	if first.Ref != None {
		return first, nil
	}
	e := New(fields("displayName", `"Notebook"`, "isDefault", "true", "userRole", `"Owner"`, "isShared", "false")...)
	stampNotes(tx, c, &e, notebooks)
	return tx.Insert(c, e)
}

// Present implements [Presenter].
func (NotePage) Present(tx Tx, e Entity, stream string) (string, []byte, bool) {
	if wanted, _ := tx.Query("includeIDs"); !strings.EqualFold(wanted, "true") {
		return "", nil, false
	}
	page, ok := tx.Stream(e.Ref, "content")
	return "text/html", withIDs(page, e.ID), ok
}

// Render implements [Renderer]: $value is the content.
func (NotePage) Render(tx Tx, e Entity, stream string) (string, []byte, bool) {
	if stream != "$value" {
		return "", nil, false
	}
	page, ok := tx.Stream(e.Ref, "content")
	return "text/html", page, ok
}

// longestNotePreview is how many characters of a page its preview has.
const longestNotePreview = 300

// previewPage answers the function preview.
func previewPage(tx Tx, e *Entity, _ entity.Object) (Result, *grapherr.Error) {
	page, _ := tx.Stream(e.Ref, "content")
	shown := []rune(strings.Join(strings.Fields(plainText(string(pageTitle.ReplaceAll(page, nil)))), " "))
	if len(shown) > longestNotePreview {
		shown = shown[:longestNotePreview]
	}
	return Object(fields("previewText", quoted(string(shown)), "links", `{"previewImageUrl":null}`)), nil
}
