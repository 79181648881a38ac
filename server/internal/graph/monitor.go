package graph

import (
	"encoding/json"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Evidence for monitors of long operations (graph-behaviour §10.1):
//   - documented: 202 with the URL of a monitor that needs no token; it answers
//     202 with operation, percentageComplete, status and, in the end, resourceId.
//   - assumed (2026-11): an operation goes through a hundred million bytes in a
//     second of the fake's clock, so that small ones are done at once; what it
//     makes is there from its beginning.

const (
	monitorPath = "/v2.0/monitor/"
	monitorSet  = hiddenPrefix + "operations"
	workPace    = 100_000 // bytes in a millisecond
)

// operation is what a monitor watches.
type operation struct {
	Name     string    `json:"operation"`
	Resource string    `json:"resourceId"`
	Begun    time.Time `json:"begun"`
	Work     int64     `json:"work"` // in bytes
}

// Monitor implements [behavior.Streaming].
func (q tx) Monitor(name, resourceID string, work int64) (string, *grapherr.Error) {
	if fault := q.writable(); fault != nil {
		return "", fault
	}
	id := q.NewID()
	data, err := json.Marshal(operation{name, resourceID, q.now, work})
	if err == nil {
		_, err = q.writer.Insert(store.SetKey{Tenant: q.Call.Tenant, Name: monitorSet}, store.Entity{ID: id, JSON: data})
	}
	return q.Call.Origin + "/" + sessionVersion + monitorPath + id + "?" + q.tempAuth(q.Call.Tenant, id).Encode(), q.broken(err)
}

// monitor answers requests to the URL of a monitor.
func (e *Engine) monitor(c *call.Call) call.Response {
	id := strings.TrimPrefix(c.Path, monitorPath)
	v, err := url.ParseQuery(c.RawQuery)
	if err != nil || c.Method != "GET" || !e.admits(v, id) {
		return apartError(e, c, grapherr.ForStatus("files", 404), "monitor: its URL was changed, or made by another server")
	}
	c.Tenant = v.Get("t")
	var o operation
	err = e.Store.View(func(tx store.Reader) error {
		found, err := tx.Get(store.SetKey{Tenant: c.Tenant, Name: monitorSet}, id)
		if err != nil {
			return err
		}
		return json.Unmarshal(found.JSON, &o)
	})
	if err != nil {
		return apartError(e, c, grapherr.ForStatus("files", 404), "monitor: no such operation")
	}
	r := call.Response{Status: 202, Body: o.progress(e.Clock.Now()).JSON()}
	r.Set("Content-Type", "application/json")
	return r
}

// progress is how far an operation has come.
func (o *operation) progress(now time.Time) entity.Object {
	var told entity.Object
	told.SetString("operation", o.Name)
	done := now.Sub(o.Begun).Milliseconds() * workPace
	if o.Work/workPace == 0 || done >= o.Work {
		told.Set("percentageComplete", json.RawMessage("100.0"))
		told.SetString("resourceId", o.Resource)
		told.SetString("status", "completed")
		return told
	}
	told.Set("percentageComplete", strconv.AppendFloat(nil, float64(1000*max(done, 0)/o.Work)/10, 'f', 1, 64))
	told.SetString("status", "inProgress")
	return told
}

// SetStream implements [behavior.Streaming].
func (q tx) SetStream(ref behavior.Ref, stream, mediaType string, data []byte) *grapherr.Error {
	if fault := q.writable(); fault != nil {
		return fault
	}
	return q.broken(q.writer.SetStream(store.Ordinal(ref), stream, store.Bytes(mediaType, data)))
}

// Stream implements [behavior.Streaming].
func (q tx) Stream(ref behavior.Ref, name string) ([]byte, bool) {
	s, err := q.reader.Stream(store.Ordinal(ref), name)
	if err != nil {
		return nil, false
	}
	data, err := io.ReadAll(q.Store.Read(s, 0))
	return data, err == nil
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
