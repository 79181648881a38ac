package control

import (
	"bytes"
	"io"
	"net/http"
	"runtime/pprof"
	"runtime/trace"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Package net/http/pprof would do this, but importing it publishes profiles on
// the DefaultServeMux of every program that uses fakegraph as a library.

// longestProfile bounds what one request may record.
const longestProfile = 10 * time.Minute

// pprof answers with a profile for go tool pprof or go tool trace.
func (c *control) pprof(r *request) reply {
	name := r.variables["profile"]
	switch {
	case !c.Pprof:
		return problem(http.StatusNotFound, "profiles are off: start with --pprof")
	case name == "profile":
		return record(r, pprof.StartCPUProfile, pprof.StopCPUProfile)
	case name == "trace":
		return record(r, trace.Start, trace.Stop)
	}
	p := pprof.Lookup(name)
	if p == nil {
		return problem(http.StatusNotFound, "no profile %q: want profile, trace or one of %s", name, profileNames())
	}
	debug, err := strconv.Atoi(r.query.Get("debug"))
	if err != nil && r.query.Get("debug") != "" {
		return problem(http.StatusBadRequest, "debug=%q: want 0, 1 or 2", r.query.Get("debug"))
	}
	var body bytes.Buffer
	if err := p.WriteTo(&body, debug); err != nil {
		return problem(http.StatusInternalServerError, "%s: %v", name, err)
	}
	if debug > 0 {
		return text("text/plain; charset=utf-8", body.Bytes())
	}
	return text("application/octet-stream", body.Bytes())
}

// record runs a profile for as long as the client wants and stays.
func record(r *request, start func(io.Writer) error, stop func()) reply {
	seconds := 30.0
	if asked := r.query.Get("seconds"); asked != "" {
		var err error
		if seconds, err = strconv.ParseFloat(asked, 64); err != nil || seconds <= 0 || seconds > longestProfile.Seconds() {
			return problem(http.StatusBadRequest, "seconds=%q: want a number up to %v", asked, longestProfile.Seconds())
		}
	}
	var body bytes.Buffer
	if err := start(&body); err != nil {
		return problem(http.StatusConflict, "%v: one profile of a kind at a time", err)
	}
	timer := time.NewTimer(time.Duration(seconds * float64(time.Second)))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.done:
	}
	stop()
	return text("application/octet-stream", body.Bytes())
}

func profileNames() string {
	var names []string
	for _, p := range pprof.Profiles() {
		names = append(names, p.Name())
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
