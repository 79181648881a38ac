package behavior

// Evidence for attachments and the MIME form of messages (graph-behaviour
// §10.5, §12):
//   - documented: fileAttachment with contentBytes, size, contentType and
//     lastModifiedDateTime; $value gives the bytes; $value of a message is MIME.
//   - assumed (2026-11): the MIME that is made has the headers that clients
//     read, and the attachments as parts.

import (
	"bytes"
	"encoding/base64"
	"mime"
	"mime/multipart"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Attachment completes attachments of messages, events and posts.
type Attachment struct{}

var (
	_ Creator = Attachment{}
	_ Brought = Attachment{}
)

// Create implements [Creator].
func (Attachment) Create(tx Tx, e *Entity) *grapherr.Error {
	stampAttachment(tx, e)
	return nil
}

// Brought implements [Brought]: of a new message or event.
func (Attachment) Brought(tx Tx, e *Entity) { stampAttachment(tx, e) }

func stampAttachment(tx Tx, e *Entity) {
	e.ID = outlookID(tx)
	e.SetString("id", e.ID)
	e.SetString("lastModifiedDateTime", instant(tx.Now()))
	if !present(e.Object, "isInline") {
		e.Set("isInline", []byte("false"))
	}
	data := text(e.Object, "contentBytes")
	if !present(e.Object, "size") {
		e.Set("size", []byte(strconv.Itoa(base64.StdEncoding.DecodedLen(len(data))-strings.Count(data, "="))))
	}
	if !present(e.Object, "contentType") && strings.HasSuffix(e.Type, ".fileAttachment") {
		kind := mimeOf(text(e.Object, "name"))
		if kind == "" {
			kind = "application/octet-stream"
		}
		e.SetString("contentType", kind)
	}
}

// Render implements [Renderer]: the MIME form.
func (Message) Render(tx Tx, e Entity, stream string) (string, []byte, bool) {
	if stream != "$value" {
		return "", nil, false
	}
	var b bytes.Buffer
	header := func(name, value string) {
		if value != "" {
			b.WriteString(name + ": " + strings.NewReplacer("\r", "", "\n", "").Replace(value) + "\r\n")
		}
	}
	header("From", addresses([]entity.Object{inner(e.Object, "from")}))
	header("To", addresses(list(e.Object, "toRecipients")))
	header("Cc", addresses(list(e.Object, "ccRecipients")))
	header("Subject", mime.QEncoding.Encode("utf-8", text(e.Object, "subject")))
	header("Date", text(e.Object, "sentDateTime"))
	header("Message-ID", text(e.Object, "internetMessageId"))
	header("MIME-Version", "1.0")
	kind := "text/plain; charset=utf-8"
	body := inner(e.Object, "body")
	if strings.EqualFold(text(body, "contentType"), "html") {
		kind = "text/html; charset=utf-8"
	}
	parts := multipart.NewWriter(&b)
	_ = parts.SetBoundary("fakegraph_" + hexSum(e.ID)[:24]) // of letters and digits
	header("Content-Type", "multipart/mixed; boundary="+parts.Boundary())
	b.WriteString("\r\n")
	part := func(h textproto.MIMEHeader, data []byte) {
		w, _ := parts.CreatePart(h) // into memory: cannot fail
		_, _ = w.Write(data)
	}
	part(textproto.MIMEHeader{"Content-Type": {kind}}, []byte(text(body, "content")))
	for a := range tx.All(Below(e.Ref, "attachments")) {
		part(textproto.MIMEHeader{
			"Content-Type": {text(a.Object, "contentType")}, "Content-Transfer-Encoding": {"base64"},
			"Content-Disposition": {mime.FormatMediaType("attachment", map[string]string{"filename": text(a.Object, "name")})},
		}, []byte(text(a.Object, "contentBytes")))
	}
	_ = parts.Close()
	return "text/plain", b.Bytes(), true
}

func addresses(all []entity.Object) string {
	var list []string
	for _, r := range all {
		a := inner(r, "emailAddress")
		if address := text(a, "address"); address != "" {
			list = append(list, strings.TrimSpace(mime.QEncoding.Encode("utf-8", text(a, "name"))+" <"+address+">"))
		}
	}
	return strings.Join(list, ", ")
}
