package notify

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/clock"
)

// source is a list of pages that an endpoint is told one after the other.
type source struct {
	mu     sync.Mutex
	end    Endpoint
	pages  []Page
	told   []uint64
	missed []string
}

func (s *source) Endpoints() ([]Endpoint, error)   { return []Endpoint{s.end}, nil }
func (s *source) Reached(Endpoint) (uint64, error) { return 0, nil }
func (s *source) Close(Endpoint) (bool, error)     { return true, nil }
func (s *source) Tend() (time.Time, error)         { return time.Time{}, nil }
func (s *source) Tick() (uint64, error)            { return 100, nil }

func (s *source) Next(_ Endpoint, after uint64) (Page, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.pages {
		if p.Through > after {
			return p, nil
		}
	}
	return Page{Through: after, Seen: 100}, nil
}

func (s *source) Told(_ Endpoint, through uint64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told = append(s.told, through)
	return nil
}

func (s *source) Missed(items []Item) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, i := range items {
		s.missed = append(s.missed, i.Subscription)
	}
	return nil
}

// What was lost is missed by its subscriptions; changes and lifecycle events go
// apart, in order.
func TestWorker(t *testing.T) {
	var kinds []string
	endpoint := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer endpoint.Close()
	s := &source{end: Endpoint{"t", endpoint.URL}, pages: []Page{
		{Lost: true, Through: 10, Items: []Item{{Subscription: "a"}, {Subscription: "b"}}},
		{Through: 20, Items: []Item{{Tick: 11, ChangeType: "created"}, {Tick: 12, Lifecycle: "missed"}, {Tick: 13, Lifecycle: "missed"}, {Tick: 14, ChangeType: "updated"}}},
	}}
	n := New(Config{
		Source: s, Clock: new(clock.Clock), NewID: func() string { return "id" },
		Record: func(d *Delivery) { kinds = append(kinds, d.Kind) },
	})
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := n.Wait(ctx); err != nil {
		t.Fatal(err)
	}
	n.Close()
	n.Wake() // does nothing any more
	if !slices.Equal(s.missed, []string{"a", "b"}) || !slices.Equal(s.told, []uint64{10, 11, 13, 14}) {
		t.Errorf("missed %v, told %v", s.missed, s.told)
	}
	if !slices.Equal(kinds, []string{Change, Lifecycle, Change}) {
		t.Errorf("%v", kinds)
	}
	if err := n.Wait(ctx); err != nil {
		t.Errorf("everything was told before: %v", err)
	}
}
