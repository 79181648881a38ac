package storetest

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// pattern is bytes that tell their place.
func pattern(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i ^ i>>8 ^ i>>16)
	}
	return b
}

var files = store.SetKey{Tenant: "t", Name: "files"}

func receive(t testing.TB, s store.Store, data []byte) store.Stream {
	t.Helper()
	got, err := s.Receive(iotest.HalfReader(bytes.NewReader(data)))
	if err != nil || got.Length != int64(len(data)) {
		t.Fatalf("Receive: %d bytes, %v", got.Length, err)
	}
	return got
}

func change(t testing.TB, s store.Store, fn func(w store.Writer) error) {
	t.Helper()
	if err := s.Update(fn); err != nil {
		t.Fatal(err)
	}
}

func insertFile(t testing.TB, s store.Store, id string) (o store.Ordinal) {
	t.Helper()
	change(t, s, func(w store.Writer) (err error) {
		o, err = w.Insert(files, store.Entity{ID: id, JSON: []byte("{}")})
		return err
	})
	return o
}

func setStream(t testing.TB, s store.Store, o store.Ordinal, st store.Stream) {
	t.Helper()
	change(t, s, func(w store.Writer) error { return w.SetStream(o, "content", st) })
}

func wantBytes(t testing.TB, s store.Store, o store.Ordinal, want []byte) {
	t.Helper()
	var st store.Stream
	err := s.View(func(r store.Reader) (err error) {
		st, err = r.Stream(o, "content")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, offset := range []int{0, min(1, len(want)), len(want) / 2, len(want)} {
		got, err := io.ReadAll(s.Read(st, int64(offset)))
		if err != nil || !bytes.Equal(got, want[offset:]) {
			t.Fatalf("from %d: %d bytes, %v; want %d", offset, len(got), err, len(want)-offset)
		}
	}
}

// RunStreams tests that streams of any length read back, are replaced, and go
// with their entity.
func RunStreams(t *testing.T, h Harness) {
	s := open(t, h)
	o := insertFile(t, s, "a")
	for _, n := range []int{0, 1, 32 << 10, 32<<10 + 1, 1 << 20, 3<<20 + 17} {
		data := pattern(n)
		st := receive(t, s, data)
		st.MediaType = "text/x"
		setStream(t, s, o, st)
		wantBytes(t, s, o, data)
	}
	var names []string
	if err := s.View(func(r store.Reader) error {
		for name := range r.Streams(o) {
			names = append(names, name)
		}
		st, err := r.Stream(o, "content")
		if st.MediaType != "text/x" {
			t.Errorf("media type %q", st.MediaType)
		}
		return err
	}); err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	change(t, s, func(w store.Writer) error { return w.Delete(o) })
	wantNoStream(t, s, o)
}

func wantNoStream(t testing.TB, s store.Store, o store.Ordinal) {
	t.Helper()
	err := s.View(func(r store.Reader) error {
		_, err := r.Stream(o, "content")
		return err
	})
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("stream: %v, want ErrNotFound", err)
	}
}

// RunStreamsShared tests that a blob lives as long as one entity has it, and
// that an undone change frees nothing.
func RunStreamsShared(t *testing.T, h Harness) {
	s := open(t, h)
	a, b := insertFile(t, s, "a"), insertFile(t, s, "b")
	data := pattern(500 << 10)
	st := receive(t, s, data)
	setStream(t, s, a, st)
	setStream(t, s, b, st)
	setStream(t, s, b, st)
	boom := errors.New("boom")
	if err := s.Update(func(w store.Writer) error {
		for _, o := range []store.Ordinal{a, b} {
			if err := w.Delete(o); err != nil {
				return err
			}
		}
		return boom
	}); err != boom {
		t.Fatal(err)
	}
	wantBytes(t, s, a, data)
	change(t, s, func(w store.Writer) error {
		removed, err := w.RemoveStream(a, "content")
		if !removed {
			t.Error("nothing removed")
		}
		return err
	})
	wantNoStream(t, s, a)
	wantBytes(t, s, b, data)
	change(t, s, func(w store.Writer) error { return w.ClearTenant("t") })
	if _, err := io.ReadAll(s.Read(st, 0)); err == nil {
		t.Error("the bytes of a freed stream can still be read")
	}
}

// RunStreamsExtended tests that bytes are appended, and that a broken append
// leaves the stream as it was.
func RunStreamsExtended(t *testing.T, h Harness) {
	s := open(t, h)
	o := insertFile(t, s, "a")
	data := pattern(900 << 10)
	st := store.Stream{}
	for at := 0; at < len(data); {
		end := min(at+300<<10+5, len(data))
		broken := io.MultiReader(bytes.NewReader(data[at:end-7]), iotest.ErrReader(io.ErrClosedPipe))
		if _, err := s.Extend(st, broken); err != io.ErrClosedPipe {
			t.Fatal(err)
		}
		longer, err := s.Extend(st, bytes.NewReader(data[at:end]))
		if err != nil {
			t.Fatal(err)
		}
		setStream(t, s, o, longer)
		st, at = longer, end
		wantBytes(t, s, o, data[:at])
	}
}

// RunStreamsAbandoned tests that what no entity took leaves nothing behind; the
// check after the test looks for garbage.
func RunStreamsAbandoned(t *testing.T, h Harness) {
	s := open(t, h)
	st := receive(t, s, pattern(700<<10))
	if err := s.Discard(st); err != nil {
		t.Fatal(err)
	}
	broken := io.MultiReader(bytes.NewReader(pattern(2<<20)), iotest.ErrReader(io.ErrUnexpectedEOF))
	if _, err := s.Receive(broken); err != io.ErrUnexpectedEOF {
		t.Error(err)
	}
	kept := receive(t, s, pattern(700<<10))
	setStream(t, s, insertFile(t, s, "a"), kept)
	if err := s.Discard(kept); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Receive(iotest.ErrReader(io.ErrClosedPipe)); err != io.ErrClosedPipe {
		t.Error(err)
	}
}
