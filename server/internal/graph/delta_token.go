package graph

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// deltaState is where a client stands: what a delta token holds. Ticks are
// those of the store.
type deltaState struct {
	Since   uint64 `json:"s,omitempty"` // what the client knows of; 0 in the first round
	Through uint64 `json:"t,omitempty"` // where this round ends; 0 before it begins
	At      uint64 `json:"a,omitempty"` // last one told in this round
	Issued  int64  `json:"i"`           // Unix seconds on the fake's clock
	Query   string `json:"q,omitempty"` // options of the first call
	Where   string `json:"w"`           // tenant and path that the token is for
	Set     int    `json:"n,omitempty"` // which of the tracked sets

	// Where the links of one entity go on that had no room on a page.
	Owner uint64 `json:"o,omitempty"`
	Nav   string `json:"v,omitempty"`
	To    uint64 `json:"l,omitempty"`
	From  uint64 `json:"f,omitempty"` // since when; 0 for all

	Latest bool `json:"-"` // nothing of what is there is wanted
	Done   bool `json:"-"` // the round is over: this is a delta link
}

// continues reports whether the state is that of a token, not of a first call.
func (s *deltaState) continues() bool { return s.Since > 0 || s.Through > 0 }

// finished is the state in which the next round begins.
func (s deltaState) finished() deltaState {
	return deltaState{Since: s.Through, Query: s.Query, Where: s.Where, Done: true}
}

// deltaLifetime is how long a delta token lives, by family (D,
// graph-behaviour §8.4); those of other families do not expire.
var deltaLifetime = map[openapi.Family]time.Duration{
	openapi.FamilyDirectory: 7 * 24 * time.Hour,
	openapi.FamilyEducation: 7 * 24 * time.Hour,
}

// deltaState reads the token, if the call has one, and the options, which are
// those of the first call.
func (q *run) deltaState() (deltaState, *refusal) {
	query, faults := odata.ParseQuery(q.Call.RawQuery)
	if len(faults) > 0 {
		return deltaState{}, unparsed(faults)
	}
	tokens := odata.OptionSet(0).With(odata.OptionDeltaToken).With(odata.OptionSkipToken)
	state := deltaState{Query: withoutToken(query.Rest(tokens)), Where: q.deltaWhere()}
	switch token := q.sentToken(&query); {
	case strings.EqualFold(token, "latest"):
		state.Latest = true
	case token != "":
		var refused *refusal
		if state, refused = q.readToken(token); refused != nil {
			return state, refused
		}
	}
	q.options.deltaQuery = state.Query
	return state, q.readOptionsOf(state.Query)
}

// Continues reports whether a call is one of a delta that goes on by a token.
func (e *Engine) Continues(c *call.Call) bool {
	if !isDelta(c.Operation, c.Target.Segments) {
		return false
	}
	query, faults := odata.ParseQuery(c.RawQuery)
	q := &run{Engine: e, Request: Request{Call: c}, op: c.Operation}
	return len(faults) == 0 && q.sentToken(&query) != ""
}

// sentToken is the token wherever the workload has it: in an option, in a
// parameter without "$", or as the function's argument.
func (q *run) sentToken(query *odata.Query) string {
	for _, token := range []string{query.DeltaToken, query.SkipToken} {
		if token != "" {
			return token
		}
	}
	for _, p := range query.Custom {
		if strings.EqualFold(p.Name, "token") {
			return p.Value
		}
	}
	segments := q.Call.Target.Segments
	for _, a := range segments[len(segments)-1].Args() {
		if strings.EqualFold(a.Name, "token") {
			return a.Value
		}
	}
	return ""
}

// withoutToken drops the parameter token of drives and lists.
func withoutToken(raw string) string {
	var kept []string
	for part := range strings.SplitSeq(raw, "&") {
		if name, _, _ := strings.Cut(part, "="); part != "" && !strings.EqualFold(name, "token") {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}

// deltaWhere ties a token to the tenant and the collection: the path but for
// the function's name and parentheses.
func (q *run) deltaWhere() string {
	path := strings.ToLower(q.Call.Path)
	return q.Call.Tenant + " " + path[:max(strings.LastIndexByte(path, '/'), 0)]
}

// deltaToken makes the opaque token of a state.
func (q *run) deltaToken(state deltaState) string {
	state.Issued = q.now.Unix()
	b, err := json.Marshal(state)
	if err != nil {
		panic("graph: " + err.Error()) // numbers and strings only: cannot happen
	}
	return base64.RawURLEncoding.EncodeToString(append(q.seal(b), b...))
}

// sealSize is how many bytes of the hash stand before a token.
const sealSize = 12

// seal is the proof that this server made a token.
func (q *run) seal(b []byte) []byte {
	h := hmac.New(sha256.New, q.Secret)
	h.Write(b)
	return h.Sum(nil)[:sealSize]
}

// readToken takes a token apart. A forged one and one of another collection
// are refused, one that is too old leads to a new start.
func (q *run) readToken(token string) (deltaState, *refusal) {
	var state deltaState
	b, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(b) < sealSize || !hmac.Equal(b[:sealSize], q.seal(b[sealSize:])) || json.Unmarshal(b[sealSize:], &state) != nil {
		return state, option("Badly formed token.", "delta: a token that this server did not make")
	}
	if state.Where != q.deltaWhere() {
		return state, option("Badly formed token.", "delta: the token belongs to another collection or tenant")
	}
	q.options.deltaQuery = state.Query
	life, expires := deltaLifetime[q.op.Family]
	if age := q.now.Sub(time.Unix(state.Issued, 0)); expires && age > life {
		return state, q.deltaGone("the token is " + age.Round(time.Second).String() + " old, and tokens of the " + q.family() + " family live " + life.String())
	}
	return state, nil
}
