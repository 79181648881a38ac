package scenarios

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

func compiledSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("scenario.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("scenario.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// beyondSchema are the kinds of problems that a JSON Schema cannot state.
var beyondSchema = []string{"syntax", "duplicate", "conflict", "unreachable", "template", "limit"}

// TestSchemaAgreesWithParse judges every built-in and every document in testdata
// by the schema and by the reader.
func TestSchemaAgreesWithParse(t *testing.T) {
	s := compiledSchema(t)
	files := append(archive(t, "problems.txtar").Files, archive(t, "valid.txtar").Files...)
	judged := 0
	for _, f := range files {
		values, ok := plainValues(f.Data)
		if strings.HasSuffix(f.Name, ".want") || !ok {
			continue
		}
		_, problems := parse(f.Name, f.Data)
		valid := !slices.ContainsFunc(problems, func(p Problem) bool { return !slices.Contains(beyondSchema, p.Kind) })
		if got, err := schemaAccepts(s, values); got != valid {
			t.Errorf("%s: the schema says %v (%v), Parse says %v (%v)", f.Name, got, err, valid, problems)
		}
		judged++
	}
	if judged < 35 {
		t.Errorf("only %d documents judged", judged)
	}
	for _, name := range builtInNames() {
		data, _ := builtIns.ReadFile("builtin/" + name + ".yaml")
		values, _ := plainValues(data)
		if ok, err := schemaAccepts(s, values); !ok || len(values) != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSchemaJudgesEachMember takes a document that holds every member, spoils
// one place at a time and expects both judges to say the same.
func TestSchemaJudgesEachMember(t *testing.T) {
	s := compiledSchema(t)
	var data []byte
	for _, f := range archive(t, "valid.txtar").Files {
		if f.Name == "every-member.yaml" {
			data = f.Data
		}
	}
	values, ok := plainValues(data)
	if !ok || len(values) != 1 {
		t.Fatal("no document")
	}
	for _, wrong := range []any{nil, true, "", "x y", "/a", "2s", -1.0, 0.0, 0.5, 3.0, 404.0, []any{}, []any{"a", "a"}, map[string]any{}, map[string]any{"zz": 1.0}} {
		spoil(values[0], func(place string, set func(any)) {
			set(wrong)
			text, err := json.Marshal(values[0])
			if err != nil {
				t.Fatal(err)
			}
			_, problems := parse("", text)
			valid := !slices.ContainsFunc(problems, func(p Problem) bool { return !slices.Contains(beyondSchema, p.Kind) })
			if got, err := schemaAccepts(s, values); got != valid {
				t.Errorf("%s = %v: the schema says %v (%v), Parse says %v (%v)", place, wrong, got, err, valid, problems)
			}
		})
	}
}

// spoil calls try for every place inside v; after each the place is as before.
func spoil(v any, try func(place string, set func(any))) {
	visit := func(key string, old any, set func(any)) {
		try(key, set)
		set(old)
		spoil(old, func(place string, set func(any)) { try(key+"/"+place, set) })
	}
	switch v := v.(type) {
	case map[string]any:
		for key, old := range v {
			visit(key, old, func(n any) { v[key] = n })
		}
	case []any:
		for i, old := range v {
			visit("[]", old, func(n any) { v[i] = n })
		}
	}
}

func schemaAccepts(s *jsonschema.Schema, values []any) (bool, error) {
	for _, v := range values {
		if err := s.Validate(v); err != nil {
			return false, err
		}
	}
	return true, nil
}

// plainValues decodes documents without the reader under test; ok is false when
// they are not YAML or have no JSON form.
func plainValues(data []byte) (values []any, ok bool) {
	if json.Valid(data) {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		return []any{v}, err == nil
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	for {
		var v any
		err := decoder.Decode(&v)
		if errors.Is(err, io.EOF) {
			return values, len(values) > 0
		}
		if err != nil {
			return nil, false
		}
		if v == nil {
			continue
		}
		text, err := json.Marshal(v)
		if err != nil {
			return nil, false
		}
		plain, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			return nil, false
		}
		values = append(values, plain)
	}
}

func TestSchemaIsACopy(t *testing.T) {
	Schema()[0] = 'x'
	if Schema()[0] != '{' {
		t.Error("a caller changed the schema")
	}
}
