package graph

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// maxFragment is how long a fragment may be (D, graph-behaviour §10.2).
const maxFragment = 60 << 20

// fragment is one request to the URL of an upload session.
type fragment struct {
	*Engine
	call    *call.Call
	id      string
	session session
	entity  store.Ordinal
	have    store.Stream
}

// upload answers requests to the URL of an upload session.
func (e *Engine) upload(c *call.Call) call.Response {
	f := &fragment{Engine: e, call: c, id: strings.TrimPrefix(c.Path, uploadPath)}
	if refused := f.find(); refused != nil {
		return f.refuse(refused)
	}
	if _, busy := e.uploads.busy.LoadOrStore(f.id, true); busy {
		return f.refuse(&refusal{err: grapherr.ForStatus("files", 409), reason: "upload session: another fragment is under way"})
	}
	defer e.uploads.busy.Delete(f.id)
	switch c.Method {
	case "GET":
		return f.status(200)
	case "DELETE":
		return f.cancel()
	case "PUT":
		return f.told(f.take())
	case "POST":
		return f.finish()
	}
	return f.refuse(&refusal{err: grapherr.MethodNotAllowed([]string{"GET", "PUT", "POST", "DELETE"}), reason: "upload session: " + c.Method})
}

// told warns the tester of a token, for which the service may answer 401 (D, page
// driveitem-createuploadsession). It is not refused: clients that are told to send
// tokens to this host cannot tell the URL of a session from another one.
func (f *fragment) told(r call.Response) call.Response {
	if r.Reason == "" && f.call.Header.Get("Authorization") != "" {
		r.Reason = "upload session: the fragment came with an Authorization header, for which the service may answer 401"
	}
	return r
}

func (f *fragment) refuse(r *refusal) call.Response {
	return apartError(f.Engine, f.call, r.err, r.reason)
}

// find reads the session that the URL names.
func (f *fragment) find() *refusal {
	gone := &refusal{
		err:    &grapherr.Error{Status: 404, Code: "itemNotFound", Message: "The upload session was not found"},
		reason: "upload session: finished, cancelled, expired, or of another server; or its URL was changed",
	}
	v, err := url.ParseQuery(f.call.RawQuery)
	if err != nil || !f.admits(v, f.id) {
		return gone
	}
	f.call.Tenant = v.Get("t")
	err = f.Store.View(func(tx store.Reader) error {
		e, err := tx.Get(store.SetKey{Tenant: f.call.Tenant, Name: sessionSet}, f.id)
		if err != nil {
			return err
		}
		f.entity = e.Ordinal
		f.have, _ = tx.Stream(e.Ordinal, mediaValue) // none before the first fragment
		return json.Unmarshal(e.JSON, &f.session)
	})
	if err != nil || f.Clock.Now().After(f.session.Expires) {
		return gone
	}
	return nil
}

// status tells what is still expected.
func (f *fragment) status(status int) call.Response {
	next := strconv.FormatInt(f.have.Length, 10) + "-"
	if f.session.Size > 0 {
		next += strconv.FormatInt(f.session.Size-1, 10)
	}
	ranges := `["` + next + `"]`
	if f.session.Size > 0 && f.have.Length >= f.session.Size {
		ranges = "[]"
	}
	var o entity.Object
	o.SetString("expirationDateTime", stamp(f.session.Expires))
	o.Set("nextExpectedRanges", json.RawMessage(ranges))
	r := call.Response{Status: status, Body: o.JSON()}
	r.Set("Content-Type", "application/json")
	return r
}

func (f *fragment) cancel() call.Response {
	if refused := f.remove(); refused != nil {
		return f.refuse(refused)
	}
	return call.Response{Status: 204}
}

func (f *fragment) remove() *refusal {
	err := f.Store.Update(func(tx store.Writer) error { return tx.Delete(f.entity) })
	if err != nil {
		return broken(err)
	}
	return nil
}

// take appends a fragment, and finishes after the last one.
func (f *fragment) take() call.Response {
	first, last, total, refused := f.contentRange()
	if refused == nil {
		refused = f.fits(first, last, total)
	}
	if refused == nil {
		refused = f.append(last - first + 1)
	}
	if refused != nil {
		return f.refuse(refused)
	}
	f.session.Size, f.session.Expires = total, f.Clock.Now().Add(sessionLife)
	if refused := f.save(); refused != nil {
		return f.refuse(refused)
	}
	if f.have.Length < total || f.session.Defer {
		if f.session.Item != nil {
			return f.status(200)
		}
		return f.status(202)
	}
	return f.finish()
}

func (f *fragment) contentRange() (first, last, total int64, refused *refusal) {
	field := f.call.Header.Get("Content-Range")
	if field == "" {
		if n := f.bodyLength(); n >= 0 {
			return 0, n - 1, n, nil // all at once
		}
	}
	if _, err := fmt.Sscanf(strings.ToLower(field), "bytes %d-%d/%d", &first, &last, &total); err != nil || last < first || total <= last {
		return 0, 0, 0, &refusal{err: &grapherr.Error{Status: 400, Code: "invalidRequest", Message: "The Content-Range header is missing or malformed."},
			reason: "Content-Range: want bytes FIRST-LAST/TOTAL"}
	}
	return first, last, total, nil
}

func (f *fragment) bodyLength() int64 {
	if f.call.Content != nil {
		return f.call.Content.Length
	}
	return int64(len(f.call.Body))
}

// fits holds a fragment against what came so far.
func (f *fragment) fits(first, last, total int64) *refusal {
	n, length := last-first+1, f.bodyLength()
	switch {
	case first < f.have.Length:
		return rangeError(416, "invalidRange", "fragmentOverlap", "Uploaded fragment overlaps with existing data.")
	case first > f.have.Length:
		return rangeError(416, "invalidRange", "fragmentOutOfOrder", "The uploaded fragment is out of order.")
	case length >= 0 && length != n:
		return rangeError(400, "invalidRequest", "fragmentLengthMismatch", "The Content-Length does not match the Content-Range.")
	case f.session.Size > 0 && f.session.Size != total:
		return rangeError(400, "invalidRequest", "fragmentLengthMismatch", "The total size differs from that of earlier fragments.")
	case n > maxFragment:
		return rangeError(400, "invalidRequest", "maxFragmentLengthExceeded", "The fragment is longer than 60 MiB.")
	}
	return nil
}

func rangeError(status int, code, inner, message string) *refusal {
	return &refusal{
		err:    &grapherr.Error{Status: status, Code: code, Message: message, Inner: &grapherr.Cause{Code: inner}},
		reason: "upload session: " + inner,
	}
}

// append stores a fragment's bytes behind those that came before.
func (f *fragment) append(n int64) *refusal {
	q := &run{Engine: f.Engine, Request: Request{Call: f.call}}
	longer, err := f.Store.Extend(f.have, io.LimitReader(q.content(), n))
	if err != nil {
		return untaken(err)
	}
	if longer.Length != f.have.Length+n {
		return rangeError(400, "invalidRequest", "fragmentLengthMismatch", "The body ended before the Content-Range says.")
	}
	f.have = longer
	return nil
}

// save keeps what came.
func (f *fragment) save() *refusal {
	data, err := json.Marshal(f.session)
	if err == nil {
		err = f.Store.Update(func(tx store.Writer) error {
			_, e, err := tx.At(f.entity)
			if err != nil {
				return err
			}
			e.JSON = data
			if _, err = tx.Replace(f.entity, e); err != nil {
				return err
			}
			return tx.SetStream(f.entity, mediaValue, f.have)
		})
	}
	if err != nil {
		_ = f.Store.Discard(f.have) // unless a session has it
		return broken(err)
	}
	return nil
}

// finish gives the bytes to the item, as PUT of its content would, or makes the
// attachment.
func (f *fragment) finish() call.Response {
	d := &digest{}
	if _, err := io.Copy(d, f.Store.Read(f.have, 0)); err != nil {
		return f.refuse(broken(err))
	}
	q, refused := f.continued()
	if refused != nil {
		return f.refuse(refused)
	}
	s := f.have
	s.MediaType = ""
	response, refused := q.inUpdate(func() (call.Response, *refusal) {
		if f.session.Item != nil {
			return q.attachItem(f.session.Item, s)
		}
		if _, refused := q.receivable(); refused != nil {
			return call.Response{}, refused
		}
		m := d.media("content", s)
		if said, err := entity.Parse(f.session.Said); err == nil {
			m.Said = said
		}
		return q.keepStream(s, m)
	})
	if refused != nil {
		return f.refuse(refused)
	}
	if refused := f.remove(); refused != nil {
		return f.refuse(refused)
	}
	return response
}

// continued is the call that opened the session as one that has the bytes.
func (f *fragment) continued() (*run, *refusal) {
	c := *f.call
	c.Version, c.Path, c.RawQuery, c.Method = f.session.Version, f.session.Path, f.session.Query, "PUT"
	c.Body, c.Content, c.Header = nil, nil, call.Header{}
	if f.session.IfMatch != "" {
		c.Header["If-Match"] = []string{f.session.IfMatch}
	}
	c.Principal = call.Principal{AppID: f.session.AppID, ObjectID: f.session.ObjectID, UPN: f.session.UPN}
	c.Catalogue = f.Catalogue.Version(c.Version)
	target, err := c.Catalogue.Resolve(c.Path, make([]openapi.Segment, 0, 8))
	if err != nil {
		return nil, broken(err)
	}
	if f.session.Item != nil {
		c.Method = "POST"
	}
	c.Target, c.Operation = target, target.Item.Operation(c.Method)
	if c.Operation == nil {
		return nil, broken(fmt.Errorf("upload session: no %s of %s", c.Method, c.Path))
	}
	return &run{Engine: f.Engine, Request: Request{Call: &c}, op: c.Operation, now: f.Clock.Now()}, nil
}

// attachItem makes the attachment that a session was opened for.
func (q *run) attachItem(raw json.RawMessage, s store.Stream) (call.Response, *refusal) {
	if refused := q.locate(); refused != nil {
		return call.Response{}, refused
	}
	item, err := entity.Parse(raw)
	if err != nil {
		return call.Response{}, broken(err)
	}
	var o entity.Object
	o.SetString("id", q.Engine.NewID())
	for _, name := range []string{"name", "contentType", "isInline", "contentId"} {
		if v, ok := item.Get(name); ok {
			o.Set(name, v)
		}
	}
	o.Set("size", json.RawMessage(strconv.FormatInt(s.Length, 10)))
	o.SetString("lastModifiedDateTime", stamp(q.now))
	id, _ := o.String("id")
	t := q.Call.Catalogue.Type("microsoft.graph.fileAttachment")
	e := store.Entity{ID: id, Type: "microsoft.graph.fileAttachment", JSON: fresh(t, o).JSON()}
	ordinal, err := q.writer.Insert(q.place.set, e)
	if err == nil {
		s.MediaType, _ = o.String("contentType")
		err = q.writer.SetStream(ordinal, mediaValue, s)
	}
	if err != nil {
		return call.Response{}, broken(err)
	}
	r := call.Response{Status: 201}
	r.Set("Location", q.entityURL(id))
	return r, nil
}
