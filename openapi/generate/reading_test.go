package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/url"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// reading is what an SDK holds, read by Go's own parser and not by the
// generator: what the tables are held against.
type reading struct {
	operations map[string]bool            // "GET /users/{}"
	properties map[string]map[string]bool // by type as the SDK names it, in lower case
	members    map[string][]string        // of enumerations, likewise
}

// readings are those of the versions that a test has read already.
var readings = map[string]*reading{}

// readByParser reads all files of an SDK, once.
func readByParser(t *testing.T, version string) *reading {
	t.Helper()
	if readings[version] != nil {
		return readings[version]
	}
	dir, err := sdks[version].dir()
	if err != nil {
		t.Skip(err)
	}
	paths, err := goFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := &reading{map[string]bool{}, map[string]map[string]bool{}, map[string][]string{}}
	next, lock, working := make(chan string), sync.Mutex{}, sync.WaitGroup{}
	for range runtime.NumCPU() {
		working.Go(func() {
			for path := range next {
				f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, path), nil, parser.SkipObjectResolution)
				lock.Lock()
				if err != nil {
					t.Error(err)
				} else {
					all.file(strings.ToLower(filepath.ToSlash(filepath.Dir(path))), f)
				}
				lock.Unlock()
			}
		})
	}
	for _, path := range paths {
		next <- path
	}
	close(next)
	working.Wait()
	readings[version] = all
	return all
}

// file adds what one file declares.
func (r *reading) file(dir string, f *ast.File) {
	template := ""
	ast.Inspect(f, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && called(call) == "NewBaseRequestBuilder" {
			template = literal(call.Args[1])
		}
		return true
	})
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && called(call) == "NewRequestInformationWithMethodAndUrlTemplateAndPathParameters" {
				r.request(call, template)
			}
			return true
		})
		if name := receiver(fn); name != "" && (dir == "models" || strings.HasPrefix(dir, "models/")) {
			r.method(strings.ReplaceAll(strings.TrimPrefix(dir+"/", "models/"), "/", ".")+strings.ToLower(name), fn)
		}
	}
}

// request adds the operation of a call that makes a request: its method and its
// own template or that of the builder.
func (r *reading) request(call *ast.CallExpr, template string) {
	if own := literal(call.Args[1]); own != "" {
		template = own
	}
	r.operations[call.Args[0].(*ast.SelectorExpr).Sel.Name+" "+bare(template)] = true
}

// method adds a model's properties or an enumeration's members.
func (r *reading) method(typ string, fn *ast.FuncDecl) {
	switch fn.Name.Name {
	case "GetFieldDeserializers":
		r.properties[typ] = map[string]bool{}
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			if at, ok := n.(*ast.IndexExpr); ok && literal(at.Index) != "" {
				r.properties[typ][literal(at.Index)] = true
			}
			return true
		})
	case "String":
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			if list, ok := n.(*ast.CompositeLit); ok && len(r.members[typ]) == 0 {
				for _, e := range list.Elts {
					if text := literal(e); text != "" {
						r.members[typ] = append(r.members[typ], text)
					}
				}
			}
			return true
		})
	}
}

// called is the name of what a call calls.
func called(call *ast.CallExpr) string {
	if s, ok := call.Fun.(*ast.SelectorExpr); ok {
		return s.Sel.Name
	}
	return ""
}

// receiver is the type whose method a function is.
func receiver(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return ""
	}
	typ := fn.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	name, _ := typ.(*ast.Ident)
	if name == nil {
		return ""
	}
	return name.Name
}

// literal is the text of a string literal, else "".
func literal(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		text, _ := strconv.Unquote(l.Value)
		return text
	}
	return ""
}

var (
	braced      = regexp.MustCompile(`\{[^{}]*\}`)
	listedKeys  = regexp.MustCompile(`/\(?(\w+='\{\}'(?:,\w+='\{\}')+)\)?`)
	castSegment = strings.NewReplacer("/graph.", "/microsoft.graph.")
)

// bare is the path of a template without options and names of parameters, so
// that the SDK's writing and the tables' are the same.
func bare(template string) string {
	path := strings.TrimPrefix(template, "{+baseurl}")
	for _, options := range []string{"{?", "{&"} {
		path, _, _ = strings.Cut(path, options)
	}
	path = castSegment.Replace(braced.ReplaceAllString(path, "{}"))
	path, _, _ = strings.Cut(path, "?")
	if plain, err := url.PathUnescape(path); err == nil {
		path = plain
	}
	return listedKeys.ReplaceAllString(path, "($1)")
}
