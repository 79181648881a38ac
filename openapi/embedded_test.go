package openapi

import (
	"encoding/json"
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"testing"

	"github.com/fakegraph/fakegraph/openapi/internal/table"
)

// embedded are the versions that every server has.
func embedded(tb testing.TB) []*Version {
	tb.Helper()
	c, err := Default()
	if err != nil {
		tb.Fatal(err)
	}
	return c.Versions()
}

// parameter is what stands in braces in a template.
var parameter = regexp.MustCompile(`\{[^}]*\}`)

// pathOf makes a path of a template.
func pathOf(op *Operation) string {
	return parameter.ReplaceAllString(op.Template, "48d31887-5fad-4d73-a9f5-3c356e68a038")
}

func TestEmbeddedOperations(t *testing.T) {
	for _, v := range embedded(t) {
		t.Run(v.Name(), func(t *testing.T) {
			count := 0
			for op := range v.Operations() {
				count++
				for _, path := range []string{op.Template, pathOf(op)} {
					checkPath(t, v, op, path)
				}
			}
			if least := map[string]int{"v1.0": 14014, "beta": 24758}[v.Name()]; count < least || count != v.Len() {
				t.Errorf("%d operations, %d counted, want %d or more", v.Len(), count, least)
			}
		})
	}
}

// checkPath wants a path to lead to an operation, and so what its segments are
// written as.
func checkPath(t *testing.T, v *Version, op *Operation, path string) {
	target, err := v.Resolve(path, nil)
	if err != nil {
		t.Errorf("%s: %v", path, err)
		return
	}
	if target.Item.Operation(op.Method) != op {
		t.Errorf("%s %s leads to %s", op.Method, path, target.Item.Template())
	}
	written := PathOf(target.Segments)
	if again, err := v.Resolve(written, nil); err != nil || again.Item != target.Item {
		t.Errorf("%s is written as %s, which leads elsewhere: %v", path, written, err)
	}
}

// Every operation says what a server needs: nobody looks at all of them.
func TestEmbeddedOperationsAreComplete(t *testing.T) {
	sources := []string{PermissionsDocumented, PermissionsInherited, PermissionsUnknown}
	for _, v := range embedded(t) {
		for op := range v.Operations() {
			if op.Kind == 0 || op.Status < 200 || op.Status > 299 && (op.Status != 302 || op.Method != "GET") || !slices.Contains(sources, op.PermissionSource()) {
				t.Errorf("%s %s %s: kind %d, status %d, permissions %q", v.Name(), op.Method, op.Template, op.Kind, op.Status, op.PermissionSource())
			}
			if op.PermissionSource() == PermissionsDocumented && len(op.known().Permissions) == 0 {
				t.Errorf("%s %s %s: documented permissions are missing", v.Name(), op.Method, op.Template)
			}
			if (op.Kind == List) != (op.Response().Collection && op.Kind == List) {
				t.Errorf("%s %s %s: a list of %s", v.Name(), op.Method, op.Template, op.Response())
			}
			op.Validate(Input{Body: Body{MediaType: "application/json", Present: true, Value: map[string]any{}}})
		}
	}
}

// All types can be flattened and judged by, recursive ones too.
func TestEmbeddedTypes(t *testing.T) {
	for _, v := range embedded(t) {
		types := 0
		for typ := range v.Types() {
			types++
			if v.Type(typ.Name) != typ {
				t.Errorf("%s: %s is found as %v", v.Name(), typ.Name, v.Type(typ.Name))
			}
			if typ.Kind == EnumType {
				if len(typ.Members()) == 0 {
					t.Errorf("%s: %s has no members", v.Name(), typ.Name)
				}
				continue
			}
			for _, mode := range []int{whole, partial} {
				object := map[string]any{"noSuchProperty": 1.0}
				if err := typ.flat(mode).VisitJSON(object, visitOptions...); err != nil && mode == partial {
					t.Errorf("%s: %s: %v", v.Name(), typ.Name, err)
				}
			}
		}
		if least := map[string]int{"v1.0": 2900, "beta": 6100}[v.Name()]; types < least {
			t.Errorf("%s: %d types, want %d or more", v.Name(), types, least)
		}
	}
}

// A table read back and written again is the same table, byte for byte.
func TestEmbeddedTablesRoundTrip(t *testing.T) {
	var base *table.Table
	for _, data := range []string{tableV1, tableBeta} {
		from, err := table.Open(data, base)
		if err != nil {
			t.Fatal(err)
		}
		again, err := table.Encode(from.Facts(), base)
		if err != nil || string(again) != data {
			t.Errorf("%s: %d bytes became %d: %v", from.Name(), len(data), len(again), err)
		}
		base = from
	}
}

// What the directory sends most is judged as Graph does.
func TestEmbeddedUser(t *testing.T) {
	const user = "/users/48d31887-5fad-4d73-a9f5-3c356e68a038"
	for _, v := range embedded(t) {
		op, segments := operationAt(t, v, "PATCH", user)
		for body, want := range map[string]string{
			`{"displayName":"A","businessPhones":["1"],"accountEnabled":true}`: "",
			`{"displayName":7}`:   "body /displayName type",
			`{"dispalyName":"A"}`: "body /dispalyName additionalProperties",
			`{"extension_9ff2a1d8e3f64d1b8f0f7a1f1a3b7c55_skype":"a"}`:                  "",
			`{"passwordProfile":{"password":"x","forceChangePasswordNextSignIn":"no"}}`: "body /passwordProfile/forceChangePasswordNextSignIn type",
			`{"manager@odata.bind":"https://graph.microsoft.com/v1.0/users/x"}`:         "",
		} {
			if got := findingLines(op.Validate(Input{Segments: segments, Body: jsonBody(t, body)})); got != want {
				t.Errorf("%s %s: got %q, want %q", v.Name(), body, got, want)
			}
		}
	}
}

// An exported version is one JSON document in which all references lead
// somewhere. The other versions would take seconds and say the same.
func TestEmbeddedDocument(t *testing.T) {
	for _, v := range embedded(t)[:1] {
		data, err := v.Document("")
		if err != nil {
			t.Fatal(err)
		}
		var tree map[string]any
		if err := json.Unmarshal(data, &tree); err != nil {
			t.Fatal(err)
		}
		problems := &problemList{}
		if _, err := mended(&source{data: data}, problems); err != nil {
			t.Fatal(err)
		}
		for _, p := range problems.sorted()[:min(5, len(problems.found))] {
			t.Error(p)
		}
		if paths := len(tree["paths"].(map[string]any)); paths != len(v.items()) {
			t.Errorf("%s: %d paths, want %d", v.Name(), paths, len(v.items()))
		}
	}
}

// A sample of paths, each as a document of its own, held to kin-openapi.
func TestEmbeddedDocumentsOfPaths(t *testing.T) {
	for _, v := range embedded(t) {
		items := v.items()
		for i := 0; i < len(items); i += 1 + len(items)/25 {
			data, err := v.Document(items[i].Template())
			if err != nil {
				t.Fatal(err)
			}
			if got := loaded(t, data).Paths.Len(); got != 1 {
				t.Errorf("%s: %d paths", items[i].Template(), got)
			}
		}
	}
}

// Opening a version costs the same however much is in it.
func TestOpenIsLazy(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	v, err := openVersion(tableV1, nil)
	runtime.ReadMemStats(&after)
	if err != nil || v.Len() == 0 {
		t.Fatal(err)
	}
	if n, bytes := after.Mallocs-before.Mallocs, after.TotalAlloc-before.TotalAlloc; n > 50 || bytes > 32<<10 {
		t.Errorf("%d allocations of %d bytes", n, bytes)
	}
}

func BenchmarkOpen(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := openVersion(tableV1, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// The mean over all paths of both versions: goal 14 of the performance notes
// is a microsecond and no allocation.
func BenchmarkResolveAll(b *testing.B) {
	type lookup struct {
		version *Version
		path    string
	}
	var lookups []lookup
	for _, v := range embedded(b) {
		for op := range v.Operations() {
			lookups = append(lookups, lookup{v, pathOf(op)})
		}
	}
	into := make([]Segment, 0, 32)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		l := &lookups[i%len(lookups)]
		if _, err := l.version.Resolve(l.path, into); err != nil {
			b.Fatal(fmt.Errorf("%s: %w", l.path, err))
		}
	}
}

// Paths take no memory once they have been asked for, with arguments or without.
func TestResolveAllocatesNothing(t *testing.T) {
	v := embedded(t)[0]
	into := make([]Segment, 0, 32)
	for op := range v.Operations() {
		path := pathOf(op)
		_, _ = v.Resolve(path, into)
		// One that the runtime makes meanwhile is less than one a run.
		if n := testing.AllocsPerRun(4, func() { _, _ = v.Resolve(path, into) }); n != 0 {
			t.Fatalf("%s: %v allocations", path, n)
		}
	}
}
