package server

import (
	"fmt"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/control"
	"github.com/fakegraph/fakegraph/server/internal/postman"
)

// Postman implements [control.Fake].
func (c *controlled) Postman(r control.PostmanRequest) (any, error) {
	s := postman.Selection{Versions: c.catalogue.Versions(), Areas: r.Areas, All: r.All}
	if r.Version != "" {
		v := c.catalogue.Version(r.Version)
		if v == nil {
			return nil, fmt.Errorf("no version %s: served are v1.0 and beta", quote(r.Version))
		}
		s.Versions = []*openapi.Version{v}
	}
	switch r.File {
	case "collection":
		return postman.Collection(s), nil
	case "environment":
		return postman.Environment(s, r.Origin, "test", nil), nil
	}
	return nil, fmt.Errorf("no file %s: there are collection.json and environment.json", quote(r.File))
}
