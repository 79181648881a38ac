package scenarios

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed builtin/*.yaml
var builtIns embed.FS

// builtInNames returns the names of the built-in scenarios, sorted; each is in
// the file of its name.
func builtInNames() []string {
	files, err := fs.Glob(builtIns, "builtin/*.yaml")
	if err != nil {
		return nil
	}
	for i, file := range files {
		files[i] = strings.TrimSuffix(path.Base(file), ".yaml")
	}
	return files
}

// BuiltIns returns the built-in scenarios, sorted by name.
func BuiltIns() []Scenario {
	var all []Scenario
	for _, name := range builtInNames() {
		s, _ := loadBuiltIn(name)
		all = append(all, s...)
	}
	return all
}

func loadBuiltIn(name string) ([]Scenario, []Problem) {
	file := "builtin/" + name + ".yaml"
	data, err := builtIns.ReadFile(file)
	if err != nil {
		return nil, []Problem{{File: file, Kind: "syntax", Text: err.Error()}}
	}
	return Parse(file, data)
}

// Load returns the scenarios of a built-in name, of a file, or of the files
// *.yaml, *.yml and *.json in a folder. The problems are mistakes in documents;
// the error says that there are no documents to read.
func Load(name string) ([]Scenario, []Problem, error) {
	if slices.Contains(builtInNames(), name) {
		s, problems := loadBuiltIn(name)
		return s, problems, nil
	}
	files, err := filesAt(name)
	if err != nil {
		return nil, nil, err
	}
	var docs []document
	var problems []Problem
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, nil, fmt.Errorf("scenario: %w", err)
		}
		d, p := parse(file, data)
		docs, problems = append(docs, d...), append(problems, p...)
	}
	problems = append(problems, repeatedNames(docs)...)
	if len(problems) > 0 {
		return nil, report(problems), nil
	}
	return scenariosOf(docs), nil, nil
}

// filesAt returns the file itself, or the scenario files of a folder by name.
func filesAt(name string) ([]string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, notFound(name, err)
	}
	if !info.IsDir() {
		return []string{name}, nil
	}
	entries, err := os.ReadDir(name)
	if err != nil {
		return nil, fmt.Errorf("scenario folder: %w", err)
	}
	var files []string
	for _, e := range entries {
		if !e.IsDir() && slices.Contains([]string{".yaml", ".yml", ".json"}, strings.ToLower(filepath.Ext(e.Name()))) {
			files = append(files, filepath.Join(name, e.Name()))
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("scenario folder %s has no *.yaml, *.yml or *.json", name)
	}
	return files, nil
}

func notFound(name string, err error) error {
	names := builtInNames()
	return fmt.Errorf("no scenario, file or folder %q%s; built in are %s: %w",
		name, didYouMean(name, names), strings.Join(names, ", "), err)
}
