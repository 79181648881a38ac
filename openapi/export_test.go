package openapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// loaded holds an exported document to kin-openapi's loader and validator.
func loaded(tb testing.TB, data []byte) *openapi3.T {
	tb.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		tb.Fatal(err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		tb.Fatal(err)
	}
	return doc
}

func TestDocument(t *testing.T) {
	v := beta(t)
	whole, err := v.Document("")
	if err != nil {
		t.Fatal(err)
	}
	if got := loaded(t, whole).Paths.Len(); got != 9 {
		t.Errorf("%d paths", got)
	}
	one, err := v.Document(partners + "/{cloudPcExternalPartnerSetting-id}")
	if err != nil {
		t.Fatal(err)
	}
	doc := loaded(t, one)
	if got := sortedKeys(doc.Components.Schemas); strings.Join(got, " ") != "microsoft.graph.cloudPcExternalPartnerSetting microsoft.graph.cloudPcExternalPartnerStatus microsoft.graph.entity" {
		t.Errorf("schemas %v", got)
	}
	concrete, err := v.Document(strings.ToUpper(partners) + "('1')")
	if err != nil || !bytes.Equal(concrete, one) {
		t.Errorf("a path with a key: %v", err)
	}
	for _, path := range []string{"/nowhere", "/deviceManagement"} {
		if _, err := v.Document(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// describe writes all that a version says, for comparison.
func describe(v *Version) string {
	var b strings.Builder
	for op := range v.Operations() {
		fmt.Fprintln(&b, op.ID, op.Method, op.Template, op.Kind, op.Status, op.Family, op.request.String(), op.response.String(), op.QueryOptions(), op.known().names, op.PermissionSource(), op.Clouds())
		if d := op.Deprecation(); d != nil {
			fmt.Fprintln(&b, " ", *d)
		}
		for _, a := range op.known().arguments {
			if a.in != "path" {
				fmt.Fprintln(&b, "  argument", a.in, a.name, a.required, a.value.Type.String())
			}
		}
		if op.body != nil && op.body.shape != nil {
			fmt.Fprintln(&b, "  body", op.body.required, op.body.media, op.body.inline, op.body.shape.names())
		}
	}
	for t := range v.Types() {
		fmt.Fprintln(&b, t.Name, t.Kind, t.Open, t.Abstract, t.Base() != nil, t.read().required, t.Members(), t.flags)
		for _, p := range t.Properties() {
			fmt.Fprintln(&b, "  ", p.Name, p.Type.String(), p.Nullable, p.ReadOnly, p.CreateOnly, p.Navigation, p.Contained, p.Required, p.facets().MinItems, p.facets().Pattern)
		}
	}
	return b.String()
}

// What is exported, and served again, is the same version.
func TestDocumentRoundTrip(t *testing.T) {
	versions := map[string]*Version{"beta": beta(t), "zoo": served(t, "zoo", zoo), "directory": served(t, "directory", directory)}
	for name, v := range versions {
		t.Run(name, func(t *testing.T) {
			data, err := v.Document("")
			if err != nil {
				t.Fatal(err)
			}
			loaded(t, data)
			again := served(t, v.Name(), string(data))
			if got, want := describe(again), describe(v); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			twice, err := again.Document("")
			if err != nil || !bytes.Equal(twice, data) {
				t.Errorf("exported twice, it differs: %v", err)
			}
		})
	}
}

func TestDocumentOfRealDocument(t *testing.T) {
	c, _, err := (&Catalogue{}).With("v1.0", "graph.json", realDocument(t))
	if err != nil {
		t.Fatal(err)
	}
	data, err := c.Version("v1.0").Document("")
	if err != nil {
		t.Fatal(err)
	}
	loaded(t, data)
	var counted struct{ Paths map[string]any }
	if err := json.Unmarshal(data, &counted); err != nil || len(counted.Paths) != 469 {
		t.Errorf("%d paths, %v", len(counted.Paths), err)
	}
	again := served(t, "v1.0", string(data))
	if got, want := describe(again), describe(c.Version("v1.0")); got != want {
		t.Error("served again, it differs", firstDifference(got, want))
	}
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("at line %d:\n%s\n%s", i+1, x[i], y[i])
		}
	}
	return "in length"
}
