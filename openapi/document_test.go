package openapi

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"
)

// A document gives the same facts read part by part as read at once, and the
// same problems at the same places.
func TestPartsLikeWhole(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("data", "beta.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	tree, err := readYAML(text) // which has aliases across parts
	if err != nil {
		t.Fatal(err)
	}
	asYAML, err := yaml.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	asJSON, err := json.MarshalIndent(tree, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	broken := strings.ReplaceAll(string(asYAML), "microsoft.graph.cloudPcExternalPartnerStatus'", "microsoft.graph.none'")
	for name, text := range map[string][]byte{"YAML": asYAML, "JSON": asJSON, "broken": []byte(broken)} {
		t.Run(name, func(t *testing.T) {
			src := &source{file: "x", data: text}
			parts, err := openDocument(src)
			if err != nil {
				t.Fatal(err)
			}
			whole, err := wholeDocument(src)
			if err != nil {
				t.Fatal(err)
			}
			one, found, err := compileDocument("beta", parts, nil)
			if err != nil {
				t.Fatal(err)
			}
			other, wanted, err := compileDocument("beta", whole, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(one, other) || !reflect.DeepEqual(found, wanted) {
				t.Errorf("the facts differ, or the problems:\n%v\n%v", found, wanted)
			}
			if (len(found) > 0) != (name == "broken") {
				t.Errorf("problems %v", found)
			}
		})
	}
}

// What YAML writes in other styles is read as well.
func TestYAMLStyles(t *testing.T) {
	const rest = "\ninfo: {title: t, version: '1'}\n"
	for name, text := range map[string]string{
		"block":   "openapi: 3.0.4" + rest + "paths:\n  /a:\n    get: {responses: {'200': {description: ok}}}\n",
		"quoted":  "openapi: 3.0.4" + rest + "paths:\n  '/a':\n    get: {responses: {'200': {description: ok}}}\n",
		"double":  "\"openapi\": 3.0.4" + rest + "\"paths\":   # all of them\n\n  # one\n  \"/\\x61\": {get: {responses: {'200': {description: ok}}}}\n",
		"flow":    "openapi: 3.0.4" + rest + "paths: {/a: {get: {responses: {'200': {description: ok}}}}}\n",
		"marked":  "---\nopenapi: 3.0.4" + rest + "paths:\n  /a: {get: {responses: {'200': {description: ok}}}}\n",
		"literal": "openapi: 3.0.4" + rest + "paths:\n  /a:\n    get:\n      description: |\n        text\n        paths:\n      responses: {'200': {description: ok}}\n",
		"windows": strings.ReplaceAll("openapi: 3.0.4"+rest+"paths:\n  /a:\n    get: {responses: {'200': {description: ok}}}\n", "\n", "\r\n"),
		"alias across parts": "openapi: 3.0.4" + rest + "components:\n  parameters:\n    p: &p {name: x, in: query, schema: {type: string}}\n" +
			"paths:\n  /a:\n    get: {parameters: [*p], responses: {'200': {description: ok}}}\n",
	} {
		t.Run(name, func(t *testing.T) {
			v := served(t, "beta", text)
			if target, err := v.Resolve("/a", nil); err != nil || target.Item.Operation("GET") == nil {
				t.Errorf("no GET /a: %v", err)
			}
		})
	}
}

// What cannot be read in bounded memory is refused: it is told where it is and
// what to write instead.
func TestYAMLBounds(t *testing.T) {
	const head = "openapi: 3.0.4\ninfo: {title: t, version: '1'}\n"
	bomb := head + "components:\n  x-a: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 9 {
		bomb += fmt.Sprintf("  x-%d: &a%d [%s*a%d]\n", i, i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 9), i)
	}
	crossing := head + "components:\n  parameters:\n    p: &p {name: x, in: query, schema: {type: string}}\npaths:\n"
	for i := 0; len(crossing) <= mostWhole; i++ {
		crossing += fmt.Sprintf("  /%d:\n    description: %s\n    get: {parameters: [*p], responses: {'200': {description: ok}}}\n", i, strings.Repeat("x", 1<<20))
	}
	for name, c := range map[string]struct{ text, want string }{
		"aliases of aliases": {bomb + "paths: {}\n", "test.yaml: line 9: with the alias *a4, aliases add more than"},
		"alias in itself":    {head + "paths:\n  /a:\n    get: &g\n      x-more: [*g]\n", "test.yaml: line 6: the alias *g stands for what it is in"},
		"large":              {crossing, "test.yaml: /paths//0: not to be read in parts"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Compile("beta", "test.yaml", []byte(c.text), nil); err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

// OpenAPI 3.1 says null by a type, and has constants.
func TestModernSchemas(t *testing.T) {
	v := served(t, "beta", `openapi: 3.1.0
info: {title: t, version: '1'}
paths: {/a: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/a'}}}}}}}}
components: {schemas: {a: {type: object, properties: {n: {type: [string, 'null']}, i: {type: [integer]}, b: {anyOf: [{$ref: '#/components/schemas/a'}, {type: 'null'}]}, any: {type: [string, integer]}}}}}
`)
	got := map[string]string{}
	for _, p := range v.Type("a").Properties() {
		got[p.Name] = fmt.Sprint(p.Type, " ", p.Nullable)
	}
	want := map[string]string{"n": "Edm.String true", "i": "Edm.Int32 false", "b": "a true", "any": " false"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A document of 40 MB is compiled in at most eight times its size. As one tree
// of the loader it would take ninety times as much.
func TestLargeDocumentTakesBoundedMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	document := largeDocument(40 << 20)
	if len(document) < 40<<20 {
		t.Fatalf("%d bytes", len(document))
	}
	var peak atomic.Uint64
	stop := make(chan struct{})
	go watchHeap(&peak, stop)
	steps := 0
	made, err := Compile("beta", "large.yaml", document, func(done, total int) { steps++ })
	close(stop)
	if err != nil || len(made.Problems) > 0 {
		t.Fatal(err, made.Problems)
	}
	c, err := (&Catalogue{}).WithCompiled(made)
	if err != nil {
		t.Fatal(err)
	}
	if most := uint64(8 * len(document)); peak.Load() > most {
		t.Errorf("%d MB of heap, at most %d", peak.Load()>>20, most>>20)
	}
	if n := c.Version("beta").Len(); n < 10_000 || steps < 100 {
		t.Errorf("%d operations, progress told %d times", n, steps)
	}
	t.Logf("%d MB of heap for %d MB, %d operations", peak.Load()>>20, len(document)>>20, c.Version("beta").Len())
}

func watchHeap(peak *atomic.Uint64, stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		case <-time.After(10 * time.Millisecond):
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak.Store(max(peak.Load(), m.HeapInuse))
	}
}

// largeDocument writes YAML as the published documents of Graph are: four
// operations to a path, long descriptions, a type to each set.
func largeDocument(size int) []byte {
	var paths, schemas bytes.Buffer
	text := strings.Repeat("What is said of it at some length. ", 12)
	for i := 0; paths.Len()+schemas.Len() < size; i++ {
		for _, path := range []string{fmt.Sprintf("/sets%d", i), fmt.Sprintf("/sets%d/{thing-id}", i)} {
			fmt.Fprintf(&paths, "  '%s':\n", path)
			for _, method := range []string{"get", "patch", "delete"} {
				fmt.Fprintf(&paths, "    %s:\n      summary: %s\n      description: %s\n      parameters:\n", method, text, text)
				if strings.Contains(path, "{") {
					fmt.Fprintf(&paths, "        - {name: thing-id, in: path, required: true, schema: {type: string}}\n")
				}
				fmt.Fprintf(&paths, "        - {name: $select, in: query, schema: {type: array, items: {enum: [id, name], type: string}}}\n")
				if method == "patch" {
					fmt.Fprintf(&paths, "      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/ns.thing%d'\n", i)
				}
				fmt.Fprintf(&paths, "      responses:\n        '200':\n          description: %s\n          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/ns.thing%d'\n", text, i)
			}
		}
		fmt.Fprintf(&schemas, "    ns.thing%d:\n      type: object\n      properties:\n", i)
		for j := range 8 {
			fmt.Fprintf(&schemas, "        p%d:\n          type: string\n          nullable: true\n          description: %s\n", j, text)
		}
	}
	return fmt.Appendf(nil, "openapi: 3.0.4\ninfo:\n  title: large\n  version: '1'\npaths:\n%scomponents:\n  schemas:\n%s", paths.Bytes(), schemas.Bytes())
}

// What the compiler makes of a document is kept on disk under its version, so
// that a change of what it makes needs another version.
func TestCompilerVersion(t *testing.T) {
	document, err := os.ReadFile(filepath.Join("data", "beta.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	made, err := Compile("beta", "beta.yaml", document, nil)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(append(document, made.Table...))
	const want = "dffa335106f335f4"
	if got := hex.EncodeToString(sum[:8]); got != want {
		t.Errorf("%s: the compiler makes another table of beta.yaml than version %d did: count compilerVersion up if the document is the same, and write the new sum here", got, compilerVersion)
	}
	if CompilationKey("beta", document) == CompilationKey("v1.0", document) || CompilationKey("beta", document) == CompilationKey("beta", document[1:]) {
		t.Error("keys do not tell versions or documents apart")
	}
}
