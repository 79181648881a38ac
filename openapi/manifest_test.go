package openapi

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// manifest is what the generator says of the embedded tables.
type manifest struct {
	Sources []struct{ Name, Version, SHA256 string }
	// Counted by the generator as it wrote.
	Versions map[string]struct {
		Paths, Operations, OperationsOfSDK, OperationsByRule, Types, StructuresOfSDK, Enums int
	}
	Files map[string]string // SHA-256
}

func readManifest(t *testing.T) manifest {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("data", "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// The manifest is that of the tables beside it, to the byte, and names all that
// they were made from.
func TestManifestIsThatOfTheTables(t *testing.T) {
	m := readManifest(t)
	for name, want := range m.Files {
		data, err := os.ReadFile(filepath.Join("data", name))
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != want {
			t.Errorf("%s is not what the manifest says: run go generate ./openapi", name)
		}
	}
	var sources []string
	for _, s := range m.Sources {
		if len(s.SHA256) != 2*sha256.Size {
			t.Errorf("%s has no hash", s.Name)
		}
		sources = append(sources, s.Name)
	}
	for _, want := range []string{
		"github.com/microsoftgraph/msgraph-sdk-go", "github.com/microsoftgraph/msgraph-beta-sdk-go",
		"csdl/v1.0-Prod.csdl", "permissions.json", "provisioningInfo.json", "overlay.yaml",
	} {
		if !slices.Contains(sources, want) {
			t.Errorf("no source %s among %v", want, sources)
		}
	}
}

// The tables hold what the manifest counts, and no less than was counted in the
// SDKs by another way, which leaves out builders in files with hashed names.
func TestManifestCounts(t *testing.T) {
	m := readManifest(t)
	least := map[string][3]int{"v1.0": {11_906, 2_830, 715}, "beta": {20_466, 5_765, 1_524}}
	for _, v := range embedded(t) {
		says, want := m.Versions[v.Name()], least[v.Name()]
		types, enums := 0, 0
		for typ := range v.Types() {
			if typ.Kind == EnumType {
				enums++
			} else {
				types++
			}
		}
		if v.Len() != says.Operations || len(v.items()) != says.Paths || types != says.Types || enums != says.Enums {
			t.Errorf("%s: %d operations of %d paths, %d types, %d enums; the manifest has %+v", v.Name(), v.Len(), len(v.items()), types, enums, says)
		}
		if says.OperationsOfSDK+says.OperationsByRule != says.Operations {
			t.Errorf("%s: %+v do not add up", v.Name(), says)
		}
		if says.OperationsOfSDK < want[0] || says.StructuresOfSDK < want[1] || enums < want[2] {
			t.Errorf("%s: %+v, want %v or more", v.Name(), says, want)
		}
	}
}
