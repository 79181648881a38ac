// The generator is a module of its own, so that whoever uses fakegraph never
// downloads what only the catalogue's makers read.
module github.com/fakegraph/fakegraph/openapi/generate

go 1.26.0

require (
	github.com/fakegraph/fakegraph v0.0.0
	go.yaml.in/yaml/v4 v4.0.0 // overlay.yaml, with line numbers
)

require github.com/google/uuid v1.6.0

replace github.com/fakegraph/fakegraph => ../..
