package graph

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Evidence for upload sessions (graph-behaviour §10.2):
//   - documented: createUploadSession with item and deferCommit, or with
//     AttachmentItem; fragments in order, nextExpectedRanges, the errors, cancel.
//   - observed (microsoftgraph/microsoft-graph-docs#19010, 2022-10): where nothing
//     says what to do about a taken name, its item is replaced, although the page
//     names fail as the default. rclone writes over its files that way.
//   - assumed (2026-11): a session lives for a day since its last fragment.

// sessionType is what an action returns that opens a session.
const sessionType = "microsoft.graph.uploadSession"

// sessionSet is where a tenant's sessions live, beyond what exports show.
const sessionSet = hiddenPrefix + "uploadSessions"

const hiddenPrefix = behavior.HiddenPrefix

const sessionLife = 24 * time.Hour

// session is an upload under way. The bytes that came are its entity's stream.
type session struct {
	Version   string          `json:"version"`
	Path      string          `json:"path"`           // where the bytes go: the content of an item, or a collection of attachments
	Query     string          `json:"query"`          // with the conflict behaviour
	Item      json.RawMessage `json:"item,omitempty"` // members of the attachment
	Said      json.RawMessage `json:"said,omitempty"` // what the client said of the file beside its bytes
	Size      int64           `json:"size"`           // of the whole; 0 until a fragment says
	Defer     bool            `json:"defer,omitempty"`
	IfMatch   string          `json:"ifMatch,omitempty"`
	Expires   time.Time       `json:"expires"`
	AppID     string          `json:"appId,omitempty"`
	ObjectID  string          `json:"oid,omitempty"`
	UPN       string          `json:"upn,omitempty"`
	MediaType string          `json:"mediaType,omitempty"`
}

// uploads keeps fragments of one session apart: bytes of two would mix.
type uploads struct{ busy sync.Map }

// openSession answers an action that returns an upload session.
func (q *run) openSession() (call.Response, *refusal) {
	return q.inUpdate(func() (call.Response, *refusal) {
		if refused := q.locate(); refused != nil {
			return call.Response{}, refused
		}
		if !q.place.found && q.place.unborn == nil && !q.place.collection() {
			return call.Response{}, q.missing(&q.place)
		}
		if _, refused := q.judge(nil); refused != nil {
			return call.Response{}, refused
		}
		s, refused := q.newSession()
		if refused != nil {
			return call.Response{}, refused
		}
		q.dropExpired()
		id := q.Engine.NewID()
		if refused := q.saveSession(id, s); refused != nil {
			return call.Response{}, refused
		}
		return q.sessionAnswer(id, s), nil
	})
}

// newSession reads what the body asks for.
func (q *run) newSession() (*session, *refusal) {
	p := &q.Call.Principal
	s := &session{Version: q.Call.Catalogue.Name(), Expires: q.now.Add(sessionLife),
		IfMatch: q.Call.Header.Get("If-Match"), AppID: p.AppID, ObjectID: p.ObjectID, UPN: p.UPN}
	own := openapi.PathOf(q.Call.Target.Segments[:len(q.Call.Target.Segments)-1])
	s.Defer = q.Payload.True("deferCommit")
	raw, _ := q.Payload.Get("item")
	if item, err := entity.Parse(raw); err == nil {
		own = renamed(own, q.place.unborn, item)
		s.Said = raw
		if how, ok := item.String(conflictMember); ok {
			s.Query = url.Values{conflictMember: {how}}.Encode()
		}
	}
	if s.Query == "" {
		s.Query = url.Values{conflictMember: {conflictOf(q.Call, "replace")}}.Encode()
	}
	s.Path = own + "/content"
	if q.place.collection() {
		raw, _ := q.Payload.Get("AttachmentItem")
		if raw == nil {
			raw, _ = q.Payload.Get("attachmentItem")
		}
		s.Path, s.Item = own, raw
	}
	return s, q.preconditionsOfSession()
}

// renamed is the path of an item that the body of a session names otherwise.
func renamed(path string, born *unborn, item entity.Object) string {
	name, ok := item.String("name")
	if !ok || name == "" || born == nil || name == born.name {
		return path
	}
	key := path[strings.LastIndexByte(path, '/')+1:]
	plain, err := url.PathUnescape(key)
	if err != nil {
		return path
	}
	plain = strings.TrimSuffix(plain, ":")
	plain = plain[:strings.LastIndexByte(plain, '/')+1] + name + ":"
	return path[:len(path)-len(key)] + url.PathEscape(plain)
}

func (q *run) preconditionsOfSession() *refusal {
	if q.place.found && conflictOf(q.Call, "") == "" {
		return q.precondition()
	}
	return nil
}

// conflictMember is what to do when the name is taken: fail, replace, rename.
const conflictMember = "@microsoft.graph.conflictBehavior"

func conflictOf(c *call.Call, otherwise string) string {
	v, err := url.ParseQuery(c.RawQuery)
	if how := v.Get(conflictMember); err == nil && how != "" {
		return strings.ToLower(how)
	}
	return otherwise
}

// saveSession stores a session under its id.
func (q *run) saveSession(id string, s *session) *refusal {
	data, err := json.Marshal(s)
	if err != nil {
		return broken(err)
	}
	set := store.SetKey{Tenant: q.Call.Tenant, Name: sessionSet}
	e, err := q.reader.Get(set, id)
	if errors.Is(err, store.ErrNotFound) {
		_, err = q.writer.Insert(set, store.Entity{ID: id, JSON: data})
	} else if err == nil {
		e.JSON = data
		_, err = q.writer.Replace(e.Ordinal, e)
	}
	if err != nil {
		return broken(err)
	}
	return nil
}

// dropExpired removes sessions that nobody continued.
func (q *run) dropExpired() {
	for e := range q.reader.Scan(store.SetKey{Tenant: q.Call.Tenant, Name: sessionSet}, 0) {
		var s session
		if json.Unmarshal(e.JSON, &s) != nil || q.now.After(s.Expires) {
			_ = q.writer.Delete(e.Ordinal) // another request has done it otherwise
		}
	}
}

// sessionAnswer describes a new session.
func (q *run) sessionAnswer(id string, s *session) call.Response {
	var o entity.Object
	o.SetString("uploadUrl", q.Call.Origin+"/"+sessionVersion+uploadPath+id+"?"+q.tempAuth(q.Call.Tenant, id).Encode())
	o.SetString("expirationDateTime", stamp(s.Expires))
	o.Set("nextExpectedRanges", json.RawMessage(`["0-"]`))
	r := q.json(q.success(200), splice(q.open(sessionType), o.JSON()))
	return r
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.9999999Z") }

// nameTaken is the answer to a name that an item has already.
func nameTaken() *refusal {
	return &refusal{err: &grapherr.Error{Status: 409, Code: "nameAlreadyExists", Message: "The specified item name already exists."},
		reason: "an item of this name is there, and the conflict behaviour is fail"}
}
