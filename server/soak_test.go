package server

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rs/zerolog"
)

// soakTime is how long TestSoak lasts: a few seconds, or what the environment
// says, as in
//
//	FAKEGRAPH_SOAK=1h go test ./server -run '^TestSoak$' -timeout 2h
func soakTime(t *testing.T) time.Duration {
	text := os.Getenv("FAKEGRAPH_SOAK")
	if text == "" {
		if testing.Short() {
			t.Skip("a mixed load for a while: FAKEGRAPH_SOAK=1m")
		}
		return 3 * time.Second
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatalf("FAKEGRAPH_SOAK: %v", err)
	}
	if end, ok := t.Deadline(); ok && time.Until(end) < d+time.Minute {
		t.Fatalf("FAKEGRAPH_SOAK=%s: the go command ends this test before: give it -timeout %s", text, d+10*time.Minute)
	}
	return d
}

// TestSoak puts a server under reads, writes, batches, faults, uploads, and slow
// and broken clients at once. The journal is replayed against a model: what the
// server holds at the end is what it said that it did. Nothing leaks, nothing
// breaks, and no request fails that no fault was asked for.
func TestSoak(t *testing.T) {
	d := soakTime(t)
	s := newSoak(t)
	before := s.footprint()
	ctx, cancel := context.WithTimeout(context.Background(), d/2)
	s.load(ctx)
	cancel()
	middle := s.settled()
	ctx, cancel = context.WithTimeout(context.Background(), d/2)
	s.load(ctx)
	cancel()
	end := s.settled()
	t.Logf("%d requests, %d writes followed\nbefore %+v\nmiddle %+v\nend    %+v", s.sent.Load(), s.model.applied, before, middle, end)
	s.judge(before, middle, end)
}

// soak is a server under load.
type soak struct {
	t     *testing.T
	fake  *Server
	http  *http.Client // HTTP/1.1, plain
	http2 *http.Client
	risky *http.Client // HTTP/2 for faults, which break the connection for all its streams
	plain string
	tls   string
	log   *logged
	file  string
	sent  atomic.Int64
	kept  atomic.Int64
	model *model

	mu       sync.Mutex
	failures []string
}

// soakPatience is what a client that stalls is given; those that do not must
// get along with it on a machine that is busy with all of them.
const soakPatience = 3 * time.Second

func newSoak(t *testing.T) *soak {
	t.Helper()
	s := &soak{t: t, log: &logged{}, file: filepath.Join(t.TempDir(), "soak.db"), model: newModel()}
	fake, err := New(WithData(s.file), WithAddresses("127.0.0.1:0", "127.0.0.1:0"), WithLogger(zerolog.New(s.log)), WithSeed(1),
		WithLimits(Limits{BodyTimeout: soakPatience, WriteTimeout: 2 * soakPatience, HeaderTimeout: soakPatience, Requests: 64}),
		func(c *config) { c.journal = 10_000 })
	if err != nil {
		t.Fatal(err)
	}
	if err := fake.Listen(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = fake.Close() })
	s.fake, s.plain, s.tls = fake, fake.Addresses().HTTP, fake.Addresses().HTTPS
	s.http = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32}}
	s.http2 = &http.Client{Transport: &http.Transport{TLSClientConfig: fake.clientTLS(), ForceAttemptHTTP2: true}}
	s.risky = &http.Client{Transport: &http.Transport{TLSClientConfig: fake.clientTLS(), ForceAttemptHTTP2: true}}
	ctx, stop := context.WithCancel(context.Background())
	followed := make(chan struct{})
	go func() {
		defer close(followed)
		_, _ = fake.journal.Wait(ctx, s.model.follow) // until stop
	}()
	t.Cleanup(func() { stop(); <-followed })
	return s
}

// load runs all kinds of clients until ctx ends, and waits for the last.
func (s *soak) load(ctx context.Context) {
	var clients sync.WaitGroup
	for i, act := range []func(context.Context, *rand.Rand, int){
		s.read, s.read, s.write, s.write, s.write, s.write, s.batch, s.fault, s.fault, s.upload, s.stall, s.stall, s.abuse, s.abuse, s.leave, s.sweep,
	} {
		clients.Go(func() {
			random := rand.New(rand.NewPCG(7, uint64(i)))
			for n := 0; ctx.Err() == nil; n++ {
				act(ctx, random, i)
				if n%16 == 15 {
					time.Sleep(time.Millisecond) // two cores serve the clients, too
				}
			}
		})
	}
	clients.Wait()
}

// send sends one request and returns the status, 0 when there was no answer.
func (s *soak) send(c *http.Client, method, path, body string, header ...string) (int, []byte) {
	base := s.plain
	if c != s.http {
		base = s.tls
	}
	r, err := http.NewRequest(method, base+path, strings.NewReader(body))
	if err != nil {
		s.fail("%v", err)
		return 0, nil
	}
	r.Header.Set("Authorization", "Bearer soak")
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	s.sent.Add(1)
	response, err := c.Do(r)
	if err != nil {
		return 0, nil
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, nil
	}
	if response.StatusCode >= 500 && r.Header.Get("X-Fake-Fault") == "" {
		s.fail("%s %s: %d %s", method, path, response.StatusCode, text)
	}
	return response.StatusCode, text
}

func (s *soak) fail(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.failures) < 20 {
		s.failures = append(s.failures, fmt.Sprintf(format, args...))
	}
}

// footprint is what a server takes of the machine when nobody asks it anything.
type footprint struct {
	goroutines, files, connections int
	heapMB, fileMB                 float64
}

func (s *soak) footprint() footprint {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	f := footprint{goroutines: runtime.NumGoroutine(), connections: s.fake.connections(), heapMB: float64(m.HeapAlloc) / (1 << 20)}
	if open, err := os.ReadDir("/proc/self/fd"); err == nil {
		f.files = len(open)
	}
	if info, err := os.Stat(s.file); err == nil {
		f.fileMB = float64(info.Size()) / (1 << 20)
	}
	return f
}

// settled is the footprint once the clients have gone.
func (s *soak) settled() footprint {
	s.http.CloseIdleConnections()
	s.http2.CloseIdleConnections()
	s.risky.CloseIdleConnections()
	for deadline := time.Now().Add(20 * time.Second); s.fake.connections() > 0 && time.Now().Before(deadline); {
		time.Sleep(20 * time.Millisecond)
	}
	return s.footprint()
}

// The bounds of what a load may leave behind. The heap holds the journal (16 MB
// of bodies beside their headers) and caches; pages of the file that are free
// again are used before it grows.
const (
	moreGoroutines = 10
	moreFiles      = 5
	moreHeapMB     = 120
	grownHeapMB    = 30 // from the middle to the end
	grownFile      = 1.5
)

// judge compares what stands with what may.
func (s *soak) judge(before, middle, end footprint) {
	t := s.t
	for _, f := range []footprint{middle, end} {
		if f.connections > 0 || f.goroutines > before.goroutines+moreGoroutines || f.files > before.files+moreFiles || f.heapMB > before.heapMB+moreHeapMB {
			t.Errorf("left behind: %+v, before %+v", f, before)
		}
	}
	if end.heapMB > middle.heapMB+grownHeapMB {
		t.Errorf("the heap grows: %+v, then %+v", middle, end)
	}
	if end.fileMB > grownFile*middle.fileMB+4 {
		t.Errorf("the file grows: %+v, then %+v", middle, end)
	}
	for _, f := range s.failures {
		t.Error(f)
	}
	if text := s.log.String(); text != "" {
		t.Errorf("the log has errors:\n%s", text)
	}
	s.model.awaitAll(t)
	s.model.compare(t, s.lists())
}

// logged keeps the lines of level error.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if bytes.Contains(p, []byte(`"level":"error"`)) && l.text.Len() < 10_000 {
		l.text.Write(p)
	}
	return len(p), nil
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func number(r *rand.Rand, below int) string { return strconv.Itoa(r.IntN(below)) }
