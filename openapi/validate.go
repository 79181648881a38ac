package openapi

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// Input is what [Operation.Validate] judges of a request.
type Input struct {
	RawQuery string                   // without "?", escaped
	Header   func(name string) string // nil: headers are not looked at
	Segments []Segment                // as resolved; nil: keys and arguments are not looked at
	Body     Body
}

// Body is a request's body, decoded by the caller.
type Body struct {
	MediaType string // Content-Type as sent
	Present   bool   // there was at least one byte
	Value     any    // decoded JSON: map[string]any, []any, string, bool, nil; numbers as json.Number (exact) or float64
}

// mostFindings is how many findings come back; one more says how many were
// left out.
const mostFindings = 20

// Validate judges a request against the operation's description and returns
// all that is wrong with it, sorted by place; nil when nothing is. Read-only
// and create-only members are named even when they equal what is stored: only
// the caller knows that. It is safe for concurrent use.
func (op *Operation) Validate(in Input) []Finding {
	var found findings
	op.validatePath(in.Segments, &found)
	op.validateQuery(in.RawQuery, &found)
	op.validateHeader(in.Header, &found)
	op.validateBody(in.Body, &found)
	return found.sorted()
}

// ValidateAs judges a body as an object of a type that derives from the
// described one, for callers who know the type of what is stored: a body that
// names none is of that.
func (op *Operation) ValidateAs(t *Type, body map[string]any) []Finding {
	var found findings
	c := bodyCheck{found: &found, mode: whole}
	if op.body != nil && op.body.partial {
		c.mode = partial
	}
	c.object("", t, body)
	return found.sorted()
}

// findings gathers what validation finds. Hostile bodies can break a rule a
// million times, so that only so many are kept and the others counted.
type findings struct {
	list []Finding
	more int
}

// mostKept is how many findings are kept for sorting.
const mostKept = 10 * mostFindings

func (f *findings) add(in, path, kind, text string) {
	if len(f.list) >= mostKept {
		f.more++
		return
	}
	f.list = append(f.list, Finding{In: in, Path: path, Kind: kind, Text: text})
}

// full reports that further findings are only counted, so that their texts
// need not be made.
func (f *findings) full() bool { return len(f.list) >= mostKept }

func (f *findings) sorted() []Finding {
	if len(f.list) == 0 {
		return nil
	}
	sort.SliceStable(f.list, func(i, j int) bool {
		a, b := f.list[i], f.list[j]
		return cmp.Or(cmp.Compare(a.In, b.In), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Text, b.Text)) < 0
	})
	list := slices.CompactFunc(f.list, func(a, b Finding) bool { return a.In == b.In && a.Path == b.Path && a.Kind == b.Kind })
	more := f.more + max(0, len(list)-mostFindings)
	if more == 0 {
		return list
	}
	last := list[min(mostFindings, len(list))-1]
	return append(list[:min(mostFindings, len(list))], Finding{In: last.In, Kind: "count", Text: "and " + strconv.Itoa(more) + " more"})
}

// validatePath judges keys and function arguments by their descriptions.
func (op *Operation) validatePath(segments []Segment, found *findings) {
	for i := range segments {
		s := &segments[i]
		if s.Kind == KeySegment && !s.HasArgs() {
			op.validateArgument("path", s.Name, s.Text, found)
		}
		for _, a := range s.Args() {
			if a.Quoted || a.Value != "null" && !strings.HasPrefix(a.Value, "@") {
				op.validateArgument("path", a.Name, a.Value, found)
			}
		}
	}
}

// validateArgument judges the text of one argument by its type's format.
func (op *Operation) validateArgument(in, name, text string, found *findings) {
	value := op.argumentValue(in, name)
	if value == nil || value.Type.Collection {
		return
	}
	// A day stands for its midnight where a time is wanted, as the pages of call
	// records have it: getPstnCalls(fromDateTime=2019-11-01,…).
	day := value.Type.Name == "Edm.DateTimeOffset" && isDate(text)
	if format := formatOf[value.Type.Name]; format != "" && !day && !formats[format](text) {
		found.add(in, name, "format", name+": want "+formatWords[format])
	}
	// Members in a URL have whatever letter case, as the page of supported time
	// zones has it: TimeZoneStandard'Iana' for iana.
	is := func(member string) bool { return equalFold(member, text) }
	if t := value.Type.Type(); t != nil && t.Kind == EnumType && !slices.ContainsFunc(t.Members(), is) {
		found.add(in, name, "enum", name+": want one of "+listNames(t.Members()))
	}
}

// validateHeader looks for the headers that the description requires. OpenAPI
// leaves Accept, Authorization and Content-Type to other rules.
func (op *Operation) validateHeader(header func(string) string, found *findings) {
	if header == nil {
		return
	}
	list := op.known().arguments
	for i := range list {
		a := &list[i]
		if a.in != "header" || !a.required || equalFold(a.name, "Accept") || equalFold(a.name, "Authorization") || equalFold(a.name, "Content-Type") {
			continue
		}
		if header(a.name) == "" {
			found.add("header", a.name, "required", a.name+": is required")
		}
	}
}
