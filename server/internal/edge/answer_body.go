package edge

import (
	"context"
	"io"
	"net/http"
)

// wholeBody is the body of an answer that was complete when the client got it.
type wholeBody struct {
	data   []byte // not yet read; never written to
	end    error  // after data
	closed bool
}

func (b *wholeBody) Read(p []byte) (int, error) {
	switch {
	case b.closed:
		return 0, http.ErrBodyReadAfterClose
	case len(b.data) == 0:
		return 0, b.end
	}
	n := copy(p, b.data)
	b.data = b.data[n:]
	return n, nil
}

func (b *wholeBody) Close() error {
	b.closed = true
	return nil
}

// streamedBody is the body of an answer whose handler still runs.
type streamedBody struct {
	held   []byte // written before the client got the answer
	stream *io.PipeReader
	stop   func() bool        // of the watch over the client's context
	cancel context.CancelFunc // ends the handler's context
}

// newStreamedBody breaks the stream off when the client's context ends,
// whether or not the handler notices.
func newStreamedBody(ctx context.Context, held []byte, stream *io.PipeReader, writer *io.PipeWriter, cancel context.CancelFunc) *streamedBody {
	stop := context.AfterFunc(ctx, func() { _ = writer.CloseWithError(context.Cause(ctx)) })
	return &streamedBody{held: held, stream: stream, stop: stop, cancel: cancel}
}

func (b *streamedBody) Read(p []byte) (int, error) {
	if len(b.held) > 0 {
		n := copy(p, b.held)
		b.held = b.held[n:]
		return n, nil
	}
	n, err := b.stream.Read(p)
	if err != nil {
		b.stop()
	}
	return n, err
}

// Close ends the handler's context and its writes, as closing the connection
// would.
func (b *streamedBody) Close() error {
	b.stop()
	b.held = nil
	b.cancel()
	return b.stream.CloseWithError(http.ErrBodyReadAfterClose)
}
