package control

import (
	"bytes"
	"net/http"

	"github.com/prometheus/common/expfmt"
)

// metrics answers in Prometheus' text format, or in the one of its formats that
// the client asks for.
func (c *control) metrics(r *request) reply {
	families, err := c.Metrics.Gather()
	if err != nil {
		return problem(http.StatusInternalServerError, "the metrics cannot be collected: %v", err)
	}
	format := expfmt.NegotiateAccept(http.Header{"Accept": {r.accept}}, expfmt.DefaultAcceptedFormats()...)
	var body bytes.Buffer
	encoder := expfmt.NewEncoder(&body, format)
	for _, f := range families {
		if err := encoder.Encode(f); err != nil {
			return problem(http.StatusInternalServerError, "the metric %s cannot be written: %v", f.GetName(), err)
		}
	}
	return text(string(format), body.Bytes())
}
