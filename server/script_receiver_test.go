package server_test

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func wordReceiver(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "receiver NAME")
	s := of(ts)
	s.receiver = startReceiver(ts.Defer)
	ts.Setenv(args[0], s.receiver.URL)
}

func wordPost(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2, "post URL JSON")
	of(ts).send(ts, "POST", args[0], "application/json", []byte(args[1]))
}

func wordAnswers(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1 && of(ts).receiver != nil, "answers CODE, after receiver")
	status, err := strconv.Atoi(args[0])
	ts.Check(err)
	of(ts).receiver.answer(status)
}

// wordNotified waits in real time, since a script may run against another
// process.
func wordNotified(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1 && of(ts).receiver != nil, "notified N, after receiver")
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	s := of(ts)
	waitFor(ts, want, func() int { notified, _ := s.receiver.counts(); return notified })
	s.body, err = json.Marshal(s.receiver.takeRaw())
	ts.Check(err)
	ts.Logf("%s", s.body)
}

func wordRefused(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1 && of(ts).receiver != nil, "refused N, after receiver")
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	waitFor(ts, want, func() int { _, refused := of(ts).receiver.counts(); return refused })
}

func wordAttempted(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "attempted N")
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	waitFor(ts, want, func() (n int) {
		of(ts).control(ts, "GET", "/_fake/requests", "", nil)
		var list struct {
			Requests []struct{ Delivery struct{ Kind string } }
		}
		ts.Check(json.Unmarshal(of(ts).body, &list))
		for _, r := range list.Requests {
			if r.Delivery.Kind == "change" {
				n++
			}
		}
		return min(n, want) // more is as good
	})
}

func waitFor(ts *testscript.TestScript, want int, count func() int) {
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(time.Millisecond) {
		n := count()
		if n == want {
			return
		}
		if n > want || time.Now().After(deadline) {
			ts.Fatalf("%d of them, want %d: %s", n, want, jsonText(of(ts).receiver.takeRaw()))
		}
	}
}

func (r *receiver) counts() (notified, refused int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.raw), r.refused
}

func (r *receiver) takeRaw() []json.RawMessage {
	r.mu.Lock()
	defer r.mu.Unlock()
	raw := r.raw
	r.raw = nil
	return raw
}
