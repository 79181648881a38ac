package postman

import (
	"encoding/json"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
)

// item is one request of the collection.
type item struct {
	Name    string  `json:"name"`
	Request request `json:"request"`
}

type request struct {
	Method string     `json:"method"`
	Header []variable `json:"header"`
	Body   *body      `json:"body,omitempty"`
	URL    address    `json:"url"`
}

type body struct {
	Mode    string `json:"mode"`
	Raw     string `json:"raw"`
	Options any    `json:"options,omitempty"`
}

type address struct {
	Raw   string     `json:"raw"`
	Host  []string   `json:"host"`
	Path  []string   `json:"path"`
	Query []variable `json:"query,omitempty"`
}

func newRequest(v *openapi.Version, op *openapi.Operation) item {
	path := v.Name() + withVariables(op)
	r := request{Method: op.Method, Header: []variable{}, URL: address{Host: []string{"{{baseUrl}}"}, Path: strings.Split(path, "/")}}
	var query []string
	for _, p := range op.RequiredQuery() {
		value := unquoted(openapi.SpecimenOf(p.Type))
		r.URL.Query = append(r.URL.Query, variable{Key: p.Name, Value: value})
		query = append(query, p.Name+"="+value)
	}
	r.URL.Raw = "{{baseUrl}}/" + path
	if query != nil {
		r.URL.Raw += "?" + strings.Join(query, "&")
	}
	if op.Kind == openapi.Count {
		r.Header = append(r.Header, variable{Key: "ConsistencyLevel", Value: "eventual"})
	}
	if sends(op) {
		r.Header = append(r.Header, variable{Key: "Content-Type", Value: "application/json"})
		r.Body = &body{Mode: "raw", Raw: example(op), Options: map[string]any{"raw": map[string]string{"language": "json"}}}
	}
	return item{Name: op.Method + " " + op.Template, Request: r}
}

func sends(op *openapi.Operation) bool {
	return (op.Method == "POST" || op.Method == "PATCH" || op.Method == "PUT") && op.Kind != openapi.Stream
}

// example is a body that the fake takes, indented for people.
func example(op *openapi.Operation) string {
	if op.Kind == openapi.LinkAdd || op.Kind == openapi.LinkSet {
		return "{\n  \"@odata.id\": \"{{baseUrl}}/v1.0/directoryObjects/{{user-id}}\"\n}"
	}
	object := map[string]any{}
	if json.Unmarshal(op.Specimen(), &object) != nil {
		return "{}"
	}
	if op.Kind == openapi.Update {
		makeChange(op.Request().Type(), object)
	}
	text, err := json.MarshalIndent(object, "", "  ")
	if err != nil {
		return "{}"
	}
	return string(text)
}

// makeChange leaves out what is fixed after creation, and lets an update that
// would say nothing set the first switch that there is.
func makeChange(t *openapi.Type, object map[string]any) {
	if t == nil {
		return
	}
	for name := range object {
		if p := t.Property(name); p != nil && p.CreateOnly {
			delete(object, name)
		}
	}
	for _, p := range t.Properties() {
		if len(object) == 0 && p.Type.Name == "Edm.Boolean" && !p.Type.Collection && !p.ReadOnly && !p.CreateOnly {
			object[p.Name] = true
		}
	}
}

// withVariables writes a template's parameters as Postman's variables; the
// arguments of functions get values.
func withVariables(op *openapi.Operation) string {
	var b strings.Builder
	for rest := op.Template; ; {
		before, after, found := strings.Cut(rest, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, tail, _ := strings.Cut(after, "}")
		b.WriteString(argument(op, name))
		rest = tail
	}
}

func argument(op *openapi.Operation, name string) string {
	if op.Kind == openapi.Function {
		for _, p := range op.Parameters() {
			if p.Name == name {
				return unquoted(openapi.SpecimenOf(p.Type))
			}
		}
	}
	return "{{" + name + "}}"
}

func unquoted(raw []byte) string { return strings.Trim(string(raw), `"`) }
