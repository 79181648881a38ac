package main

import (
	"encoding/json"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"

	"github.com/rs/zerolog"

	"github.com/fakegraph/fakegraph/server"
	"github.com/fakegraph/fakegraph/server/internal/edge"
)

// serveFake is fakegraph as its command starts it: tokens judged, validation
// strict, journal on, log level info, plain HTTP on a free port.
func serveFake(o order, d *dialogue) error {
	edge.TuneCollector()
	fake, err := server.New(
		server.WithAddresses("127.0.0.1:0", ""), server.WithFixtures(o.Fixtures...), server.WithData(o.Data),
		server.WithLogger(zerolog.New(os.Stderr).Level(zerolog.InfoLevel)),
	)
	if err != nil {
		return err
	}
	defer fake.Close()
	if err := fake.Listen(); err != nil {
		return err
	}
	return d.attend(strings.TrimPrefix(fake.Addresses().HTTP, "http://"))
}

// serveBare answers every request with the same bytes.
func serveBare(o order, d *dialogue) error {
	return serve(d, func(w http.ResponseWriter, _ *http.Request) { answer(w, o.Body) })
}

// serveBarePatch merges the body of every request into one entity in memory and
// answers with it: the least that a PATCH can be with encoding/json.
func serveBarePatch(o order, d *dialogue) error {
	var mu sync.Mutex
	entity := map[string]any{}
	if err := json.Unmarshal(o.Body, &entity); err != nil {
		return err
	}
	return serve(d, func(w http.ResponseWriter, r *http.Request) {
		var change map[string]any
		body, err := io.ReadAll(r.Body)
		if err == nil {
			err = json.Unmarshal(body, &change)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		mu.Lock()
		maps.Copy(entity, change)
		merged, err := json.Marshal(entity)
		mu.Unlock()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		answer(w, merged)
	})
}

func answer(w http.ResponseWriter, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	if len(body) > 2048 { // beyond it net/http does not find the length by itself
		w.Header().Set("Content-Length", decimal(len(body)))
	}
	_, _ = w.Write(body)
}

func serve(d *dialogue, handler http.HandlerFunc) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s := &http.Server{Handler: handler}
	defer s.Close()
	go func() { _ = s.Serve(l) }()
	return d.attend(l.Addr().String())
}
