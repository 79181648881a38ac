package graph

import (
	"bytes"
	"image"
	"image/color"
	_ "image/gif" // decoded by name
	"image/jpeg"
	"image/png"
	"io"
	"net/url"
	"strconv"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Bounds of the pictures that are scaled: others are sent as they are.
const (
	mostPictureBytes  = 32 << 20
	mostPicturePixels = 64 << 20
)

// thumbnail is a picture scaled to fit the box that a download URL asks for with
// width and height, as URLs of thumbnails do (D, page driveItem: list thumbnails);
// false when none is asked for, or the stream is no picture that can be read.
func (e *Engine) thumbnail(query url.Values, s store.Stream) (store.Stream, bool) {
	width, _ := strconv.Atoi(query.Get("width"))
	height, _ := strconv.Atoi(query.Get("height"))
	if width <= 0 || height <= 0 || s.Length == 0 || s.Length > mostPictureBytes {
		return s, false
	}
	size, format, err := image.DecodeConfig(e.Store.Read(s, 0))
	if err != nil || size.Width*size.Height > mostPicturePixels {
		return s, false
	}
	picture, _, err := image.Decode(io.LimitReader(e.Store.Read(s, 0), s.Length))
	if err != nil {
		return s, false
	}
	var data bytes.Buffer
	mediaType := "image/png"
	if small := scaled(picture, width, height); format == "jpeg" {
		mediaType, err = "image/jpeg", jpeg.Encode(&data, small, nil)
	} else {
		err = png.Encode(&data, small)
	}
	return store.Bytes(mediaType, data.Bytes()), err == nil
}

// scaled is a picture brought down to fit a box; a smaller one stays as it is.
func scaled(from image.Image, width, height int) image.Image {
	b := from.Bounds()
	if b.Dx() <= width && b.Dy() <= height {
		return from
	}
	if b.Dx()*height > b.Dy()*width {
		height = max(1, b.Dy()*width/b.Dx())
	} else {
		width = max(1, b.Dx()*height/b.Dy())
	}
	to := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			to.Set(x, y, average(from, image.Rect(
				b.Min.X+x*b.Dx()/width, b.Min.Y+y*b.Dy()/height, b.Min.X+(x+1)*b.Dx()/width, b.Min.Y+(y+1)*b.Dy()/height)))
		}
	}
	return to
}

// average is the mean colour of a part of a picture.
func average(from image.Image, part image.Rectangle) color.Color {
	var red, green, blue, alpha, n uint64
	for y := part.Min.Y; y < max(part.Max.Y, part.Min.Y+1); y++ {
		for x := part.Min.X; x < max(part.Max.X, part.Min.X+1); x++ {
			r, g, b, a := from.At(x, y).RGBA()
			red, green, blue, alpha, n = red+uint64(r), green+uint64(g), blue+uint64(b), alpha+uint64(a), n+1
		}
	}
	return color.RGBA64{R: uint16(red / n), G: uint16(green / n), B: uint16(blue / n), A: uint16(alpha / n)}
}
