package graph

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"sort"
	"strconv"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// What has happened and nobody has asked for yet is noted beside the data file, too,
// if there is one: each call's deeds as one record that is appended once the call is
// done. So the logs survive the end of the server, whatever ends it, and a call pays
// for no more pages of the store. A store in memory pays nothing.

// The kinds of notes.
const (
	deedNote byte = iota
	signInNote
)

// takenSpace is where the store keeps, by kind and tenant, the number of the last
// note that a log has told of: in the transaction in which it did.
const takenSpace = "notes taken"

func takenKey(kind byte, tenant string) string { return strconv.Itoa(int(kind)) + " " + tenant }

// took says that all notes of a kind have been told.
func (t *trail) took(w store.Writer, kind byte, tenant string) {
	if t.notes == nil || w == nil {
		return
	}
	// Should it fail, the call does, too.
	_ = w.SetValue(takenSpace, takenKey(kind, tenant), binary.AppendUvarint(nil, t.notes.Last()))
}

// note appends a note, and rewrites the file when most of it has been told. What
// cannot be written is lost at the end of the server only.
func (t *trail) note(kind byte, tenant string, round uint64, body []byte) uint64 {
	if t.notes == nil {
		return 0
	}
	n, _ := t.notes.Append(store.Note{Kind: kind, Tenant: tenant, Round: round, Body: body})
	if t.notes.Size() > t.rewriteAt {
		t.rewrite()
	}
	return n
}

// leastRewrite is the size below which the file of notes is left as it is.
const leastRewrite = 4 << 20

// rewrite leaves only notes of what nobody has asked for. The file may grow to twice
// its size before the next one.
func (t *trail) rewrite() {
	var left []store.Note
	for tenant, s := range t.tenants {
		for i := 0; i < len(s.deeds); {
			first := s.deeds[i]
			end := i
			for end < len(s.deeds) && s.deeds[end].shared == first.shared {
				end++
			}
			left = append(left, store.Note{Number: first.note, Kind: deedNote, Tenant: tenant, Round: s.round, Body: appendDeeds(nil, s.deeds[i:end])})
			i = end
		}
		for i := range s.signIns {
			left = append(left, store.Note{Number: s.signIns[i].note, Kind: signInNote, Tenant: tenant, Round: s.round, Body: signInBody(&s.signIns[i].SignIn)})
		}
	}
	sort.Slice(left, func(i, j int) bool { return left[i].Number < left[j].Number })
	_ = t.notes.Rewrite(left)
	t.rewriteAt = max(leastRewrite, 2*t.notes.Size())
}

func signInBody(in *call.SignIn) []byte {
	body, err := json.Marshal(in)
	if err != nil {
		return nil
	}
	return body
}

// Recall reads what was noted in a file before the server began, and has it note
// there from now on. It is called once, before the first call; who calls it closes
// what it returns.
func (e *Engine) Recall(path string) (notes io.Closer, err error) {
	var all []store.Note
	opened, err := store.OpenNotes(path, func(n store.Note) {
		n.Body = slices.Clone(n.Body)
		all = append(all, n)
	})
	if err != nil {
		return nil, err
	}
	e.trail.notes = opened
	err = e.Store.View(func(r store.Reader) error {
		for i := range all {
			e.trail.recall(r, &all[i])
		}
		return nil
	})
	if err != nil {
		return nil, errors.Join(err, opened.Close()) // what was not recalled stays noted
	}
	e.trail.rewrite()
	return opened, nil
}

// recall remembers a note that was not told yet, of a tenant that was not cleared
// since.
func (t *trail) recall(r store.Reader, n *store.Note) {
	taken, _ := r.Value(takenSpace, takenKey(n.Kind, n.Tenant))
	if last, _ := binary.Uvarint(taken); n.Number <= last || n.Round != roundOf(r, n.Tenant) {
		return
	}
	s := t.of(n.Tenant)
	if s.round = n.Round; n.Kind == deedNote {
		for _, d := range readDeeds(n.Tenant, n.Body) {
			d.note = n.Number
			s.keep(d)
		}
		return
	}
	in := signedIn{note: n.Number}
	if json.Unmarshal(n.Body, &in.SignIn) == nil {
		s.keepSignIn(in)
	}
}

// appendDeeds writes the deeds of a call, which share what is of the call.
func appendDeeds(b []byte, deeds []*deed) []byte {
	shared := deeds[0].shared
	size := 256
	for _, d := range deeds {
		size += d.size() + 256
	}
	b = slices.Grow(b, size)
	b = binary.AppendVarint(b, shared.At.UnixNano())
	for _, s := range []string{shared.By.ID, shared.By.AppID, shared.By.AppName, shared.By.UPN, shared.Correlation, shared.Agent, shared.Operation} {
		b = appendNote(b, s)
	}
	b = append(b, bit(shared.By.User))
	for _, d := range deeds {
		b = append(b, byte(d.kind), bit(d.isLink()))
		b = appendNoted(b, d.set, d.entity)
		b = appendNote(b, d.before)
		if d.isLink() {
			b = appendNoted(appendNote(b, d.nav), d.otherSet, d.other)
		}
	}
	return b
}

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}

func appendNote[T string | []byte](b []byte, s T) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendNoted(b []byte, set store.SetKey, e store.Entity) []byte {
	b = appendNote(binary.AppendUvarint(b, uint64(set.Parent)), set.Name)
	b = appendNote(appendNote(binary.AppendUvarint(b, uint64(e.Ordinal)), e.ID), e.Type)
	return appendNote(b, e.JSON)
}

// noteReader takes a note apart.
type noteReader struct {
	b   []byte
	err error
}

var errNote = errors.New("a note is cut off")

func (r *noteReader) number() (n uint64) {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.b, r.err = nil, errNote
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *noteReader) bytes() []byte {
	n := r.number()
	if n > uint64(len(r.b)) {
		r.b, r.err = nil, errNote
		return nil
	}
	part := append([]byte(nil), r.b[:n]...)
	r.b = r.b[n:]
	return part
}

func (r *noteReader) text() string { return string(r.bytes()) }

func (r *noteReader) byte() byte {
	if len(r.b) == 0 {
		r.err = errNote
		return 0
	}
	first := r.b[0]
	r.b = r.b[1:]
	return first
}

func (r *noteReader) entity() (set store.SetKey, e store.Entity) {
	set.Parent, set.Name = store.Ordinal(r.number()), r.text()
	e.Ordinal, e.ID, e.Type = store.Ordinal(r.number()), r.text(), r.text()
	e.JSON = r.bytes()
	return set, e
}

// readDeeds reads what appendDeeds wrote; nothing of a note that is cut off.
func readDeeds(tenant string, note []byte) (deeds []*deed) {
	nanos, size := binary.Varint(note)
	if size <= 0 {
		return nil
	}
	r := noteReader{b: note[size:]}
	shared := &behavior.Deed{At: time.Unix(0, nanos).UTC()}
	for _, s := range []*string{&shared.By.ID, &shared.By.AppID, &shared.By.AppName, &shared.By.UPN, &shared.Correlation, &shared.Agent, &shared.Operation} {
		*s = r.text()
	}
	shared.By.User = r.byte() == 1
	for len(r.b) > 0 && r.err == nil {
		d := &deed{shared: shared, kind: behavior.DeedKind(r.byte())}
		link := r.byte() == 1
		d.set, d.entity = r.entity()
		if d.before = r.bytes(); len(d.before) == 0 {
			d.before = nil
		}
		if link {
			d.nav = r.text()
			d.otherSet, d.other = r.entity()
		}
		d.set.Tenant, d.otherSet.Tenant = tenant, tenant
		deeds = append(deeds, d)
	}
	if r.err != nil {
		return nil
	}
	return deeds
}
