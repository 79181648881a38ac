package behavior

// Evidence for profilePhoto (graph-behaviour §10.5):
//   - documented (2026): metadata has @odata.mediaContentType, @odata.mediaEtag,
//     id WIDTHXHEIGHT, width and height; PUT and PATCH of $value answer 200.
//   - assumed (2026-11): bytes that are no JPEG, PNG or GIF have size 1x1.

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif"  // sizes of
	_ "image/jpeg" // the formats
	_ "image/png"  // that a photo may have
	"strconv"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// ProfilePhoto describes the picture that was put.
type ProfilePhoto struct{}

var _ Receiver = ProfilePhoto{}

// Receive implements [Receiver].
func (ProfilePhoto) Receive(_ Tx, e *Entity, m Media) *grapherr.Error {
	size, format, err := image.DecodeConfig(bytes.NewReader(m.Beginning))
	if err != nil {
		size.Width, size.Height, format = 1, 1, "jpeg"
	}
	mediaType := "image/" + format
	if err != nil && m.Type != "" {
		mediaType = m.Type
	}
	e.Object = entity.Object{}
	e.SetString("@odata.mediaContentType", mediaType)
	e.SetString("@odata.mediaEtag", `"`+m.XorHash+`"`)
	e.SetString("id", fmt.Sprintf("%dX%d", size.Width, size.Height))
	e.Set("height", []byte(strconv.Itoa(size.Height)))
	e.Set("width", []byte(strconv.Itoa(size.Width)))
	return nil
}
