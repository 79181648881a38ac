// Package batch owns the documents of JSON batching: it reads the requests of a
// $batch body, finds out which depend on which, and writes the responses
// (graph-behaviour §7).
//
// It knows no stores, tokens or connections: what a step does is for the request
// path, which answers it like any other call. Start reading at [Parse].
package batch

import (
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// MaxSteps is how many requests one batch may hold (D).
const MaxSteps = 20

// Batch is a batch that can be run: each step on its own, those of a level
// after those of the levels before.
type Batch struct {
	Steps []Step
}

// Step is one request of a batch.
type Step struct {
	ID       string
	Method   string // upper case
	Path     string // escaped, below the version, begins with "/"
	RawQuery string
	Header   call.Header
	Body     []byte // nil for none

	// After is the index of the step that must succeed first, -1 for none. It
	// is always smaller than the step's own.
	After int
	// Level is 0 for a step that depends on none, else one more than that of
	// the step it depends on.
	Level int

	// Refused is the answer to a step that cannot be a request, with our
	// reason; nil for all others.
	Refused *grapherr.Error
	Reason  string
}

// Malformed says why a whole batch is refused: Graph's message, and all
// findings in our words.
type Malformed struct {
	Message  string
	Findings []string
}

func (m *Malformed) add(message, finding string) {
	if m.Message == "" {
		m.Message = message
	}
	m.Findings = append(m.Findings, finding)
}
