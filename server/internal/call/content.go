package call

import "io"

// Content is a request body that is read as it comes, because it may be of any
// length. It belongs to one goroutine.
type Content struct {
	Length int64 // as announced; -1 when the client did not say, or compressed it

	from io.Reader
}

// NewContent makes content of a reader, whose errors are [*BodyError].
func NewContent(from io.Reader, length int64) *Content {
	return &Content{Length: length, from: from}
}

// Take returns the reader the first time, and nil to everybody after: bytes of
// a connection can be read once. It may be called on nil.
func (c *Content) Take() io.Reader {
	if c == nil {
		return nil
	}
	from := c.from
	c.from = nil
	return from
}
