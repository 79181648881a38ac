package openapi

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// recent keeps what paths stand for that were asked for lately: clients ask for
// the same ones again and again. A path has one place, which the next with the
// same hash takes; so there is no lock, and a bound.
type recent struct {
	places [recentPaths]atomic.Pointer[resolved]
}

const (
	recentPaths = 1024 // places: a power of two, which makes the remainder cheap
	longestKept = 256  // bytes of a path that is kept
)

// resolved is a path and its target. Neither changes.
type resolved struct {
	path   string
	target Target
}

var pathSeed = maphash.MakeSeed()

// Find is [Version.Resolve] for requests: what one path stands for is remembered
// for a while. The segments are shared: they must not be changed.
func (v *Version) Find(path string) (Target, error) {
	if len(path) > longestKept {
		return v.Resolve(path, nil)
	}
	place := &v.recent.places[maphash.String(pathSeed, path)%recentPaths]
	if kept := place.Load(); kept != nil && kept.path == path {
		return kept.target, nil
	}
	path = strings.Clone(path) // not the request that it came with
	target, err := v.Resolve(path, make([]Segment, 0, strings.Count(path, "/")))
	if err != nil {
		return Target{}, err
	}
	target.Segments = target.Segments[:len(target.Segments):len(target.Segments)]
	place.Store(&resolved{path, target})
	return target, nil
}
