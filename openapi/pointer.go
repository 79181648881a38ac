package openapi

import "strings"

var pointerEscaper = strings.NewReplacer("~", "~0", "/", "~1")

// escapePointer escapes one name for a JSON pointer (RFC 6901).
func escapePointer(name string) string {
	if !strings.ContainsAny(name, "~/") {
		return name
	}
	return pointerEscaper.Replace(name)
}

var pointerUnescaper = strings.NewReplacer("~1", "/", "~0", "~")
