package graph

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// position is where a page begins: behind an entity, named by its sort keys and
// its ordinal, so that inserts and deletes between pages neither repeat nor
// skip an item (graph-behaviour §2.4). The zero value is the beginning.
type position struct {
	after store.Ordinal
	keys  []scalar
	total *int // what $count=true found for the first page; nil without
}

// wire is a position inside a $skiptoken.
type wire struct {
	After store.Ordinal `json:"a"`
	Keys  []scalar      `json:"k,omitempty"`
	Total *int          `json:"n,omitempty"` // matches in all, as counted for the first page
}

// tokenOf makes the opaque token of a position in the answers to a path with
// these options. Its seal covers the position
// and the query that it continues, so that neither can be changed.
func (q *run) tokenOf(p position, path, query string) string {
	b, err := json.Marshal(wire{p.after, p.keys, p.total})
	if err != nil {
		panic("graph: " + err.Error()) // numbers and strings only: cannot happen
	}
	return base64.RawURLEncoding.EncodeToString(append(q.seal(q.pageSealed(b, path, query)), b...))
}

// resume reads the call's $skiptoken. A forged or edited one, and one of
// another query, path or tenant, is refused.
func (q *run) resume() (position, *refusal) {
	if q.options.token == "" {
		return position{}, nil
	}
	var w wire
	b, err := base64.RawURLEncoding.DecodeString(q.options.token)
	if err != nil || len(b) < sealSize || !hmac.Equal(b[:sealSize], q.seal(q.pageSealed(b[sealSize:], q.Call.Path, keptOptions(q.Call.RawQuery)))) ||
		json.Unmarshal(b[sealSize:], &w) != nil || len(w.Keys) != len(q.options.order) {
		return position{}, q.foreignToken()
	}
	return position{w.After, w.Keys, w.Total}, nil
}

// foreignToken is the answer to a token that does not continue this query. The
// directory names the page token (R: reports of 2020 and 2023 about links that
// clients had rewritten); the words of the others are those of an answer of
// 2020.
func (q *run) foreignToken() *refusal {
	r := option("Invalid Skip Token", "$skiptoken: forged, edited, or made for another query, path, tenant or server; use @odata.nextLink as it is")
	if q.op.Family == openapi.FamilyDirectory {
		r.err.Code = "Directory_ExpiredPageToken"
		r.err.Message = "The specified page token value has expired and can no longer be included in your request."
	}
	return r
}

// pageSealed is what the seal of a page token covers: the query that it
// continues, and the position. Lengths keep the parts apart.
func (q *run) pageSealed(position []byte, path, query string) []byte {
	b := []byte("page")
	for _, part := range []string{q.Call.Tenant, q.Call.Catalogue.Name(), path, query} {
		b = binary.AppendUvarint(b, uint64(len(part)))
		b = append(b, part...)
	}
	return append(b, position...)
}
