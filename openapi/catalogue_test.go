package openapi

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// described are the versions of the documents in data, small and written by
// hand.
var described = sync.OnceValues(func() (*Catalogue, error) {
	c := &Catalogue{}
	for _, name := range []string{"v1.0", "beta"} {
		data, err := os.ReadFile(filepath.Join("data", name+".yaml"))
		if err != nil {
			return nil, err
		}
		next, problems, err := c.With(name, name+".yaml", data)
		if err != nil || len(problems) > 0 {
			return nil, fmt.Errorf("%v %w", problems, err)
		}
		c = next
	}
	return c, nil
})

// beta is the Cloud PC part of beta.
func beta(tb testing.TB) *Version {
	tb.Helper()
	c, err := described()
	if err != nil {
		tb.Fatal(err)
	}
	return c.Version("beta")
}

// eachBeta runs a test over the Cloud PC part of beta, and over all of beta as
// it is embedded: what is known of the partner resources must be in both.
func eachBeta(t *testing.T, test func(*testing.T, *Version)) {
	t.Run("described", func(t *testing.T) { test(t, beta(t)) })
	t.Run("embedded", func(t *testing.T) {
		c, err := Default()
		if err != nil {
			t.Fatal(err)
		}
		test(t, c.Version("beta"))
	})
}

// served compiles a document for a version, and expects no problems.
func served(tb testing.TB, version, document string) *Version {
	tb.Helper()
	c, problems, err := (&Catalogue{}).With(version, "test.yaml", []byte(document))
	if err != nil {
		tb.Fatal(err)
	}
	for _, p := range problems {
		tb.Error(p)
	}
	return c.Version(version)
}

// realDocument reads the published description of 470 paths of v1.0, which is
// not part of the repository.
func realDocument(tb testing.TB) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.FromSlash("../../shared/graph/openapi/graph-v1.0-subset.json"))
	if err != nil {
		tb.Skip("the published description is not here: ", err)
	}
	return data
}

func TestDefault(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	again, _ := Default()
	if c != again {
		t.Error("a second catalogue was built")
	}
	if got := c.Version("BETA"); got == nil || got.Name() != "beta" {
		t.Errorf("beta: %+v", got)
	}
	if got := c.Version("V1.0"); got == nil || got.Name() != "v1.0" {
		t.Errorf("v1.0: %+v", got)
	}
	if c.Version("v2.0") != nil {
		t.Error("v2.0 exists")
	}
	if v := c.Versions(); len(v) != 2 || v[0].Name() != "v1.0" {
		t.Errorf("versions: %v", v)
	}
}

// The documents must be good OpenAPI on their own, not only for our compiler.
func TestEmbeddedDocumentsAreValid(t *testing.T) {
	for _, file := range []string{"v1.0.yaml", "beta.yaml"} {
		doc, err := openapi3.NewLoader().LoadFromFile(filepath.Join("data", file))
		if err != nil {
			t.Fatal(err)
		}
		if err := doc.Validate(context.Background(), openapi3.EnableMultiError()); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		data, err := os.ReadFile(filepath.Join("data", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range Check(file, data) {
			t.Error(p)
		}
	}
}

func TestWithLeavesTheOldCatalogueAlone(t *testing.T) {
	c, err := described()
	if err != nil {
		t.Fatal(err)
	}
	document := "openapi: 3.0.4\ninfo: {title: t, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: ok}}}}}"
	other, problems, err := c.With("Beta", "mine.yaml", []byte(document))
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	if got := other.Version("beta"); got.Name() != "beta" || got.Len() != 1 {
		t.Errorf("replaced: %s with %d operations", got.Name(), got.Len())
	}
	if got := c.Version("beta").Len(); got != 15 {
		t.Errorf("the old catalogue has %d operations", got)
	}
	if other.Version("v1.0") != c.Version("v1.0") {
		t.Error("v1.0 is not shared")
	}
	more, _, err := c.With("custom", "mine.yaml", []byte(document))
	if err != nil || len(more.Versions()) != 3 {
		t.Errorf("a new version: %v", err)
	}
}

func TestWithRefuses(t *testing.T) {
	c := &Catalogue{}
	for _, test := range []struct{ name, document, want string }{
		{"not YAML", "a: [", "mine.yaml: "},
		{"broken JSON", "{\n \"openapi\": ]}", "mine.yaml: line 2 column 13: "},
		{"not an object", "- a", "not an OpenAPI document"},
		{"empty", "", "not an OpenAPI document"},
		{"Swagger", "swagger: '2.0'", "not an OpenAPI 3 document"},
		{"wrong shape", "openapi: 3.0.4\npaths: 7", "not a valid OpenAPI document"},
		{"twice", "openapi: 3.0.4\nopenapi: 3.0.4", `line 2: "openapi" is there twice`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := c.With("beta", "mine.yaml", []byte(test.document))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q in it", err, test.want)
			}
		})
	}
}

// The published description has a dangling reference and two paths that differ
// in a slash; the rest of it must be served.
func TestWithRealDocument(t *testing.T) {
	data := realDocument(t)
	c, problems, err := (&Catalogue{}).With("v1.0", "graph.json", data)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, p := range problems {
		texts = append(texts, p.String())
	}
	all := strings.Join(texts, "\n")
	for _, want := range []string{"graph.json:53765:21: /components/schemas/microsoft.graph.educationUser/", `nothing at "#/components/schemas/microsoft.graph.educationAssignment"`} {
		if !strings.Contains(all, want) {
			t.Errorf("problems lack %q:\n%s", want, all)
		}
	}
	if len(problems) != 2 {
		t.Errorf("problems:\n%s", all)
	}
	v := c.Version("v1.0")
	if v.Len() != 528 || v.EntityTypes() < 250 {
		t.Errorf("%d operations, %d entity types", v.Len(), v.EntityTypes())
	}
	for op := range v.Operations() {
		target, err := v.Resolve(op.Template, nil)
		if err != nil {
			t.Errorf("%s: %v", op.Template, err)
		} else if target.Item.Operation(op.Method) != op {
			t.Errorf("%s %s leads to %s", op.Method, op.Template, target.Item.Template())
		}
	}
}

// Half a second for 470 paths on the machine this was written on.
func BenchmarkWithRealDocument(b *testing.B) {
	data := realDocument(b)
	for b.Loop() {
		if _, _, err := (&Catalogue{}).With("v1.0", "graph.json", data); err != nil {
			b.Fatal(err)
		}
	}
}

func TestFirstUseIsConcurrent(t *testing.T) {
	v := served(t, "beta", concurrentDocument)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			target, err := v.Resolve("/boxes/1/inner/name/$value", nil)
			if err != nil {
				t.Error(err)
				return
			}
			if target.Item.Operation("GET") == nil {
				t.Error("no GET")
			}
			item, _ := v.Resolve("/boxes/1", nil)
			body := map[string]any{"inner": map[string]any{"name": 1.0}}
			got := item.Item.Operation("PATCH").Validate(Input{Body: Body{MediaType: "application/json", Present: true, Value: body}})
			if len(got) != 1 || got[0].Path != "/inner/name" {
				t.Errorf("findings %v", got)
			}
			if v.Type("box").Property("inner") == nil || v.typeFold("BOX") == nil {
				t.Error("types")
			}
		})
	}
	group.Wait()
}

const concurrentDocument = `
openapi: 3.0.4
info: {title: boxes, version: '1'}
paths:
  /boxes/{box-id}:
    parameters: [{name: box-id, in: path, required: true, schema: {type: string}}]
    get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.box'}}}}}}
    patch:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.box'}}}}
      responses: {'204': {description: ok}}
components:
  schemas:
    microsoft.graph.box: {type: object, properties: {inner: {$ref: '#/components/schemas/microsoft.graph.inner'}}}
    microsoft.graph.inner: {type: object, properties: {name: {type: string}}}
`
