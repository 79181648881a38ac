package journal_test

import (
	"context"
	"errors"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/journal"
)

func TestWait(t *testing.T) {
	isPath := func(path string) func(journal.Entry) bool {
		return func(e journal.Entry) bool { return e.Path == path }
	}
	j := journal.New(journal.Options{})
	record(j, get("/early"), 200)
	if e, err := j.Wait(t.Context(), isPath("/v1.0/early")); err != nil || e.Number != 1 {
		t.Errorf("an entry that is there: %v, %v", e.Number, err)
	}

	asked := make(chan bool, 16)
	late := make(chan journal.Entry)
	go func() {
		e, _ := j.Wait(t.Context(), func(e journal.Entry) bool { asked <- true; return e.Path == "/v1.0/late" })
		late <- e
	}()
	<-asked // the waiter has seen what is there
	record(j, get("/other"), 200)
	record(j, get("/late"), 200)
	if e := <-late; e.Number != 3 || len(asked) != 2 {
		t.Errorf("an entry that comes: number %d, asked %d times for the last two", e.Number, len(asked))
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := j.Wait(ctx, isPath("/v1.0/never")); !errors.Is(err, context.Canceled) {
		t.Errorf("an entry that never comes: %v", err)
	}
}
