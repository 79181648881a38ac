package behavior

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

// Streaming is what a behaviour may do about bytes and long operations, and what
// it can know of a body beside its members.
type Streaming interface {
	// Annotation returns an annotation of the body, such as
	// "@microsoft.graph.conflictBehavior".
	Annotation(name string) (string, bool)
	// Body is the body of a media type that is no JSON; nil for none.
	Body() []byte
	// DownloadURL is where a stream of an entity can be fetched without a token,
	// for an hour.
	DownloadURL(ref Ref, stream string) string
	// BlobURL is where the bytes of an entity can be put without a token, as those
	// of a blob of Azure Storage.
	BlobURL(ref Ref) string
	// SetStream gives an entity bytes under a name.
	SetStream(ref Ref, stream, mediaType string, data []byte) *grapherr.Error
	// Stream returns the bytes that an entity has under a name.
	Stream(ref Ref, stream string) ([]byte, bool)
	// CopyStreams gives an entity the streams of another one, which share their
	// bytes.
	CopyStreams(from, to Ref) *grapherr.Error
	// Monitor notes that a long operation makes a resource by going through so
	// many bytes, and returns the URL at which the client asks how it goes.
	Monitor(operation, resourceID string, work int64) (string, *grapherr.Error)
}
