package graph

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Evidence for monitors of long operations (graph-behaviour §10.1):
//   - documented: 202 with the URL of a monitor that needs no token; it answers
//     202 with operation, percentageComplete, status and resourceId.
//   - assumed (2026-11): operations are done at once.

const (
	monitorPath = "/v2.0/monitor/"
	monitorSet  = hiddenPrefix + "operations"
)

// Monitor implements [behavior.Streaming].
func (q tx) Monitor(operation, resourceID string) (string, *grapherr.Error) {
	if fault := q.writable(); fault != nil {
		return "", fault
	}
	id := q.NewID()
	var o entity.Object
	o.SetString("operation", operation)
	o.Set("percentageComplete", json.RawMessage("100.0"))
	o.SetString("resourceId", resourceID)
	o.SetString("status", "completed")
	_, err := q.writer.Insert(store.SetKey{Tenant: q.Call.Tenant, Name: monitorSet}, store.Entity{ID: id, JSON: o.JSON()})
	v := url.Values{"t": {q.Call.Tenant}, "tempauth": {"v1." + q.sign(id)}}
	return q.Call.Origin + "/" + sessionVersion + monitorPath + id + "?" + v.Encode(), q.broken(err)
}

// monitor answers requests to the URL of a monitor.
func (e *Engine) monitor(c *call.Call) call.Response {
	r := call.Response{Status: 202}
	v, err := url.ParseQuery(c.RawQuery)
	if err == nil {
		c.Tenant = v.Get("t")
		err = e.Store.View(func(tx store.Reader) error {
			found, err := tx.Get(store.SetKey{Tenant: c.Tenant, Name: monitorSet}, strings.TrimPrefix(c.Path, monitorPath))
			r.Body = append(r.Body, found.JSON...)
			return err
		})
	}
	if err != nil || c.Method != "GET" && c.Method != "HEAD" {
		return apartError(e, c, grapherr.ForStatus("files", 404), "monitor: no such operation")
	}
	r.Set("Content-Type", "application/json")
	return r
}

// SetStream implements [behavior.Streaming].
func (q tx) SetStream(ref behavior.Ref, stream, mediaType string, data []byte) *grapherr.Error {
	if fault := q.writable(); fault != nil {
		return fault
	}
	return q.broken(q.writer.SetStream(store.Ordinal(ref), stream, store.Bytes(mediaType, data)))
}

// CopyStreams implements [behavior.Streaming].
func (q tx) CopyStreams(from, to behavior.Ref) *grapherr.Error {
	if fault := q.writable(); fault != nil {
		return fault
	}
	for name := range q.reader.Streams(store.Ordinal(from)) {
		s, err := q.reader.Stream(store.Ordinal(from), name)
		if err == nil {
			err = q.writer.SetStream(store.Ordinal(to), name, s)
		}
		if err != nil {
			return q.broken(err)
		}
	}
	return nil
}

// DownloadURL implements [behavior.Streaming].
func (q tx) DownloadURL(ref behavior.Ref, stream string) string {
	return q.downloadURL(store.Ordinal(ref), stream)
}

// Annotation implements [behavior.Streaming].
func (q tx) Annotation(name string) (string, bool) { return q.Payload.String(name) }

// Body implements [behavior.Streaming].
func (q tx) Body() []byte {
	if q.HasBody {
		return nil
	}
	return q.Call.Body
}
