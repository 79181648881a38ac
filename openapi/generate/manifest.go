package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// manifest says what the compiled data was made from and how much is in it. It
// holds no dates, so that equal sources give equal bytes.
type manifest struct {
	Sources       []manifestSource           `json:"sources"`
	Versions      map[string]manifestVersion `json:"versions"`
	Permissions   int                        `json:"permissions"`
	PermissionIDs int                        `json:"permissionIds"`
	Files         map[string]string          `json:"files"` // SHA-256 of what was written
}

// manifestSource is one file, or all Go files of a module.
type manifestSource struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
	SHA256  string `json:"sha256"`
}

type manifestVersion struct {
	Paths           int            `json:"paths"`
	Operations      int            `json:"operations"`
	OfSDK           int            `json:"operationsOfSdk"`
	ByRule          int            `json:"operationsByRule"`
	Types           int            `json:"types"`
	Structures      int            `json:"structuresOfSdk"` // pages of collections included
	Properties      int            `json:"properties"`
	Enums           int            `json:"enums"`
	Members         int            `json:"enumMembers"`
	Deprecated      int            `json:"deprecatedOperations"`
	PermissionsFrom map[string]int `json:"permissionsFrom"`
	StatusFrom      map[string]int `json:"statusFrom"`
}

// countVersion counts what a version holds.
func countVersion(v *facts.Version, p *parsed) manifestVersion {
	m := manifestVersion{
		Operations: len(v.Operations), Types: len(v.Types), Enums: len(v.Enums), Structures: p.structures(),
		PermissionsFrom: map[string]int{}, StatusFrom: map[string]int{},
	}
	paths := map[string]bool{}
	for i := range v.Operations {
		op := &v.Operations[i]
		paths[op.Path] = true
		m.PermissionsFrom[op.PermFrom]++
		m.StatusFrom[op.StatusFrom]++
		if op.Overlay {
			m.ByRule++
		}
		if op.Deprecation != nil {
			m.Deprecated++
		}
	}
	m.Paths, m.OfSDK = len(paths), m.Operations-m.ByRule
	for i := range v.Types {
		m.Properties += len(v.Types[i].Properties)
	}
	for i := range v.Enums {
		m.Members += len(v.Enums[i].Members)
	}
	return m
}

// structures counts the SDK's models that are not enumerations.
func (p *parsed) structures() int {
	count := 0
	for _, m := range p.Models {
		if !m.Enumeration && strings.Contains(m.Package+"/", "/models/") {
			count++
		}
	}
	return count
}

// addFiles notes the hashes of the sources that are files.
func (m *manifest) addFiles(dir string) error {
	for _, name := range sourceFiles {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		m.Sources = append(m.Sources, manifestSource{Name: name, SHA256: hash(text)})
	}
	m.Sources = append(m.Sources, manifestSource{Name: "overlay.yaml", SHA256: hash(overlayText)})
	return nil
}

func hash(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

func (m *manifest) encode() ([]byte, error) {
	text, err := json.MarshalIndent(m, "", "  ")
	return append(text, '\n'), err
}
