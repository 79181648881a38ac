package edge

import (
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// leastCompressed is the length from which a body is compressed. Shorter ones
// fit into a packet or two, where compression costs more than it saves.
const leastCompressed = 2048

// compressed is body as the client wants it: gzip when it says so (R,
// graph-behaviour §5.1), which the header then tells; else body itself. Bodies
// that are streamed are left alone: they are files, whose ranges speak of the
// bytes as they are kept, and mostly compressed themselves. An ETag stays as it
// is: OData's is the entity's, in whatever form it is sent.
func (f *fields) compressed(r *http.Request, resp *call.Response, body []byte) []byte {
	if len(body) < leastCompressed || resp.Fault == faultTruncate || !takesGzip(r.Header["Accept-Encoding"]) {
		return body
	}
	if len(f.h["Content-Encoding"]) > 0 || len(f.h["Content-Range"]) > 0 {
		return body
	}
	small := zip(body)
	f.set("Content-Encoding", "gzip")
	f.set("Content-Length", strconv.Itoa(len(small)))
	return small
}

// takesGzip reads Accept-Encoding (RFC 9110 §12.5.3): gzip by its name, else
// by the star, unless its weight is zero. Absent, the client wants no coding.
func takesGzip(values []string) bool {
	star := false
	for _, value := range values {
		for item := range strings.SplitSeq(value, ",") {
			coding, weight, _ := strings.Cut(item, ";")
			coding = strings.TrimSpace(coding)
			switch {
			case strings.EqualFold(coding, "gzip"), strings.EqualFold(coding, "x-gzip"):
				return !zeroWeight(weight)
			case coding == "*":
				star = !zeroWeight(weight)
			}
		}
	}
	return star
}

func zeroWeight(parameter string) bool {
	name, value, ok := strings.Cut(strings.ReplaceAll(parameter, " ", ""), "=")
	if !ok || !strings.EqualFold(name, "q") {
		return false
	}
	q, err := strconv.ParseFloat(value, 64)
	return err == nil && q == 0
}

// zippers are writers to use again: a new one costs hundreds of kilobytes.
var zippers = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic("edge: " + err.Error()) // of a level that does not exist
	}
	return w
}}

// zip compresses a whole body; at a fifth of its length nearly all of Graph's
// JSON fits.
func zip(body []byte) []byte {
	to := sink(make([]byte, 0, len(body)/5+64))
	w := zippers.Get().(*gzip.Writer)
	defer zippers.Put(w)
	w.Reset(&to)
	_, _ = w.Write(body) // a sink takes everything
	_ = w.Close()
	return to
}

// sink keeps what is written.
type sink []byte

func (s *sink) Write(p []byte) (int, error) {
	*s = append(*s, p...)
	return len(p), nil
}
