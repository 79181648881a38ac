package graph

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// mediaValue is the name of an entity's own stream.
const mediaValue = "$value"

// stream answers operations on bytes: $value and properties of type Edm.Stream
// (graph-behaviour §10.5). Unlike all others it opens its transactions itself,
// because none may be open while bytes come from a client or go to it.
func (q *run) stream() (call.Response, *refusal) {
	switch q.op.Method {
	case "GET":
		return q.readStream()
	case "DELETE":
		return q.inUpdate(q.dropStream)
	}
	return q.writeStream()
}

// inUpdate runs a function within a transaction that a refusal undoes.
func (q *run) inUpdate(fn func() (call.Response, *refusal)) (response call.Response, refused *refusal) {
	err := q.Store.Update(func(tx store.Writer) error {
		tx = q.recording(tx)
		q.reader, q.writer = tx, Indexed(tx)
		if response, refused = fn(); refused != nil {
			return refused
		}
		return q.ensue()
	})
	if err != nil {
		q.undone()
		return response, firstOf(refused, err)
	}
	q.trailed()
	return response, refused
}

// inView runs a function that only reads.
func (q *run) inView(fn func(*run) (call.Response, *refusal)) (call.Response, *refusal) {
	if q.eye.of != q {
		q.eye = eye{q, q.look}
	}
	refused := q.supplied(func() *refusal {
		q.sight = sight{work: fn}
		err := q.Store.View(q.eye.look)
		return firstOf(q.sight.refused, err)
	})
	return q.sight.response, refused
}

// look does the work of a view.
func (q *run) look(tx store.Reader) error {
	q.reader = q.watch(tx)
	q.sight.response, q.sight.refused = q.sight.work(q)
	return nil
}

// sight is what a view does, and what it has come to. It is kept in the run,
// because variables of a closure would be made anew for each read.
type sight struct {
	work     func(*run) (call.Response, *refusal)
	response call.Response
	refused  *refusal
}

// eye is a run's look as a value, which is made once for each run of the pool. A
// copy of the run needs its own.
type eye struct {
	of   *run
	look func(store.Reader) error
}

// streamName is the name of the stream that a path ends with.
func streamName(segments []openapi.Segment) string { return segments[len(segments)-1].Name }

// streamPath is the name of the stream with those of the complex values that it
// is in: "small/content".
func streamPath(segments []openapi.Segment) string {
	names, _ := propertyPath(segments)
	return strings.Join(append(names, streamName(segments)), "/")
}

// readStream answers GET of a stream.
func (q *run) readStream() (call.Response, *refusal) {
	response, refused := q.inView(func(q *run) (call.Response, *refusal) {
		if refused := q.locate(); refused != nil {
			return call.Response{}, refused
		}
		switch {
		case !q.place.found && q.place.single:
			return call.Response{}, q.noStream(streamName(q.Call.Target.Segments))
		case !q.place.found:
			return call.Response{}, q.missing(&q.place)
		}
		return q.streamOf(q.place.entity, streamName(q.Call.Target.Segments))
	})
	if refused == nil && q.Call.InBatch && response.Stream != nil {
		return q.held(response)
	}
	return response, refused
}

// streamOf answers with a stream of an entity: the stored one, one that its
// behaviour renders, or bytes that stand in the entity itself.
func (q *run) streamOf(e store.Entity, name string) (call.Response, *refusal) {
	s, err := q.reader.Stream(e.Ordinal, name)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return call.Response{}, broken(err)
	}
	b := q.behaviorFor(e)
	if l, ok := b.(behavior.Locator); ok {
		if at, ok := l.Locate(tx{q}, behavior.Entity{Ref: behavior.Ref(e.Ordinal), ID: e.ID}, streamPath(q.Call.Target.Segments)); ok {
			r := call.Response{Status: 302}
			r.Set("Location", at)
			return r, nil
		}
	}
	if r, ok := b.(behavior.Redirector); ok && (err == nil || q.mediaOf(e)) && r.Redirects(name) {
		return q.redirected(e, name), nil
	}
	if p, ok := b.(behavior.Presenter); ok {
		known, _ := tx{q}.Entity(behavior.Ref(e.Ordinal))
		if mediaType, data, ok := p.Present(tx{q}, known, name); ok {
			return q.sendStream(store.Bytes(mediaType, data), q.streamTag(e)), nil
		}
	}
	if err == nil {
		return q.sendStream(s, q.streamTag(e)), nil
	}
	mediaType, data, ok := q.derivedStream(b, e, name)
	if !ok && q.mediaOf(e) {
		q.note("nobody has given the entity bytes: its stream is empty")
		ok = true
	}
	if !ok {
		return call.Response{}, q.noStream(name)
	}
	return q.sendStream(store.Bytes(mediaType, data), q.streamTag(e)), nil
}

// mediaOf reports whether an entity is one of a stream, as a hosted content or a
// printed document is: it has one even when a fixture gave it no bytes. The photo
// of a user who has none is not there instead.
func (q *run) mediaOf(e store.Entity) bool {
	for t := q.entityType(e); t != nil; t = t.Base() {
		if t.Stream {
			return !q.place.single
		}
	}
	return branding(q.entityType(e))
}

// brandingType has pictures that are empty until somebody puts them there, with
// 204 (graph-behaviour §10.5).
const brandingType = "microsoft.graph.organizationalBrandingProperties"

func branding(t *openapi.Type) bool {
	for ; t != nil; t = t.Base() {
		if t.Name == brandingType {
			return true
		}
	}
	return false
}

// derivedStream makes a stream from the entity's members.
func (q *run) derivedStream(b any, e store.Entity, name string) (mediaType string, data []byte, ok bool) {
	o, err := entity.Members(e.JSON)
	if err != nil {
		return "", nil, false
	}
	if r, renders := b.(behavior.Renderer); renders {
		known, _ := tx{q}.Entity(behavior.Ref(e.Ordinal))
		if mediaType, data, ok = r.Render(tx{q}, known, name); ok {
			return mediaType, data, ok
		}
	}
	member := name
	if name == mediaValue {
		member = "contentBytes" // attachments, hosted contents, embedded files
	}
	text, ok := o.String(member)
	if !ok {
		return "", nil, false
	}
	if data, err = base64.StdEncoding.DecodeString(text); err != nil {
		return "", nil, false
	}
	mediaType, _ = o.String("contentType")
	return mediaType, data, true
}

// behaviorFor is the behaviour of an entity's own type, or nil.
func (q *run) behaviorFor(e store.Entity) any {
	for t := q.entityType(e); t != nil; t = t.Base() {
		if b := q.Behaviors.Type(t.Name); b != nil {
			return b
		}
	}
	return nil
}

func (q *run) noStream(name string) *refusal {
	err := grapherr.NotFound(q.family(), q.place.key)
	if t := q.place.typ; t != nil && t.Name == "microsoft.graph.profilePhoto" {
		err = grapherr.PhotoNotFound()
	}
	return &refusal{err: err, reason: "the entity has no bytes under " + name + ": PUT some first"}
}

// streamTag is the ETag of an entity's streams: that of its media, else its
// revision.
func (q *run) streamTag(e store.Entity) string {
	raw, _ := entity.Field(e.JSON, "@odata.mediaEtag")
	if tag, ok := entity.Unquote(raw); ok && strings.HasPrefix(tag, `"`) {
		return tag
	}
	return `"` + hexOf(e.Revision) + `"`
}

func hexOf(n uint64) string {
	const digits = "0123456789ABCDEF"
	var b [16]byte
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = digits[n&15]
		n >>= 4
	}
	return string(b[:])
}

// held is a streamed answer with its bytes in hand, for a step of a batch.
func (q *run) held(r call.Response) (call.Response, *refusal) {
	var b bytes.Buffer
	if err := r.Stream(&b); err != nil {
		return call.Response{}, broken(err)
	}
	r.Body, r.Stream, r.Length = b.Bytes(), nil, 0
	return r, nil
}

// dropStream answers DELETE of a stream. An entity that is nothing without it,
// as a photo, goes as well.
func (q *run) dropStream() (call.Response, *refusal) {
	if refused := q.locate(); refused != nil {
		return call.Response{}, refused
	}
	name := streamName(q.Call.Target.Segments)
	if !q.place.found {
		return call.Response{}, q.noStream(name)
	}
	removed, err := q.writer.RemoveStream(q.place.entity.Ordinal, name)
	if err != nil {
		return call.Response{}, broken(err)
	}
	if !removed && !q.mediaOf(q.place.entity) {
		return call.Response{}, q.noStream(name)
	}
	if t := q.place.typ; t != nil && t.Stream && q.place.single {
		if err := q.writer.Delete(q.place.entity.Ordinal); err != nil {
			return call.Response{}, broken(err)
		}
	}
	return call.Response{Status: q.success(204)}, nil
}

// content is the body of the call as a reader, however it came.
func (q *run) content() io.Reader {
	if from := q.Call.Content.Take(); from != nil {
		return from
	}
	return bytes.NewReader(q.Call.Body)
}
