package identity

import "github.com/fakegraph/fakegraph/openapi"

// knownScope reports whether Graph has a delegated scope of this name.
func knownScope(name string) bool { return openapi.HasScope(name) }
