package journal_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/clock"
	"github.com/fakegraph/fakegraph/server/internal/journal"
)

func TestRecord_Allocations(t *testing.T) {
	j := journal.New(journal.Options{Now: func() time.Time { return noon }})
	c, resp := get("/users"), &call.Response{Status: 200, Body: bytes.Repeat([]byte("x"), 400)}
	one := func() { j.Begin(c).End(resp) }
	for range journal.DefaultEntries {
		one()
	}
	if got := testing.AllocsPerRun(1000, one); got > 2 {
		t.Errorf("%v allocations per call, want at most 2", got)
	}
}

func BenchmarkRecord(b *testing.B) {
	j := journal.New(journal.Options{Now: new(clock.Clock).Now})
	c, resp := get("/users"), &call.Response{Status: 200, Body: bytes.Repeat([]byte("x"), 400)}
	b.ReportAllocs()
	for b.Loop() {
		r := j.Begin(c)
		r.Checked(journal.Permission{Source: journal.Inherited})
		r.End(resp)
	}
}
