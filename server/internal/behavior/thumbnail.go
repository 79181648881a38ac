package behavior

// Evidence for thumbnailSet (page driveItem: list thumbnails, 2021 to 2025):
//   - documented: a picture has a set "0" with large, medium and small, each with
//     height, width and a URL that needs no token.
//   - assumed (2026-11): the URL leads to the picture as it is, because the fake
//     scales none; the sizes are the boxes that the page names.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// Thumbnails gives a picture its thumbnails.
	Thumbnails struct{}
	// ThumbnailSet has URLs that follow the picture.
	ThumbnailSet struct{}
)

var (
	_ Supplier = Thumbnails{}
	_ Reader   = ThumbnailSet{}
)

// Supply implements [Supplier].
func (Thumbnails) Supply(tx Tx, item Entity, _ string) *grapherr.Error {
	if !strings.HasPrefix(text(inner(item.Object, "file"), "mimeType"), "image/") {
		return nil
	}
	_, fault := tx.Put(Below(item.Ref, "thumbnails"), Entity{ID: "0", Object: fields("id", `"0"`)})
	return fault
}

// Read implements [Reader].
func (ThumbnailSet) Read(tx Tx, e *Entity) {
	item := tx.Home(e.Ref).Parent
	for _, size := range []struct{ name, box string }{{"large", "800"}, {"medium", "176"}, {"small", "96"}} {
		if !present(e.Object, size.name) {
			e.Set(size.name, fields("height", size.box, "width", size.box, "url", quoted(tx.DownloadURL(item, "content"))).JSON())
		}
	}
}
