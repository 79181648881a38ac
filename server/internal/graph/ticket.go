package graph

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Pre-authenticated URLs of the services behind Graph: they lead to this host
// and work with and without a token (C, graph-behaviour §14.17). What they may
// reach stands in their query, signed.
const (
	downloadVersion = "_layouts"
	downloadPath    = "/15/download.aspx"
	sessionVersion  = "_api"
	uploadPath      = "/v2.0/uploadSession/"
)

// downloadLife is how long a download URL works (D, §2.3: about an hour).
const downloadLife = time.Hour

// signing is the key of one server's URLs, made at the first use.
type signing struct {
	once sync.Once
	key  []byte
}

func (e *Engine) sign(text string) string {
	e.signing.once.Do(func() { e.signing.key = []byte(e.NewID() + e.NewID()) })
	mac := hmac.New(sha256.New, e.signing.key)
	mac.Write([]byte(text)) // never fails
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// ticket is what a download URL permits.
type ticket struct {
	tenant  string
	entity  store.Ordinal
	stream  string
	expires int64 // Unix time on the fake's clock
}

func (t ticket) text() string {
	return strings.Join([]string{t.tenant, strconv.FormatUint(uint64(t.entity), 10), t.stream, strconv.FormatInt(t.expires, 10)}, "|")
}

// downloadURL is where an entity's stream can be fetched without a token.
func (q *run) downloadURL(entity store.Ordinal, stream string) string {
	t := ticket{q.Call.Tenant, entity, stream, q.now.Add(downloadLife).Unix()}
	v := url.Values{"UniqueId": {strconv.FormatUint(uint64(entity), 10)}, "s": {stream}, "t": {t.tenant},
		"e": {strconv.FormatInt(t.expires, 10)}, "tempauth": {q.sign(t.text())}}
	return q.Call.Origin + "/" + downloadVersion + downloadPath + "?" + v.Encode()
}

// redirected leads to where a stream can be fetched.
func (q *run) redirected(e store.Entity, stream string) call.Response {
	r := call.Response{Status: 302}
	r.Set("Location", q.downloadURL(e.Ordinal, stream))
	return r
}

// Apart answers calls to pre-authenticated URLs, which belong to no version of
// Graph; false for all others.
func (e *Engine) Apart(c *call.Call) (call.Response, bool) {
	switch {
	case c.Version == downloadVersion && c.Path == downloadPath:
		return e.download(c), true
	case c.Version == sessionVersion && strings.HasPrefix(c.Path, uploadPath):
		return e.upload(c), true
	case c.Version == sessionVersion && strings.HasPrefix(c.Path, monitorPath):
		return e.monitor(c), true
	case c.Version == sessionVersion && strings.HasPrefix(c.Path, reportPath):
		return e.reportFile(c), true
	}
	return call.Response{}, false
}

func (e *Engine) download(c *call.Call) call.Response {
	t, ok := e.readTicket(c)
	if !ok || c.Method != "GET" && c.Method != "HEAD" {
		return apartError(e, c, grapherr.ForStatus("files", 401), "download URL: expired, changed, or made by another server")
	}
	c.Tenant = t.tenant
	var s store.Stream
	var revision uint64
	err := e.Store.View(func(tx store.Reader) error {
		_, entity, err := tx.At(t.entity)
		if err == nil {
			revision = entity.Revision
			s, err = tx.Stream(t.entity, t.stream)
		}
		return err
	})
	if err != nil {
		return apartError(e, c, grapherr.ForStatus("files", 404), "download URL: the item is not there any more")
	}
	return sendStream(e.Store, c, s, `"`+hexOf(revision)+`"`)
}

func (e *Engine) readTicket(c *call.Call) (ticket, bool) {
	v, err := url.ParseQuery(c.RawQuery)
	if err != nil {
		return ticket{}, false
	}
	n, _ := strconv.ParseUint(v.Get("UniqueId"), 10, 64)
	expires, _ := strconv.ParseInt(v.Get("e"), 10, 64)
	t := ticket{v.Get("t"), store.Ordinal(n), v.Get("s"), expires}
	signed := hmac.Equal([]byte(e.sign(t.text())), []byte(v.Get("tempauth")))
	return t, signed && e.Clock.Now().Unix() <= expires
}

func apartError(e *Engine, c *call.Call, err *grapherr.Error, reason string) call.Response {
	return err.Response(c, e.Clock.Now(), reason)
}
