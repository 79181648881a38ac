package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
)

// Takes reports whether a call brings a body of another media type than JSON
// that its operation takes: a message in MIME format, which Outlook takes in
// text/plain wherever it takes a message (D, graph-behaviour §12), or what the
// created or replaced type takes by its behaviour.
func (e *Engine) Takes(c *call.Call) bool {
	mediaType, _, _ := strings.Cut(strings.ToLower(c.Header.Get("Content-Type")), ";")
	mediaType = strings.TrimSpace(mediaType)
	if c.Operation.Family == openapi.FamilyOutlook && mediaType == "text/plain" {
		return true
	}
	if c.Operation.Kind != openapi.Create && c.Operation.Kind != openapi.Replace || mediaType == "" {
		return false
	}
	t := c.Operation.Response().Type()
	if t == nil {
		t = c.Operation.Request().Type()
	}
	for ; t != nil; t = t.Base() {
		if taker, ok := e.Behaviors.Type(t.Name).(behavior.Taker); ok {
			return taker.Takes(mediaType)
		}
	}
	return false
}
