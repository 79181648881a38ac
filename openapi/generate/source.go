package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// sdk is a module whose source is read, never compiled.
type sdk struct {
	Module  string
	Version string
}

// sdks are the sources of the two Graph versions.
var sdks = map[string]sdk{
	"v1.0": {"github.com/microsoftgraph/msgraph-sdk-go", "v1.89.0"},
	"beta": {"github.com/microsoftgraph/msgraph-beta-sdk-go", "v0.140.0"},
}

// dir finds the module in the module cache; nothing is fetched.
func (s sdk) dir() (string, error) {
	cmd := exec.Command("go", "mod", "download", "-json", s.Module+"@"+s.Version)
	cmd.Dir = os.TempDir()
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=mod", "GOWORK=off")
	out, err := cmd.Output()
	var found struct{ Dir, Error string }
	if json.Unmarshal(out, &found) == nil && found.Dir != "" {
		return found.Dir, nil
	}
	return "", fmt.Errorf("%s %s is not in the module cache: fetch it once with \"go mod download %s@%s\": %w",
		s.Module, s.Version, s.Module, s.Version, errors.Join(err, errText(found.Error)))
}

func errText(text string) error {
	if text == "" {
		return nil
	}
	return errors.New(text)
}

// goFile is one source file of an SDK, cut into lines.
type goFile struct {
	Path    string // below the module
	Package string // import path
	Imports map[string]string
	Lines   []string
}

// readModule hands every Go file of a module to read, several at a time, and
// gives the results in the order of the files' paths along with a hash of all
// that was read. At most one file per processor is held at once.
func readModule[T any](s sdk, dir string, read func(*goFile) T) ([]T, string, error) {
	paths, err := goFiles(dir)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", s.Module, err)
	}
	results, sums, problems := make([]T, len(paths)), make([][32]byte, len(paths)), make([]error, len(paths))
	next := make(chan int)
	var working sync.WaitGroup
	for range runtime.NumCPU() {
		working.Go(func() {
			for i := range next {
				text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(paths[i])))
				if problems[i] = err; err == nil {
					sums[i] = sha256.Sum256(text)
					results[i] = read(newGoFile(s.Module, paths[i], text))
				}
			}
		})
	}
	for i := range paths {
		next <- i
	}
	close(next)
	working.Wait()
	return results, hashFiles(paths, sums), errors.Join(problems...)
}

// goFiles lists the Go files below dir in order, tests left out.
func goFiles(dir string) ([]string, error) {
	var found []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			found = append(found, name)
		}
		return err
	})
	return found, err
}

// hashFiles is the SHA-256 over lines of file hash and name, as sha256sum
// prints them.
func hashFiles(paths []string, sums [][32]byte) string {
	all := sha256.New()
	for i, name := range paths {
		fmt.Fprintf(all, "%x  %s\n", sums[i], name)
	}
	return hex.EncodeToString(all.Sum(nil))
}

// newGoFile cuts a file into lines, indented by spaces as Kiota does: a few
// files of the SDKs went through gofmt.
func newGoFile(module, name string, text []byte) *goFile {
	f := &goFile{Path: name, Package: path.Join(module, path.Dir(name)), Imports: map[string]string{}}
	f.Lines = strings.Split(string(bytes.ReplaceAll(text, []byte("\r"), nil)), "\n")
	for i, line := range f.Lines {
		rest := strings.TrimLeft(line, "\t")
		f.Lines[i] = strings.Repeat("    ", len(line)-len(rest)) + rest
	}
	for i := 0; i < len(f.Lines) && !strings.HasPrefix(f.Lines[i], "type "); i++ {
		alias, rest, ok := strings.Cut(strings.TrimSpace(f.Lines[i]), " ")
		if ok && strings.HasPrefix(rest, `"`) && strings.HasPrefix(f.Lines[i], " ") {
			f.Imports[alias] = strings.Trim(rest, `"`)
		}
	}
	return f
}

// isBuilder reports whether the file holds a request builder. Its name does not
// tell: Kiota gives files with long names a hash instead.
func (f *goFile) isBuilder() bool {
	return slices.ContainsFunc(f.Lines, builderLine.MatchString)
}

var builderLine = regexp.MustCompile(`^type \w+RequestBuilder struct \{$`)

// goType is a type of the SDK as its source names it.
type goType struct {
	Package string // import path; "" for Go's own
	Name    string // "User", "string", "[]byte"; "" for none
	Slice   bool
}

// goType reads a type expression: "alias.Userable", "*int32", "[]alias.Userable",
// "[]byte". The interfaces' suffix is taken off, so that the result names the
// structure.
func (f *goFile) goType(text string) goType {
	text = strings.TrimPrefix(strings.TrimSpace(text), "*")
	if text == "[]byte" || text == "error" || text == "" {
		return goType{Name: strings.TrimPrefix(text, "error")}
	}
	var t goType
	text, t.Slice = strings.CutPrefix(text, "[]")
	alias, name, qualified := strings.Cut(text, ".")
	switch {
	case qualified:
		t.Package, t.Name = f.Imports[alias], name
	case text[0] >= 'A' && text[0] <= 'Z':
		t.Package, t.Name = f.Package, text
	default:
		t.Name = text
	}
	t.Name = strings.TrimSuffix(t.Name, "able")
	return t
}
