// Package openapi owns the catalogue: which operations and types Graph has,
// how a path is looked up, and whether a request fits its description.
//
// It is pure: no HTTP handling, no store, no clock. Nothing in it changes after
// it is built, so servers in one process share it. Start reading at
// [Catalogue], then [Version.Resolve] and [Operation.Validate].
package openapi
