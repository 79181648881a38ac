// Generate makes the catalogue of Microsoft Graph that fakegraph embeds: one
// compact table per version, the permissions' GUIDs and a manifest.
//
// It works offline, from what lies on disk: the source of Microsoft's SDKs for
// Go in the module cache, which it reads and never compiles, and a directory
// with Graph's metadata documents, the permissions map and the statuses of the
// reference pages. Equal sources give equal bytes.
//
// It owns how those sources are joined. It must not know how Graph behaves
// beyond what facts can say. Start reading at build in version.go.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
	"github.com/fakegraph/fakegraph/openapi/internal/table"
)

func main() {
	from := flag.String("graph", filepath.Join("..", "..", "..", "shared", "graph"), "directory of Graph's metadata, permissions map and page statuses")
	to := flag.String("out", filepath.Join("..", "data"), "directory to write to")
	flag.Parse()
	files, err := generate(*from)
	if err == nil {
		err = writeFiles(*to, files)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// generate makes all files, by name.
func generate(from string) (map[string][]byte, error) {
	if err := checkSources(from); err != nil {
		return nil, err
	}
	s, err := readSources(from)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{"permission-ids.tsv": writeIDs(s.ids)}
	var base *table.Table // of the version before, whose strings the next leaves out
	m := &manifest{Versions: map[string]manifestVersion{}, Files: map[string]string{}, Permissions: s.permissions.Count, PermissionIDs: len(s.ids)}
	for _, version := range versions {
		p, err := readSDK(version)
		if err != nil {
			return nil, err
		}
		v, err := build(version, p, s)
		if err != nil {
			return nil, err
		}
		var text bytes.Buffer
		if err := table.Write(&text, v, base); err != nil {
			return nil, fmt.Errorf("%s: %w", version, err)
		}
		if base, err = table.Open(text.String(), base); err != nil {
			return nil, fmt.Errorf("%s: %w", version, err)
		}
		files[version+".tbl"] = text.Bytes()
		m.Versions[version] = countVersion(v, p)
		m.Sources = append(m.Sources, manifestSource{Name: sdks[version].Module, Version: sdks[version].Version, SHA256: p.Hash})
	}
	if err := m.addFiles(from); err != nil {
		return nil, err
	}
	for name, text := range files {
		m.Files[name] = hash(text)
	}
	files["manifest.json"], err = m.encode()
	return files, err
}

// checkSources says which files are missing, all at once.
func checkSources(from string) error {
	var missing []error
	for _, name := range sourceFiles {
		if _, err := os.Stat(filepath.Join(from, name)); err != nil {
			missing = append(missing, fmt.Errorf("no %s in %s", name, from))
		}
	}
	if len(missing) > 0 {
		missing = append(missing, errors.New("the generator reads these files of Graph's from disk: name their directory with -graph"))
	}
	return errors.Join(missing...)
}

// writeIDs has a line per permission and scheme: name, scheme, GUID, who may
// consent, and "derived" when the GUID is made up.
func writeIDs(ids []facts.PermissionID) []byte {
	var text bytes.Buffer
	for _, id := range ids {
		consent, origin := "user", ""
		if id.Admin {
			consent = "admin"
		}
		if id.Derived {
			origin = "\tderived"
		}
		fmt.Fprintf(&text, "%s\t%s\t%s\t%s%s\n", id.Name, id.Scheme, id.ID, consent, origin)
	}
	return text.Bytes()
}

// writeFiles replaces the files in a directory, each as a whole.
func writeFiles(dir string, files map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, name := range sortedKeys(files) {
		target := filepath.Join(dir, name)
		if err := os.WriteFile(target+".new", files[name], 0o644); err != nil {
			return err
		}
		if err := os.Rename(target+".new", target); err != nil {
			return err
		}
	}
	return nil
}
