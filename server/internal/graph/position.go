package graph

import (
	"encoding/base64"
	"encoding/json"
	"hash/fnv"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// position is where a page begins: behind an entity, named by its sort keys and
// its ordinal, so that inserts and deletes between pages neither repeat nor
// skip an item (graph-behaviour §2.4). The zero value is the beginning.
type position struct {
	after store.Ordinal
	keys  []scalar
}

// wire is a position inside a $skiptoken.
type wire struct {
	After store.Ordinal `json:"a"`
	Keys  []scalar      `json:"k,omitempty"`
	Query uint64        `json:"q"` // of the tenant, path and options it belongs to
}

// tokenOf makes the opaque token of a position.
func (q *run) tokenOf(p position) string {
	b, err := json.Marshal(wire{p.after, p.keys, q.fingerprint()})
	if err != nil {
		panic("graph: " + err.Error()) // numbers and strings only: cannot happen
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// resume reads the call's $skiptoken. A forged one, and one of another query,
// is refused.
func (q *run) resume() (position, *refusal) {
	if q.options.token == "" {
		return position{}, nil
	}
	var w wire
	b, err := base64.RawURLEncoding.DecodeString(q.options.token)
	if err != nil || json.Unmarshal(b, &w) != nil || w.Query != q.fingerprint() || len(w.Keys) != len(q.options.order) {
		return position{}, option("The $skiptoken is not valid for this request.", "$skiptoken: forged, or made for another query or tenant")
	}
	return position{w.After, w.Keys}, nil
}

// fingerprint ties a token to the query that it continues.
func (q *run) fingerprint() uint64 {
	h := fnv.New64a()
	for _, part := range []string{q.Call.Tenant, q.Call.Path, keptOptions(q.Call.RawQuery)} {
		_, _ = h.Write([]byte(part)) // never fails
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}
