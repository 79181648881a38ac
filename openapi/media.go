package openapi

import "strings"

// mediaType cuts the parameters off a Content-Type and folds its case.
func mediaType(contentType string) string {
	kind, _, _ := strings.Cut(contentType, ";")
	return strings.ToLower(strings.TrimSpace(kind))
}

// isJSON reports whether a media type is JSON: application/json with any
// parameters, or a type with the suffix "+json".
func isJSON(contentType string) bool {
	kind := mediaType(contentType)
	return kind == "application/json" || strings.HasSuffix(kind, "+json")
}
