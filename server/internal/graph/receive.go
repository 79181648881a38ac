package graph

import (
	"errors"
	"io"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// writeStream answers PUT and PATCH of a stream. First it looks whether the
// bytes have a place to go to, then it takes them in, then it gives them to the
// entity, which somebody may have changed or removed meanwhile.
func (q *run) writeStream() (call.Response, *refusal) {
	if q.op.Method == "PATCH" {
		if a := q.amender(); a != nil {
			return q.amendStream(a)
		}
	}
	if _, refused := q.inView((*run).receivable); refused != nil {
		return call.Response{}, refused
	}
	s, m, refused := q.receive(q.content())
	if refused != nil {
		return call.Response{}, refused
	}
	response, refused := q.inUpdate(func() (call.Response, *refusal) {
		if _, refused := q.receivable(); refused != nil {
			return call.Response{}, refused
		}
		return q.keepStream(s, m)
	})
	if err := q.Store.Discard(s); err != nil && refused == nil {
		refused = broken(err)
	}
	return response, refused
}

// receivable finds the entity that bytes are for. A singleton, and an entity
// that is addressed by its future path, need not be there yet.
func (q *run) receivable() (call.Response, *refusal) {
	if refused := q.locate(); refused != nil {
		return call.Response{}, refused
	}
	switch {
	case q.place.found:
		return call.Response{}, q.precondition()
	case q.place.unborn != nil:
		return call.Response{}, nil
	case q.place.single && q.place.ref == nil:
		return call.Response{}, nil
	}
	return call.Response{}, q.missing(&q.place)
}

// precondition holds If-Match against the tags that bytes can be asked for by:
// the stream's, and those of the entity and of its content (D, pages
// driveitem-put-content and driveitem-createuploadsession).
func (q *run) precondition() *refusal {
	e := q.place.entity
	raw, _ := entity.Field(e.JSON, "cTag")
	content, _ := entity.Unquote(raw)
	for _, tag := range []string{q.streamTag(e), q.tagOf(e), content} {
		if matchesTag(q.Call.Header["If-Match"], tag, true) {
			return nil
		}
	}
	return &refusal{err: grapherr.TagMismatch(q.family()), reason: "If-Match: the entity's tag is " + q.streamTag(e)}
}

// receive takes bytes into the store, and finds out about them on the way.
func (q *run) receive(from io.Reader) (store.Stream, behavior.Media, *refusal) {
	d := &digest{}
	s, err := q.Store.Receive(io.TeeReader(from, d))
	if err != nil {
		return store.Stream{}, behavior.Media{}, untaken(err)
	}
	s.MediaType = q.Call.Header.Get("Content-Type")
	return s, d.media(streamName(q.Call.Target.Segments), s), nil
}

// untaken is the answer to content that broke off or could not be read.
func untaken(err error) *refusal {
	var fault *call.BodyError
	if !errors.As(err, &fault) {
		return broken(err)
	}
	refused := &refusal{err: grapherr.Unreadable(), reason: "body: " + fault.Text}
	switch fault.Kind {
	case "too-large":
		refused.err = grapherr.TooLarge()
	case "slow":
		refused.err = grapherr.TooSlow()
	}
	return refused
}

// keepStream gives received bytes to the located entity, which it makes when it
// is a singleton that is not there yet.
func (q *run) keepStream(s store.Stream, m behavior.Media) (call.Response, *refusal) {
	if refused := q.settleConflict(); refused != nil {
		return call.Response{}, refused
	}
	created := !q.place.found
	if refused := q.bear(); refused != nil {
		return call.Response{}, refused
	}
	e, refused := q.attachStream(q.place.entity, s, m)
	if refused != nil {
		return call.Response{}, refused
	}
	return q.received(e, created), nil
}

// bear makes the entity that bytes are for, when it is not there yet.
func (q *run) bear() *refusal {
	if q.place.unborn != nil {
		return q.born()
	}
	return q.settle()
}

// attachStream sets an entity's stream and lets its behaviour note it.
func (q *run) attachStream(e store.Entity, s store.Stream, m behavior.Media) (store.Entity, *refusal) {
	after, ok := tx{q}.Entity(behavior.Ref(e.Ordinal))
	if !ok {
		return e, q.missing(&q.place)
	}
	after.Object = after.Object.Clone()
	if r, ok := q.behaviorFor(e).(behavior.Receiver); ok {
		if err := r.Receive(tx{q}, &after, m); err != nil {
			return e, ruled(err)
		}
	}
	if err := q.writer.SetStream(e.Ordinal, m.Stream, s); err != nil {
		return e, broken(err)
	}
	return q.rewrite(e, after.Object)
}

// rewrite stores an entity even when its members did not change: its bytes did,
// and so must its revision.
func (q *run) rewrite(e store.Entity, after entity.Object) (store.Entity, *refusal) {
	e.JSON = after.JSON()
	revision, err := q.writer.Replace(e.Ordinal, e)
	if err != nil {
		return e, broken(err)
	}
	e.Revision = revision
	q.place.entity = e
	return e, nil
}

// received answers a write of bytes: with the entity where the operation returns
// it, 201 when it is new.
func (q *run) received(e store.Entity, created bool) call.Response {
	if branding(q.entityType(e)) {
		return call.Response{Status: 204}
	}
	if q.op.Response().Type() == nil {
		return call.Response{Status: q.success(200)}
	}
	if created {
		return q.entityResponse(201, q.computed(e, q.place.typ))
	}
	return q.entityResponse(200, q.computed(e, q.place.typ))
}
