package behavior

import (
	"bytes"
	"encoding/json"
	"html"
	"regexp"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Evidence for onenotePage:
//   - documented (pages onenoteSection: create pages, and "input and output
//     HTML"): a page is made from HTML, alone or as the part "Presentation" of a
//     form; its title is that of the document, and its content is read again
//     below /content.
//   - assumed (2026-11): the content is given back as it came; other parts of a
//     form are not kept.

// NotePage is made from HTML.
type NotePage struct{}

var (
	_ Taker   = NotePage{}
	_ Creator = NotePage{}
	_ Created = NotePage{}
)

// Takes implements [Taker].
func (NotePage) Takes(mediaType string) bool {
	return mediaType == "text/html" || mediaType == "application/xhtml+xml" || mediaType == multipartForm
}

var pageTitle = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)

// Create implements [Creator].
func (NotePage) Create(tx Tx, e *Entity) *grapherr.Error {
	now := json.RawMessage(quoted(instant(tx.Now())))
	e.Set("createdDateTime", now)
	e.Set("lastModifiedDateTime", now)
	page, fault := presentation(tx)
	if m := pageTitle.FindSubmatch(page); m != nil {
		e.SetString("title", strings.TrimSpace(html.UnescapeString(string(m[1]))))
	}
	e.SetString("contentUrl", tx.URL("/me/onenote/pages/"+text(e.Object, "id")+"/content"))
	return fault
}

// Created implements [Created].
func (NotePage) Created(tx Tx, e Entity) *grapherr.Error {
	page, fault := presentation(tx)
	if page == nil || fault != nil {
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
		return nil, grapherr.Rule("onenote", "20127", "The multi-part payload was malformed.")
	}
	return part, nil
}
