package edge

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"net/http"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// content is r's body to be read as it comes, inflated on the way.
func (rd *Reader) content(r *http.Request, coding string) *call.Content {
	body := &contentReader{from: r.Body, coding: coding, limit: positive(rd.MaxContent, DefaultMaxContent)}
	length := r.ContentLength
	if coding != "" {
		length = -1
	}
	return call.NewContent(body, length)
}

// contentReader inflates a body, limits it, and words its errors.
type contentReader struct {
	from   io.Reader
	coding string // "" once it is opened, or sent as it is
	limit  int64
	read   int64
	broken bool // the connection, not the compression
}

func (c *contentReader) Read(p []byte) (int, error) {
	if c.coding != "" {
		plain, err := inflate(c.coding, wire{c.from, &c.broken})
		if err != nil {
			return 0, c.worded(err)
		}
		c.from, c.coding = inflated{plain}, ""
	}
	n, err := c.from.Read(p)
	if c.read += int64(n); c.read > c.limit {
		return 0, tooLarge(c.limit)
	}
	if err != nil && err != io.EOF {
		err = c.worded(err)
	}
	return n, err
}

func (c *contentReader) worded(err error) error {
	if _, compressed := c.from.(inflated); (compressed || c.coding != "") && !c.broken {
		return corrupt("compressed", err)
	}
	return unreadable(c.read, err)
}

// inflated marks a reader whose errors are those of a decompressor.
type inflated struct{ io.Reader }

// wire notes that reading failed below a decompressor.
type wire struct {
	io.Reader
	broken *bool
}

func (c wire) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if err != nil && err != io.EOF {
		*c.broken = true
	}
	return n, err
}

// inflate opens a compressed body. What HTTP calls deflate comes with zlib's
// header from most clients, and without from some.
func inflate(coding string, from io.Reader) (io.Reader, error) {
	if coding == "gzip" {
		return gzip.NewReader(from)
	}
	buffered := bufio.NewReader(from)
	if head, err := buffered.Peek(2); err == nil && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		return zlib.NewReader(buffered)
	}
	return flate.NewReader(buffered), nil
}

// stream sends a body that is written as it is made. An answer that breaks off
// must not look whole.
func stream(w http.ResponseWriter, resp *call.Response) {
	if err := resp.Stream(w); err != nil {
		panic(http.ErrAbortHandler)
	}
}

// truncateStream sends the header of the whole answer and half its body.
func truncateStream(w http.ResponseWriter, resp *call.Response) {
	w.WriteHeader(resp.Status)
	_ = resp.Stream(&half{w, resp.Length / 2})
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// half passes on so many bytes and then fails.
type half struct {
	to   io.Writer
	left int64
}

func (h *half) Write(p []byte) (int, error) {
	if int64(len(p)) <= h.left {
		h.left -= int64(len(p))
		return h.to.Write(p)
	}
	n, err := h.to.Write(p[:h.left])
	h.left = 0
	if err == nil {
		err = io.ErrShortWrite
	}
	return n, err
}
