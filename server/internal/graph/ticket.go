package graph

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/url"
	"strconv"
	"strings"
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

// sign is the signature of what a URL permits. Its key is the engine's secret,
// which a data file keeps, so that URLs outlive a restart.
func (e *Engine) sign(text string) string {
	mac := hmac.New(sha256.New, e.Secret)
	mac.Write([]byte("url|" + text)) // never fails; the secret seals tokens, too
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// signed reports whether a signature is that of a text.
func (e *Engine) signed(text, signature string) bool {
	return hmac.Equal([]byte(e.sign(text)), []byte(signature))
}

// tempAuth is the signature as a query option, of what lives in one tenant.
func (e *Engine) tempAuth(tenant, id string) url.Values {
	return url.Values{"t": {tenant}, "tempauth": {"v1." + e.sign(tenant+"|"+id)}}
}

// admits reports whether a query has the signature of an id.
func (e *Engine) admits(v url.Values, id string) bool {
	signature, ok := strings.CutPrefix(v.Get("tempauth"), "v1.")
	return ok && e.signed(v.Get("t")+"|"+id, signature)
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
	case c.Version == sessionVersion && strings.HasPrefix(c.Path, blobPath):
		return e.blob(c), true
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
			if s, err = tx.Stream(t.entity, t.stream); errors.Is(err, store.ErrNotFound) {
				s, err = store.Bytes("", nil), nil // nobody has given it bytes
			}
		}
		return err
	})
	if err != nil {
		return apartError(e, c, grapherr.ForStatus("files", 404), "download URL: the item is not there any more")
	}
	tag := `"` + hexOf(revision) + `"`
	if query, err := url.ParseQuery(c.RawQuery); err == nil && query.Has("width") {
		if small, ok := e.thumbnail(query, s); ok {
			s, tag = small, `"`+hexOf(revision)+"-"+query.Get("width")+"x"+query.Get("height")+`"`
		}
	}
	return sendStream(e.Store, c, s, tag)
}

func (e *Engine) readTicket(c *call.Call) (ticket, bool) {
	v, err := url.ParseQuery(c.RawQuery)
	if err != nil {
		return ticket{}, false
	}
	n, _ := strconv.ParseUint(v.Get("UniqueId"), 10, 64)
	expires, _ := strconv.ParseInt(v.Get("e"), 10, 64)
	t := ticket{v.Get("t"), store.Ordinal(n), v.Get("s"), expires}
	return t, e.signed(t.text(), v.Get("tempauth")) && e.Clock.Now().Unix() <= expires
}

func apartError(e *Engine, c *call.Call, err *grapherr.Error, reason string) call.Response {
	return err.Response(c, e.Clock.Now(), reason)
}
