// Package odata reads and writes the query options of OData 4.01 URLs: it turns
// text into syntax trees that know their positions, trees back into canonical
// text, and mistakes into [Error] values that can speak Graph's words or ours.
//
// It must not know types, entities, stores or HTTP: a name is just a name here,
// and whether it is a property, a navigation property or nonsense is decided by
// package graph, which plans evaluators from the trees. For the same reason no
// function compares values.
//
// Start reading at [ParseQuery], which splits a raw query string and hands each
// option to its parser; then [Expr] (tree.go) for the shape of $filter, and
// expression.go for the precedence climber that builds it.
//
// # Leniency
//
// Option names, operators, functions, keywords and "asc"/"desc" are read without
// regard to case, the "$" of an option may be missing, and blanks may stand
// wherever tokens meet (graph-behaviour §1.4, §14 (5)). Trees and canonical text
// use OData's spelling. Names of properties, types and range variables keep the
// caller's.
//
// # Limits
//
// An option longer than [MaxLength] or nested deeper than [MaxDepth] is an error,
// so no input can exhaust the stack.
package odata

const (
	// MaxLength is the longest option text that is read, in bytes after decoding.
	MaxLength = 64 << 10
	// MaxDepth is how deep parentheses, unary operators, lambdas and nested
	// options may stand within each other, all counted together.
	MaxDepth = 200
)
