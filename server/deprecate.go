package server

import (
	"net/http"
	"sync"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
)

// deprecations keeps the header fields of deprecated operations, made when one
// is first called.
type deprecations struct{ fields sync.Map } // *openapi.Deprecation -> []call.Field

// deprecate adds the headers of graph-behaviour §5.3, on errors as well.
func (s *Server) deprecate(c *call.Call, r *call.Response) {
	if c.Operation == nil {
		return
	}
	d := c.Operation.Deprecation()
	if d == nil {
		return
	}
	fields, ok := s.headers.fields.Load(d)
	if !ok {
		fields, _ = s.headers.fields.LoadOrStore(d, deprecationFields(d))
	}
	r.Header = append(r.Header, fields.([]call.Field)...)
}

func deprecationFields(d *openapi.Deprecation) []call.Field {
	var fields []call.Field
	if !d.Announced.IsZero() {
		fields = append(fields, call.Field{Name: "Deprecation", Value: endOfDay(d.Announced)})
	}
	if !d.Removal.IsZero() {
		fields = append(fields, call.Field{Name: "Sunset", Value: endOfDay(d.Removal)})
	}
	if d.Link != "" {
		fields = append(fields, call.Field{Name: "Link", Value: "<" + d.Link + ">;rel=\"deprecation\";type=\"text/html\""})
	}
	return fields
}

// endOfDay is the last second of a day, as these headers name it.
func endOfDay(day time.Time) string {
	y, m, d := day.Date()
	return time.Date(y, m, d, 23, 59, 59, 0, time.UTC).Format(http.TimeFormat)
}
