package behavior

// Evidence for thumbnailSet (page driveItem: list thumbnails, 2021 to 2025):
//   - documented: a picture has a set "0" with large, medium and small, each with
//     height, width and a URL that needs no token; content of each by 302.
//   - assumed (2026-11): the boxes that pictures are scaled into are those that the
//     page names; what is no PNG, JPEG or GIF is sent as it is.

import (
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
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
	_ Locator  = ThumbnailSet{}
)

// boxes are what thumbnails fit into.
var boxes = []struct {
	name string
	side int
}{{"large", 800}, {"medium", 176}, {"small", 96}}

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
	item, _ := tx.Entity(tx.Home(e.Ref).Parent)
	for _, b := range boxes {
		if !present(e.Object, b.name) {
			width, height := fitted(inner(item.Object, "image"), b.side)
			e.Set(b.name, fields("height", strconv.Itoa(height), "width", strconv.Itoa(width), "url", quoted(thumbnailURL(tx, item.Ref, b.side))).JSON())
		}
	}
}

// Locate implements [Locator].
func (ThumbnailSet) Locate(tx Tx, e Entity, stream string) (string, bool) {
	for _, b := range boxes {
		if stream == b.name+"/content" {
			return thumbnailURL(tx, tx.Home(e.Ref).Parent, b.side), true
		}
	}
	return "", false
}

func thumbnailURL(tx Tx, item Ref, side int) string {
	n := strconv.Itoa(side)
	return tx.DownloadURL(item, "content") + "&width=" + n + "&height=" + n
}

// fitted is the size of a picture scaled into a square, which it fills when its
// own size is not known.
func fitted(picture entity.Object, side int) (width, height int) {
	w, _ := strconv.Atoi(jsonOf(picture, "width"))
	h, _ := strconv.Atoi(jsonOf(picture, "height"))
	switch {
	case w <= 0 || h <= 0:
		return side, side
	case w <= side && h <= side:
		return w, h
	case w > h:
		return side, max(1, h*side/w)
	}
	return max(1, w*side/h), side
}
