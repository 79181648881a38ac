package scenarios

import (
	_ "embed"
	"slices"
)

//go:embed scenario.schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of the scenario document. It
// describes the whole format, also what this version reads but does not yet
// serve.
func Schema() []byte { return slices.Clone(schema) }
