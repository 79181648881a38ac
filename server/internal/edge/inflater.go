package edge

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
)

// maxPooled is the largest buffer kept for the next body.
const maxPooled = 1 << 20

// inflater reads one body at a time through buffers and decompressors that it
// keeps. What it returns is valid until reset.
type inflater struct {
	sent    bytes.Buffer // the body as sent
	plain   bytes.Buffer // the body inflated
	source  bytes.Reader // over sent; a ByteReader, so that no decompressor buffers
	limited io.LimitedReader
	gzip    gzip.Reader
	zlib    io.ReadCloser // nil until a first deflate body with zlib's header
	flate   io.ReadCloser // nil until a first deflate body without it
}

var errTrailing = errors.New("bytes follow the compressed data")

// read takes the whole body, at most limit bytes as sent and as inflated.
func (in *inflater) read(from io.Reader, coding string, limit int64) ([]byte, error) {
	if n, err := in.fill(&in.sent, from, limit); err != nil {
		return nil, unreadable(n, err)
	} else if n > limit {
		return nil, tooLarge(limit)
	}
	if coding == "" || in.sent.Len() == 0 {
		return in.sent.Bytes(), nil
	}
	in.source.Reset(in.sent.Bytes())
	stream, err := in.open(coding)
	if err != nil {
		return nil, corrupt(coding, err)
	}
	n, err := in.fill(&in.plain, stream, limit)
	switch {
	case n > limit: // before err: what lies behind the limit is not looked at
		return nil, tooLarge(limit)
	case err == nil && in.source.Len() > 0:
		return nil, corrupt(coding, errTrailing)
	case err != nil:
		return nil, corrupt(coding, err)
	}
	return in.plain.Bytes(), nil
}

// fill reads until the end or one byte past limit.
func (in *inflater) fill(to *bytes.Buffer, from io.Reader, limit int64) (int64, error) {
	in.limited.R, in.limited.N = from, limit+1
	return to.ReadFrom(&in.limited)
}

// open starts a decompressor over source. "deflate" means zlib's format by the
// standard, yet clients are known to send the bare stream.
func (in *inflater) open(coding string) (io.Reader, error) {
	if coding == "gzip" {
		return &in.gzip, in.gzip.Reset(&in.source)
	}
	if hasZlibHeader(in.sent.Bytes()) {
		return in.openZlib()
	}
	if in.flate == nil {
		in.flate = flate.NewReader(&in.source)
		return in.flate, nil
	}
	return in.flate, in.flate.(flate.Resetter).Reset(&in.source, nil)
}

func (in *inflater) openZlib() (io.Reader, error) {
	if in.zlib != nil {
		return in.zlib, in.zlib.(zlib.Resetter).Reset(&in.source, nil)
	}
	stream, err := zlib.NewReader(&in.source)
	if err != nil {
		return nil, err
	}
	in.zlib = stream
	return stream, nil
}

// hasZlibHeader tells zlib's two-byte header (RFC 1950 §2.2) from the start of
// a bare deflate stream.
func hasZlibHeader(b []byte) bool {
	return len(b) >= 2 && b[0]&0x0f == 8 && (uint16(b[0])<<8|uint16(b[1]))%31 == 0
}

// reset lets go of the body; it reports false when the buffers grew too large
// to be kept.
func (in *inflater) reset() bool {
	in.sent.Reset()
	in.plain.Reset()
	in.source.Reset(nil)
	in.limited.R = nil
	return in.sent.Cap() <= maxPooled && in.plain.Cap() <= maxPooled
}
