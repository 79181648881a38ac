package server

import (
	"fmt"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
)

// Loaded says in a few lines what the server holds, for the one who started it.
func (s *Server) Loaded() []string {
	return []string{
		"fixtures   " + strings.Join(s.fixtures.names, ", "),
		"scenarios  " + orNone(s.config.scenarios),
		"serves     " + served(s.catalogue),
	}
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

func served(c *openapi.Catalogue) string {
	var parts []string
	for _, v := range c.Versions() {
		parts = append(parts, fmt.Sprintf("%d operations of %s", v.Len(), v.Name()))
	}
	return strings.Join(parts, ", ")
}
