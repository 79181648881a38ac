// Package table owns the compact binary form of a Graph version: writing it
// from plain facts, and reading it in place.
//
// A table is one string of bytes: a header, then sections. Records of nodes,
// operations, types and properties have a fixed width and are read where they
// lie; names are cut out of the string without a copy; what varies in length
// (permissions, parameters, members) lies in one section of records that are
// written once each and referred to by their offset. Opening a table reads the
// header and nothing else.
//
// It knows nothing of HTTP, of OpenAPI documents, nor of validation, and it
// caches nothing. Start reading at [Open] and layout.go, then [Table.Literal]
// and [Write].
package table
