package behavior

import (
	"bytes"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// keepParts makes resources of the parts of the call's form that a page names, and
// has the page lead to them.
func keepParts(tx Tx, c Collection, page []byte) ([]byte, *grapherr.Error) {
	_, parameters, err := mime.ParseMediaType(tx.Header("Content-Type"))
	if err != nil || parameters["boundary"] == "" {
		return page, nil
	}
	form := multipart.NewReader(bytes.NewReader(tx.Body()), parameters["boundary"])
	for {
		part, err := form.NextPart()
		if err == io.EOF {
			return page, nil
		}
		if err != nil {
			return page, noteFault("20011", "The multi-part payload was malformed.")
		}
		data, err := io.ReadAll(part)
		name := []byte(`"name:` + html.EscapeString(part.FormName()) + `"`)
		if err != nil || !bytes.Contains(page, name) {
			continue
		}
		at, fault := keepResource(tx, c, part.Header.Get("Content-Type"), data)
		if fault != nil {
			return page, fault
		}
		page = bytes.ReplaceAll(page, name, []byte(`"`+html.EscapeString(at)+`"`))
	}
}

// keepResource keeps a picture or a file of a page, and returns where it is.
func keepResource(tx Tx, c Collection, mediaType string, data []byte) (string, *grapherr.Error) {
	id := "1-" + tx.NewID()
	url := noteURL(tx, c, "resources", id) + "/$value"
	made, fault := tx.Insert(Collection{notesOf(tx, c).Ref, "onenote/resources"},
		New(fields("id", quoted(id), "self", quoted(strings.TrimSuffix(url, "/$value")), "contentUrl", quoted(url))...))
	for _, stream := range []string{"content", "$value"} {
		if fault == nil {
			fault = tx.SetStream(made.Ref, stream, mediaType, data)
		}
	}
	return url, fault
}
