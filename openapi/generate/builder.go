package main

import (
	"regexp"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// builder is one request builder of the SDK: a path and what may be called there.
type builder struct {
	Template string
	About    string            // what the generator of the SDK says the builder is for
	Params   map[string]string // arguments of the path with a type of Go
	Calls    []call
}

// call is one method of a builder.
type call struct {
	Method     string
	Template   string // "" for the builder's own
	Body       goType
	Result     goType
	Deprecated *facts.Deprecation
}

// What Kiota's builders say of themselves.
const (
	aboutMethod = "provides operations to call the "
	aboutMember = "provides operations to manage the "
)

var (
	functionLine = regexp.MustCompile(`^func \(m \*?\w+\) (Get|Post|Put|Patch|Delete)(As\w+)?\(ctx context\.Context, (?:body ([^,]+), )?(?:contentType \*string, )?requestConfiguration [^)]*\)\((?:(.+), )?error\) \{$`)
	requestLine  = regexp.MustCompile(`AndPathParameters\(\w+\.([A-Z]+), (?:"([^"]*)"|m\.BaseRequestBuilder\.UrlTemplate),`)
	templateLine = regexp.MustCompile(`NewBaseRequestBuilder\(requestAdapter, "([^"]*)", pathParameters\)`)
	argumentLine = regexp.MustCompile(`^    if (\w+) != nil \{$`)
	storedLine   = regexp.MustCompile(`^        m\.BaseRequestBuilder\.PathParameters\["([^"]+)"\] = `)
	removalLine  = regexp.MustCompile(` as of (\S+) on (\d{4}-\d\d-\d\d)(?: and will be removed (\d{4}-\d\d-\d\d))?$`)
)

// readBuilder reads a request builder's file; nil for any other file.
func readBuilder(f *goFile) *builder {
	if !f.isBuilder() {
		return nil
	}
	r := builderReader{file: f, builder: &builder{Params: map[string]string{}}}
	for _, line := range f.Lines {
		switch {
		case strings.HasPrefix(line, "// "):
			r.comment(line)
		case strings.HasPrefix(line, "func "):
			r.function(line)
		case strings.HasPrefix(line, "    "):
			r.statement(line)
		}
	}
	return r.builder
}

// builderReader is what is known while going through a file's lines.
type builderReader struct {
	*builder
	file       *goFile
	deprecated *facts.Deprecation // of the function that the comment belongs to
	signature  string             // of the constructor
	argument   string             // of the constructor, being stored
	method     string             // whose request is being made
}

func (r *builderReader) comment(line string) {
	if d := readDeprecation(line); d != nil {
		r.deprecated = d
	}
	name, about, ok := strings.Cut(line[3:], "RequestBuilder ")
	if ok && r.About == "" && !strings.Contains(name, " ") {
		r.About = about
	}
}

func (r *builderReader) function(line string) {
	if strings.HasPrefix(line, "func New") && strings.Contains(line, "Internal(") {
		r.signature = line
	}
	if m := functionLine.FindStringSubmatch(line); m != nil {
		r.add(call{Method: strings.ToUpper(m[1]), Body: r.file.goType(m[3]), Result: r.file.goType(m[4]), Deprecated: r.deprecated})
	}
	r.deprecated = nil
}

func (r *builderReader) statement(line string) {
	switch {
	case strings.Contains(line, "BaseRequestBuilder: *"):
		if m := templateLine.FindStringSubmatch(line); m != nil {
			r.Template = m[1]
		}
	case strings.Contains(line, "AndPathParameters("):
		if m := requestLine.FindStringSubmatch(line); m != nil {
			r.method = m[1]
			r.call(r.method).Template = m[2]
		}
	case strings.HasPrefix(line, "    if "):
		if m := argumentLine.FindStringSubmatch(line); m != nil {
			r.argument = m[1]
		}
	case strings.Contains(line, "PathParameters[\""):
		if m := storedLine.FindStringSubmatch(line); m != nil {
			r.Params[unescape(m[1])] = argumentType(r.signature, r.argument)
		}
	}
}

// add puts a call in; of two for one method the typed one wins, which Kiota
// names GetAs… and writes after the obsolete one.
func (b *builder) add(c call) {
	old := b.call(c.Method)
	if c.Deprecated == nil {
		c.Deprecated = old.Deprecated
	}
	c.Template = old.Template
	*old = c
}

// call is the entry for a method, made when it is not there.
func (b *builder) call(method string) *call {
	for i := range b.Calls {
		if b.Calls[i].Method == method {
			return &b.Calls[i]
		}
	}
	b.Calls = append(b.Calls, call{Method: method})
	return &b.Calls[len(b.Calls)-1]
}

// argumentType finds "name *int32" in a constructor's signature.
func argumentType(signature, name string) string {
	_, rest, ok := strings.Cut(signature, ", "+name+" *")
	if !ok {
		return ""
	}
	return rest[:strings.IndexAny(rest, ",)")]
}

// readDeprecation reads the end of a deprecation note: "… as of
// 2025-02/cloudPcExternalPartnerSetting on 2025-02-18 and will be removed
// 2026-03-31". Notes without a date are about the SDK, not about Graph.
func readDeprecation(line string) *facts.Deprecation {
	if !strings.HasPrefix(line, "// Deprecated: ") {
		return nil
	}
	m := removalLine.FindStringSubmatch(line)
	if m == nil {
		return nil
	}
	_, element, _ := strings.Cut(m[1], "/")
	return &facts.Deprecation{Element: element, Announced: day(m[2]), Removal: day(m[3])}
}

// day reads a date; zero when there is none.
func day(text string) time.Time {
	t, _ := time.Parse(time.DateOnly, text)
	return t
}
