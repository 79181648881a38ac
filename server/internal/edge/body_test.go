package edge

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

func zlibbed(plain string) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = io.WriteString(w, plain)
	_ = w.Close()
	return b.Bytes()
}

func deflated(plain string) []byte {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestCompression)
	_, _ = io.WriteString(w, plain)
	_ = w.Close()
	return b.Bytes()
}

const patch = `{"displayName":"Adele Vance"}`

func TestReader_Body(t *testing.T) {
	bomb := gzipped(make([]byte, 20<<20))
	for name, c := range map[string]struct {
		sent     []byte
		encoding string
		want     string
		kind     string // of the BodyError
	}{
		"none":              {nil, "", "", ""},
		"none, gzip":        {nil, "gzip", "", ""},
		"plain":             {[]byte(patch), "", patch, ""},
		"identity":          {[]byte(patch), "Identity", patch, ""},
		"gzip":              {gzipped([]byte(patch)), "gzip", patch, ""},
		"GZIP":              {gzipped([]byte(patch)), " GZIP ", patch, ""},
		"x-gzip":            {gzipped([]byte(patch)), "x-gzip", patch, ""},
		"gzip of nothing":   {gzipped(nil), "gzip", "", ""},
		"gzip, two members": {append(gzipped([]byte(patch)), gzipped([]byte("x"))...), "gzip", patch + "x", ""},
		"deflate, zlib":     {zlibbed(patch), "deflate", patch, ""},
		"deflate, bare":     {deflated(patch), "deflate", patch, ""},
		"brotli":            {[]byte("x"), "br", "", bodyEncoding},
		"two codings":       {gzipped(gzipped([]byte(patch))), "gzip, gzip", "", bodyEncoding},
		"not gzip":          {[]byte(patch), "gzip", "", bodyCorrupt},
		"gzip cut":          {gzipped([]byte(patch))[:20], "gzip", "", bodyCorrupt},
		"gzip and more":     {append(gzipped([]byte(patch)), "trailing"...), "gzip", "", bodyCorrupt},
		"zlib and more":     {append(zlibbed(patch), "trailing"...), "deflate", "", bodyCorrupt},
		"zlib cut":          {zlibbed(patch)[:8], "deflate", "", bodyCorrupt},
		"deflate nonsense":  {[]byte("\xff\xff\xff"), "deflate", "", bodyCorrupt},
		"bomb":              {bomb, "gzip", "", bodyTooLarge},
		"large":             {make([]byte, 5<<20), "", "", bodyTooLarge},
	} {
		for _, known := range []bool{true, false} {
			r := newRequest("PATCH", "http://localhost/v1.0/me", string(c.sent))
			r.Header.Set("Content-Type", "application/json; charset=utf-8")
			r.Header.Set("Content-Encoding", c.encoding)
			if !known && len(c.sent) > 0 {
				r.ContentLength = -1
			}
			got := testReader().Read(r, testTime)
			if string(got.Body) != c.want || kindOf(got.BodyError) != c.kind {
				t.Errorf("%s, length known %v: %d bytes %.60q, error %v", name, known, len(got.Body), got.Body, got.BodyError)
			}
			if (got.Body == nil) != (c.want == "") {
				t.Errorf("%s: body nil: %v", name, got.Body == nil)
			}
		}
	}
}

func kindOf(err error) string {
	var e *call.BodyError
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

func TestReader_BodyLimits(t *testing.T) {
	for name, c := range map[string]struct {
		contentType string
		size        int
		refused     bool
	}{
		"json at the limit":     {"application/json", 100, false},
		"json above":            {"application/json", 101, true},
		"+json":                 {"application/merge-patch+json", 101, true},
		"content at the limit":  {"text/plain", 200, false},
		"content above":         {"application/octet-stream", 201, true},
		"fragment without type": {"", 150, false},
	} {
		rd := testReader()
		rd.MaxBody, rd.MaxContent = 100, 200
		r := newRequest("PUT", "http://localhost/v1.0/me", strings.Repeat("x", c.size))
		r.Header.Set("Content-Type", c.contentType)
		if got := kindOf(rd.Read(r, testTime).BodyError) == bodyTooLarge; got != c.refused {
			t.Errorf("%s: refused %v", name, got)
		}
	}
}

// A body that says that it is too large must not be waited for.
func TestReader_TooLargeIsNotRead(t *testing.T) {
	r := newRequest("POST", "http://localhost/v1.0/users", "x")
	r.Body = io.NopCloser(iotest.ErrReader(errors.New("read")))
	r.ContentLength = 1 << 40
	if kind := kindOf(testReader().Read(r, testTime).BodyError); kind != bodyTooLarge {
		t.Errorf("kind %q", kind)
	}
}

func TestReader_BodyBreaks(t *testing.T) {
	for name, length := range map[string]int64{"known length": 100, "chunked": -1} {
		r := newRequest("POST", "http://localhost/v1.0/users", "x")
		r.Body = io.NopCloser(io.MultiReader(strings.NewReader("ab"), iotest.ErrReader(errors.New("10.0.0.1: reset"))))
		r.ContentLength = length
		err := testReader().Read(r, testTime).BodyError
		if length > 0 {
			r = newRequest("POST", "http://localhost/v1.0/users", "ab")
			r.ContentLength = length
			if short := testReader().Read(r, testTime).BodyError; kindOf(short) != bodyRead || !strings.Contains(short.Error(), "ended early") {
				t.Errorf("short body: %v", short)
			}
		}
		if kindOf(err) != bodyRead || !strings.Contains(err.Error(), "after 2 bytes") || strings.Contains(err.Error(), "10.0.0.1") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Bodies are kept by the journal while the pool serves the next request.
func TestReader_BodiesAreIndependent(t *testing.T) {
	rd := testReader()
	var kept [][]byte
	for i := range 20 {
		r := newRequest("PATCH", "http://localhost/v1.0/me", string(gzipped(bytes.Repeat([]byte{byte('a' + i)}, 100))))
		r.Header.Set("Content-Encoding", "gzip")
		kept = append(kept, rd.Read(r, testTime).Body)
	}
	for i, body := range kept {
		if string(body) != strings.Repeat(string(rune('a'+i)), 100) {
			t.Errorf("body %d was overwritten: %q", i, body)
		}
	}
}

// FuzzBody checks that whatever the bytes, reading ends within the limit, and
// that a body which inflates does so the same way twice.
func FuzzBody(f *testing.F) {
	f.Add([]byte(patch), "gzip")
	f.Add(gzipped([]byte(patch)), "gzip")
	f.Add(zlibbed(patch), "deflate")
	f.Add(deflated(patch), "deflate")
	f.Add(gzipped(make([]byte, 1<<16)), "gzip")
	rd := testReader()
	rd.MaxBody = 1 << 12
	f.Fuzz(func(t *testing.T, sent []byte, encoding string) {
		read := func() ([]byte, error) {
			r := newRequest("POST", "http://localhost/v1.0/users", string(sent))
			r.Header = http.Header{"Content-Type": {"application/json"}, "Content-Encoding": {encoding}}
			c := rd.Read(r, testTime)
			return c.Body, c.BodyError
		}
		body, err := read()
		again, errAgain := read()
		if len(body) > 1<<12 || err != nil && body != nil || err != nil && kindOf(err) == "" {
			t.Fatalf("%d bytes, error %v", len(body), err)
		}
		if !bytes.Equal(body, again) || kindOf(err) != kindOf(errAgain) {
			t.Fatalf("not the same twice: %v, %v", err, errAgain)
		}
	})
}

// FuzzBodyRoundTrip checks that what was compressed comes back.
func FuzzBodyRoundTrip(f *testing.F) {
	f.Add(patch)
	f.Add(strings.Repeat("x", 5000))
	rd := testReader()
	f.Fuzz(func(t *testing.T, plain string) {
		for encoding, sent := range map[string][]byte{"gzip": gzipped([]byte(plain)), "deflate": zlibbed(plain)} {
			r := newRequest("POST", "http://localhost/v1.0/users", string(sent))
			r.Header.Set("Content-Encoding", encoding)
			if c := rd.Read(r, testTime); string(c.Body) != plain || c.BodyError != nil {
				t.Fatalf("%s: %q, %v", encoding, c.Body, c.BodyError)
			}
		}
	})
}
