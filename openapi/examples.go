package openapi

import "strings"

// dropExamples takes examples out: they are not served, they are half of what
// the loader reads, and in documents of Graph many contradict their schemas.
func dropExamples(value any, names bool) {
	switch value := value.(type) {
	case map[string]any:
		if !names {
			delete(value, "example")
			delete(value, "examples")
		}
		for name, v := range value {
			if !strings.HasPrefix(name, "x-") {
				dropExamples(v, !names && namesBelow[name])
			}
		}
	case []any:
		for _, item := range value {
			dropExamples(item, false)
		}
	}
}

// namesBelow are the fields whose members are names that the author chose.
var namesBelow = map[string]bool{
	"paths": true, "schemas": true, "responses": true, "requestBodies": true, "headers": true, "securitySchemes": true,
	"links": true, "callbacks": true, "pathItems": true, "properties": true, "patternProperties": true,
	"content": true, "encoding": true, "mapping": true, "variables": true, "parameters": true,
}
