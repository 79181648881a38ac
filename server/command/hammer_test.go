package command

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

const partnerSettings = "/beta/deviceManagement/virtualEndpoint/externalPartnerSettings"

// written is what a server has acknowledged.
type written struct {
	mu       sync.Mutex
	partner  map[string]string // id of a created entity -> its partnerId
	switched map[string]bool   // id -> its enableConnection was changed to true
}

// acknowledged counts the writes.
func (w *written) acknowledged() int { return len(w.partner) + len(w.switched) }

// writers is how many clients write at a time.
const writers = 8

// wordHammer writes until n writes are acknowledged, and kills the server while
// the writers go on; they end when nobody answers any more.
func wordHammer(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, len(args) == 2, "hammer NAME N")
	p := of(ts).running[args[0]]
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	w := &of(ts).written
	if w.partner == nil {
		w.partner, w.switched = map[string]string{}, map[string]bool{}
	}
	enough := w.acknowledged() + n
	var clients sync.WaitGroup
	var kill sync.Once
	for i := range writers {
		clients.Go(func() {
			client := &http.Client{Transport: &http.Transport{}}
			defer client.CloseIdleConnections()
			for round := 0; w.round(client, p.url, fmt.Sprintf("%08x-0000-4000-8000-%012x", i+enough<<8, round)); round++ {
				w.mu.Lock()
				full := w.acknowledged() >= enough
				w.mu.Unlock()
				if full {
					kill.Do(func() { _ = p.command.Process.Kill() })
				}
			}
		})
	}
	clients.Wait()
	<-p.ended
	delete(of(ts).running, args[0])
	if w.acknowledged() < enough {
		ts.Fatalf("only %d writes were acknowledged, want %d\n%s", w.acknowledged(), enough, p.stderr.String())
	}
}

// round creates an entity and changes it, and notes what was acknowledged;
// false when it was not.
func (w *written) round(client *http.Client, base, partner string) bool {
	var made struct{ ID string }
	status, answer := send(client, http.MethodPost, base+partnerSettings, `{"partnerId":"`+partner+`","enableConnection":false}`)
	if status != http.StatusCreated || json.Unmarshal(answer, &made) != nil {
		return false
	}
	w.mu.Lock()
	w.partner[made.ID] = partner
	w.mu.Unlock()
	if status, _ = send(client, http.MethodPatch, base+partnerSettings+"/"+made.ID, `{"enableConnection":true}`); status/100 != 2 {
		return false
	}
	w.mu.Lock()
	w.switched[made.ID] = true
	w.mu.Unlock()
	return true
}

// send reports the status and body of an answer that came whole, else 0.
func send(client *http.Client, method, url, body string) (int, []byte) {
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return 0, nil
	}
	r.Header.Set("Authorization", "Bearer test")
	r.Header.Set("Content-Type", "application/json")
	response, err := client.Do(r)
	if err != nil {
		return 0, nil
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, nil
	}
	return response.StatusCode, answer
}

func wordSurvived(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, len(args) == 1, "survived NAME")
	base, w := of(ts).running[args[0]].url, &of(ts).written
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	lost := 0
	for id, partner := range w.partner {
		var got struct {
			PartnerID        string
			EnableConnection bool
		}
		status, answer := send(client, http.MethodGet, base+partnerSettings+"/"+id, "")
		whole := status == http.StatusOK && json.Unmarshal(answer, &got) == nil && strings.EqualFold(got.PartnerID, partner)
		if !whole || w.switched[id] && !got.EnableConnection {
			lost++
			ts.Logf("lost: %s %s (changed: %v): %d %s", id, partner, w.switched[id], status, answer)
		}
	}
	if lost > 0 || len(w.partner) == 0 {
		ts.Fatalf("%d of %d acknowledged entities are lost", lost, len(w.partner))
	}
	ts.Logf("%d created and %d changed entities survived", len(w.partner), len(w.switched))
}
