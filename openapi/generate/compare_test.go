package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
	"github.com/fakegraph/fakegraph/openapi/internal/table"
)

// embedded is a version as the tables in openapi/data have it.
func embedded(t *testing.T, version string) *facts.Version {
	t.Helper()
	var tbl *table.Table
	for _, name := range versions { // each on the one before
		data, err := os.ReadFile(filepath.Join("..", "data", name+".tbl"))
		if err != nil {
			t.Fatal(err)
		}
		if tbl, err = table.Open(string(data), tbl); err != nil {
			t.Fatal(err)
		}
		if name == version {
			break
		}
	}
	return tbl.Facts()
}

// few tells what is missing, no more than can be read.
func few(t *testing.T, what string, missing []string) {
	t.Helper()
	if len(missing) == 0 {
		return
	}
	slices.Sort(missing)
	t.Errorf("%s: %d, such as\n%s", what, len(missing), strings.Join(missing[:min(len(missing), 30)], "\n"))
}

// The tables hold every operation of the SDKs, by name, and mark as their own
// no other.
func TestTables_Operations(t *testing.T) {
	for _, version := range versions {
		sdk, own, other := readByParser(t, version).operations, map[string]bool{}, []string{}
		for _, op := range embedded(t, version).Operations {
			name := op.Method + " " + bare(op.Path)
			own[name] = own[name] || !op.Overlay
			if !op.Overlay && !sdk[name] {
				other = append(other, name)
			}
		}
		few(t, version+": of the SDK, and not there", slices.DeleteFunc(sortedKeys(sdk), func(name string) bool { return own[name] }))
		few(t, version+": said to be of the SDK", other)
	}
}

// What is beyond the SDKs follows from a rule of the overlay or from the metadata.
func TestTables_Beyond(t *testing.T) {
	needSources(t)
	o, err := readOverlay(overlayText)
	if err != nil {
		t.Fatal(err)
	}
	for i, version := range versions {
		c, err := readCSDL(filepath.Join(sourceDir, []string{csdlV1, csdlBeta}[i]))
		if err != nil {
			t.Fatal(err)
		}
		v, unexplained := embedded(t, version), []string{}
		there, serves := map[string]bool{}, newServing(v)
		for i := range v.Operations {
			op := &v.Operations[i]
			there[op.Method+" "+op.Path] = true
			if _, bound := boundTo(op); bound && (!op.Overlay || o.lists(op)) {
				there["* /"+bare(op.Path[strings.LastIndexByte(op.Path, '/')+1:])] = true
			}
		}
		for i := range v.Operations {
			if op := &v.Operations[i]; op.Overlay && !o.explains(op, there) && !declares(c, serves, op) {
				unexplained = append(unexplained, op.Method+" "+op.Path)
			}
		}
		few(t, version+": beyond the SDK, by no rule", unexplained)
	}
}

// explains tells whether a part of the overlay calls for an operation.
func (o *overlay) explains(op *facts.Operation, there map[string]bool) bool {
	switch {
	case strings.HasSuffix(op.Path, "/$ref"), strings.HasSuffix(op.Path, "/$value"):
		return true
	case o.source(op.Path) != op.Path:
		return there[op.Method+" "+o.source(op.Path)]
	}
	if _, bound := boundTo(op); bound && there["* /"+bare(op.Path[strings.LastIndexByte(op.Path, '/')+1:])] {
		return true
	}
	if o.lists(op) {
		return true
	}
	return slices.ContainsFunc(o.Twins, func(w twinRule) bool {
		return w.Method == op.Method && slices.Contains(w.Types, subjectOf(op)) && there[w.Beside+" "+op.Path]
	})
}

// lists tells whether the overlay names an operation itself.
func (o *overlay) lists(op *facts.Operation) bool {
	return slices.ContainsFunc(o.Operations, func(p overlayPath) bool { return p.is(op.Path) })
}

// is tells whether an entry is about a path.
func (e *overlayPath) is(path string) bool {
	if e.Below == nil {
		return bare(e.Path) == bare(path)
	}
	return slices.ContainsFunc(e.Below, func(base string) bool { return bare(base+e.Path) == bare(path) })
}

// The tables hold every property and every member of an enumeration that the
// SDKs' models have.
func TestTables_Models(t *testing.T) {
	for _, version := range versions {
		sdk, v := readByParser(t, version), embedded(t, version)
		few(t, version+": properties of the SDK, and not there", missingProperties(sdk, v))
		few(t, version+": members of the SDK, and not there", missingMembers(sdk, v))
	}
}

func missingProperties(sdk *reading, v *facts.Version) (missing []string) {
	types, serves := map[string]*facts.Type{}, newServing(v)
	for i := range v.Types {
		types[folded(v.Types[i].Name)] = &v.Types[i]
	}
	for name, properties := range sdk.properties {
		if wrapping(name) {
			continue
		}
		own := types[folded(name)]
		if own == nil {
			missing = append(missing, name)
			continue
		}
		for property := range properties {
			if !strings.HasPrefix(property, "@") && !serves.has(own.Name, property) {
				missing = append(missing, name+"/"+property)
			}
		}
	}
	return missing
}

// wrapping tells the structures that the SDKs wrap around Graph's types.
func wrapping(name string) bool {
	switch name {
	case "basecollectionpaginationcountresponse", "basedeltafunctionresponse", "referencecreate", "referenceupdate":
		return true
	}
	return strings.HasSuffix(name, "collectionresponse")
}

func missingMembers(sdk *reading, v *facts.Version) (missing []string) {
	enums := map[string]*facts.Enum{}
	for i := range v.Enums {
		enums[folded(v.Enums[i].Name)] = &v.Enums[i]
	}
	for name, members := range sdk.members {
		own := enums[folded(name)]
		if own == nil {
			missing = append(missing, name)
			continue
		}
		for _, member := range members {
			if !slices.Contains(own.Members, member) {
				missing = append(missing, name+"/"+member)
			}
		}
	}
	return missing
}

// folded is a type's name without Graph's namespace, letter case and
// underscores, which the SDKs change, and without what they put behind names
// that are words of Go.
func folded(name string) string {
	name = strings.TrimPrefix(strings.ToLower(name), "microsoft.graph.")
	return strings.ReplaceAll(strings.TrimSuffix(name, "escaped"), "_", "")
}
