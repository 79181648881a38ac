package openapi

import "slices"

// modern turns what OpenAPI 3.1 writes in other words into those of 3.0, which
// the compiler reads: lists of types with null among them, and constants.
func modern(value any) any {
	switch value := value.(type) {
	case map[string]any:
		modernSchema(value)
		for name, v := range value {
			if name != "default" && name != "enum" {
				modern(v)
			}
		}
	case []any:
		for _, item := range value {
			modern(item)
		}
	}
	return value
}

func modernSchema(object map[string]any) {
	word, null := singleType(object["type"])
	_, isList := object["type"].([]any)
	switch {
	case word != "" && isList:
		object["type"] = word
	case isList, object["type"] == "null":
		delete(object, "type")
	}
	if null {
		object["nullable"] = true
	}
	if text, ok := object["const"].(string); ok && object["enum"] == nil {
		object["enum"] = []any{text}
		delete(object, "const")
	}
}

// singleType is the one type beside null that a schema names; "" for none and
// for several.
func singleType(value any) (word string, null bool) {
	list, isList := value.([]any)
	if !isList {
		word, _ = value.(string)
		return word, word == "null"
	}
	null = slices.Contains(list, any("null"))
	rest := slices.DeleteFunc(slices.Clone(list), func(v any) bool { return v == "null" })
	if len(rest) == 1 {
		word, _ = rest[0].(string)
	}
	return word, null
}
