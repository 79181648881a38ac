package behavior

// Evidence for what becomes of an item whose bytes come: see drive_item.go;
//   - assumed (2026-11): the time of the new contents is that of the file, unless
//     an upload session says another.

import (
	"bytes"
	"image"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var _ Receiver = DriveItem{}

// Receive implements [Receiver].
func (DriveItem) Receive(tx Tx, e *Entity, m Media) *grapherr.Error {
	if m.Stream != "content" {
		return nil
	}
	if err := lockedByOther(tx, *e); err != nil {
		return err
	}
	before := *e
	before.Object = e.Object.Clone()
	if fault := forgetBook(tx, e.Ref); fault != nil {
		return fault
	}
	describeFile(e, m)
	touch(tx, e)
	date(e, m.Said)
	retag(e, "cTag")
	return supersede(tx, *e, before, strconv.FormatInt(m.Length, 10))
}

// date sets the times of a file in its owner's file system: those that the client
// said, and else that of the new contents. A description comes along.
func date(e *Entity, said entity.Object) {
	times := inner(e.Object, "fileSystemInfo").Clone()
	times.Set("lastModifiedDateTime", []byte(jsonOf(e.Object, "lastModifiedDateTime")))
	for _, member := range inner(said, "fileSystemInfo") {
		times.Set(member.Name, member.Value)
	}
	e.Set("fileSystemInfo", times.JSON())
	if said.Has("description") {
		e.Set("description", []byte(jsonOf(said, "description")))
	}
}

func describeFile(e *Entity, m Media) {
	kind := mimeOf(text(e.Object, "name"))
	if kind == "" {
		kind, _, _ = strings.Cut(m.Type, ";")
	}
	if kind == "" {
		kind = "application/octet-stream"
	}
	e.Set("size", []byte(strconv.FormatInt(m.Length, 10)))
	e.Set("file", fields("mimeType", quoted(kind), "hashes", `{"quickXorHash":`+quoted(m.XorHash)+`}`).JSON())
	e.Delete("image")
	if size, _, err := image.DecodeConfig(bytes.NewReader(m.Beginning)); err == nil {
		e.Set("image", fields("height", strconv.Itoa(size.Height), "width", strconv.Itoa(size.Width)).JSON())
	}
}

// mimeOf is the media type of a file name; "" when the extension tells none. The
// table is ours, because that of the system differs from place to place.
func mimeOf(name string) string {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return ""
	}
	return mimeTypes[strings.ToLower(name[i+1:])]
}

var mimeTypes = map[string]string{
	"txt": "text/plain", "csv": "text/csv", "html": "text/html", "htm": "text/html", "json": "application/json", "xml": "application/xml",
	"md": "text/markdown", "pdf": "application/pdf", "zip": "application/zip", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
	"gif": "image/gif", "svg": "image/svg+xml", "mp3": "audio/mpeg", "mp4": "video/mp4",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
