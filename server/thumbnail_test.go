package server_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"net/http"
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

// A thumbnail is the picture itself, scaled into the box and fetched without a
// token; a picture that is smaller stays as it is.
func TestThumbnails(t *testing.T) {
	fake := server.NewTest(t)
	picture := image.NewNRGBA(image.Rect(0, 0, 400, 200))
	for y := range 200 {
		for x := range 400 {
			picture.Set(x, y, color.NRGBA{R: 255, A: 255})
		}
	}
	for name, encode := range map[string]func(*bytes.Buffer) error{
		"a.png": func(b *bytes.Buffer) error { return png.Encode(b, picture) },
		"b.jpg": func(b *bytes.Buffer) error { return jpeg.Encode(b, picture, nil) },
	} {
		var data bytes.Buffer
		if err := encode(&data); err != nil {
			t.Fatal(err)
		}
		at := fake.URL + "/v1.0/me/drive/root:/" + name + ":"
		send(t, fake.Client(), "PUT", at+"/content", data.Bytes(), 201)
		for size, want := range map[string]image.Point{"small": {96, 48}, "medium": {176, 88}, "large": {400, 200}} {
			response := send(t, fake.Client(), "GET", at+"/thumbnails/0/"+size+"/content", nil, 200)

			got, _, err := image.Decode(response.Body)
			if err != nil {
				t.Fatalf("%s %s: %v", name, size, err)
			}
			if got.Bounds().Size() != want {
				t.Errorf("%s %s: %v, want %v", name, size, got.Bounds().Size(), want)
			}
			if r, g, _, _ := got.At(3, 3).RGBA(); r < 0xf000 || g > 0x1000 {
				t.Errorf("%s %s: not red any more: %v", name, size, got.At(3, 3))
			}
		}
	}
}

func send(t *testing.T, client *http.Client, method, url string, body []byte, status int) *http.Response {
	t.Helper()
	request, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/octet-stream")
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	if response.StatusCode != status {
		t.Fatalf("%s %s: %d, want %d (%s)", method, url, response.StatusCode, status, response.Header.Get("X-Fake-Reason"))
	}
	return response
}
