package edge

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// The kinds of [call.BodyError].
const (
	bodyTooLarge = "too-large"
	bodyEncoding = "encoding"
	bodyCorrupt  = "corrupt"
	bodyRead     = "read"
	bodySlow     = "slow"
)

// The limits of a [Reader] that is told of none.
const (
	DefaultMaxBody    = 4 << 20
	DefaultMaxContent = 16 << 30
)

// shortContent is up to where a body that is no JSON is read at once, so that
// the journal shows it.
const shortContent = 32 << 10

// body reads and inflates r's body into bytes of its own, which may be kept, or
// returns it as content. A body that says it is too large is not read at all.
func (rd *Reader) body(r *http.Request) ([]byte, *call.Content, error) {
	if r.Body == nil || r.Body == http.NoBody || r.ContentLength == 0 {
		return nil, nil, nil
	}
	whole := isWhole(r.Header.Get("Content-Type"))
	limit := rd.limit(whole)
	coding, err := contentCoding(r.Header["Content-Encoding"])
	if coding == "gzip" && r.Header["Retry-Attempt"] != nil {
		coding = plainAgain(r)
	}
	switch {
	case err != nil:
		return nil, nil, err
	case r.ContentLength > limit:
		// What is JSON to the client may be a file to the operation.
		return nil, rd.content(r, coding), tooLarge(limit)
	case !whole && (coding != "" || r.ContentLength < 0 || r.ContentLength > shortContent):
		return nil, rd.content(r, coding), nil
	}
	var body []byte
	if coding == "" && r.ContentLength > 0 {
		body, err = readExactly(r.Body, r.ContentLength)
	} else {
		body, err = rd.readPooled(r.Body, coding, limit)
	}
	return body, nil, err
}

// limit is how long a body may be.
func (rd *Reader) limit(whole bool) int64 {
	if whole {
		return positive(rd.MaxBody, DefaultMaxBody)
	}
	return positive(rd.MaxContent, DefaultMaxContent)
}

// isWhole reports whether a body of a media type is of use only when all of it
// is there.
func isWhole(contentType string) bool {
	media, _, _ := strings.Cut(contentType, ";")
	return isJSON(contentType) || strings.EqualFold(strings.TrimSpace(media), "application/x-www-form-urlencoded")
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

// plainAgain finds out whether a retry is compressed at all. kiota-http-go
// orders its handlers by chance: where the one that retries stands outside of
// the one that compresses, a retry repeats the header fields of the compressed
// request with the body as it was before (observed in 1.5.4, 2026-11).
func plainAgain(r *http.Request) (coding string) {
	peeked := bufio.NewReader(r.Body)
	magic, err := peeked.Peek(2)
	r.Body = struct {
		io.Reader
		io.Closer
	}{peeked, r.Body}
	if err == nil && !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return ""
	}
	return "gzip"
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
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &call.BodyError{Kind: bodySlow, Text: fmt.Sprintf(
			"request body: nothing more came after %d bytes, or too little: send what Content-Length announces, or set --body-timeout", read)}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		what = "ended early"
	}
	return &call.BodyError{Kind: bodyRead, Text: fmt.Sprintf("request body: %s after %d bytes", what, read)}
}
