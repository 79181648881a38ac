package control

import (
	"bytes"
	"io"
	"net/http"
)

// metricsType is the media type of Prometheus' text format.
const metricsType = "text/plain; version=0.0.4; charset=utf-8"

// Metrics are numbers that write themselves in Prometheus' text format.
type Metrics interface{ Write(w io.Writer) error }

// metrics answers in Prometheus' text format.
func (c *control) metrics(*request) reply {
	var body bytes.Buffer
	if err := c.Metrics.Write(&body); err != nil {
		return problem(http.StatusInternalServerError, "the metrics cannot be collected: %v", err)
	}
	return text(metricsType, body.Bytes())
}
