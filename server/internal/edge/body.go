package edge

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// The kinds of [call.BodyError].
const (
	bodyTooLarge = "too-large"
	bodyEncoding = "encoding"
	bodyCorrupt  = "corrupt"
	bodyRead     = "read"
)

const (
	defaultMaxBody    = 4 << 20
	defaultMaxContent = 64 << 20
)

// body reads and inflates r's body into bytes of its own, which may be kept.
// A body that says it is too large is not read at all.
func (rd *Reader) body(r *http.Request) ([]byte, error) {
	if r.Body == nil || r.Body == http.NoBody || r.ContentLength == 0 {
		return nil, nil
	}
	limit := rd.limit(r.Header.Get("Content-Type"))
	if r.ContentLength > limit {
		return nil, tooLarge(limit)
	}
	coding, err := contentCoding(r.Header["Content-Encoding"])
	if err != nil {
		return nil, err
	}
	if coding == "" && r.ContentLength > 0 {
		return readExactly(r.Body, r.ContentLength)
	}
	return rd.readPooled(r.Body, coding, limit)
}

func (rd *Reader) limit(contentType string) int64 {
	if isJSON(contentType) {
		return positive(rd.MaxBody, defaultMaxBody)
	}
	return positive(rd.MaxContent, defaultMaxContent)
}

func positive(n, otherwise int64) int64 {
	if n > 0 {
		return n
	}
	return otherwise
}

func isJSON(contentType string) bool {
	media, _, _ := strings.Cut(contentType, ";")
	media = strings.ToLower(strings.TrimSpace(media))
	return media == "application/json" || media == "text/json" || strings.HasSuffix(media, "+json")
}

// contentCoding returns "gzip", "deflate" or "" for a body sent as it is.
func contentCoding(values []string) (string, error) {
	if len(values) == 0 {
		return "", nil
	}
	switch coding := strings.ToLower(strings.TrimSpace(strings.Join(values, ","))); coding {
	case "", "identity":
		return "", nil
	case "gzip", "x-gzip":
		return "gzip", nil
	case "deflate":
		return coding, nil
	default:
		return "", &call.BodyError{Kind: bodyEncoding, Text: fmt.Sprintf(
			"request body: Content-Encoding %q is not supported: send gzip, deflate or no encoding", shorten(coding, 40))}
	}
}

// readExactly reads a body of known length without a second copy.
func readExactly(from io.Reader, length int64) ([]byte, error) {
	body := make([]byte, length)
	if n, err := io.ReadFull(from, body); err != nil {
		return nil, unreadable(int64(n), err)
	}
	return body, nil
}

// readPooled reads a body whose final size is not known through pooled
// buffers and returns a copy of just its size.
func (rd *Reader) readPooled(from io.Reader, coding string, limit int64) ([]byte, error) {
	in, ok := rd.inflaters.Get().(*inflater)
	if !ok {
		in = new(inflater)
	}
	defer func() {
		if in.reset() {
			rd.inflaters.Put(in)
		}
	}()
	plain, err := in.read(from, coding, limit)
	if err != nil || len(plain) == 0 {
		return nil, err
	}
	return bytes.Clone(plain), nil
}

func tooLarge(limit int64) error {
	return &call.BodyError{Kind: bodyTooLarge, Text: fmt.Sprintf(
		"request body: larger than %d bytes after inflating: send less at once, or an upload session in fragments", limit)}
}

func corrupt(coding string, err error) error {
	return &call.BodyError{Kind: bodyCorrupt, Text: fmt.Sprintf(
		"request body: does not inflate as Content-Encoding says (%s): %v", coding, err)}
}

// unreadable words a connection's error without its addresses.
func unreadable(read int64, err error) error {
	what := "connection broke"
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		what = "ended early"
	}
	return &call.BodyError{Kind: bodyRead, Text: fmt.Sprintf("request body: %s after %d bytes", what, read)}
}
