// Package openapi owns the catalogue: which operations and types Graph has,
// how a path is looked up, and whether a request fits its description.
//
// It is pure: no HTTP handling, no store, no clock. Graph's own versions are
// compact tables in the binary, read in place; a user's OpenAPI document is
// compiled to facts and from these to a table, so that there is one
// representation. What is made of a table (nodes of the path trie, operations,
// types, validation schemas) is made at its first use and does not change, so
// servers in one process share it. Start reading at [Catalogue], then
// [Version.Resolve] and [Operation.Validate].
package openapi

//go:generate go run -C generate .
