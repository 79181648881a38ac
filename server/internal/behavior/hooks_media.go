package behavior

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Receiver notes on an entity what came in as its stream: size, type, hashes.
// Creator and Updater are not asked.
type Receiver interface {
	Receive(tx Tx, e *Entity, m Media) *grapherr.Error
}

// Renderer makes the bytes of a stream that follows from the entity instead of
// being stored; false when it has none under that name.
type Renderer interface {
	Render(tx Tx, e Entity, stream string) (mediaType string, data []byte, ok bool)
}

// Redirector has streams that are fetched from a pre-authenticated URL, to which
// a read of the stream leads with 302.
type Redirector interface{ Redirects(stream string) bool }

// Locator knows where a stream is to be fetched that is made of another one, such
// as "small/content" of a set of thumbnails; false for all others.
type Locator interface {
	Locate(tx Tx, e Entity, stream string) (url string, ok bool)
}

// Taker creates its entities from bodies of other media types than JSON, too:
// its Creator finds the bytes in [Streaming.Body].
type Taker interface{ Takes(mediaType string) bool }

// Media is a stream as an entity's behaviour sees it.
type Media struct {
	Stream    string // "$value", or the property's name
	Type      string // media type as the client sent it; "" for none
	Length    int64
	XorHash   string // quickXorHash of the bytes, base64
	Beginning []byte // the first bytes, as many as tell a picture's size

	Said entity.Object // what the client said of the file beside its bytes, in the item of an upload session
}

// Supplier makes what the service has below an entity without anybody's having
// asked for it, such as a user's drive, when a path first goes there. It is
// registered for a navigation, and asked once per owner. key is the key behind
// the navigation in the path, "" for none.
type Supplier interface {
	Supply(tx Tx, owner Entity, key string) *grapherr.Error
}

// Following is for a [Supplier] of what an owner has by another state of itself: it
// is asked once for each edition.
type Following interface {
	Edition(owner Entity) string
}

// Collective is for a [Supplier] that makes what all entities of one kind have at once:
// it is asked once for what they are of, which is then the owner.
type Collective interface {
	Whole(tx Tx, asking Entity) Ref
}

// Amender changes a stream by what a PATCH of it says, instead of taking its body
// for the new bytes.
type Amender interface {
	Amend(tx Tx, e *Entity, stream, mediaType string, change []byte) *grapherr.Error
}

// Presenter shows a stored stream in another form that the request asks for;
// false where it is shown as it is.
type Presenter interface {
	Present(tx Tx, e Entity, stream string) (mediaType string, data []byte, ok bool)
}
