package openapi

// Finding is one thing that validation found: where it is, which rule of the
// description it breaks, and our words for it. Text never repeats a value.
type Finding struct {
	In   string // "path", "query", "header" or "body"
	Path string // JSON pointer into the body ("/enableConnection"), or the parameter's name
	Kind string // schema keyword or rule: type, enum, format, required, nullable, readOnly, createOnly, additionalProperties, mediaType, json, odataType, parameter
	Text string // "enableConnection: want boolean, got string"
}
