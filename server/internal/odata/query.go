package odata

import (
	"fmt"
	"math"
	"strings"
)

// Query is a whole query string. Its fields mean something only when Given has
// their option.
type Query struct {
	Options
	Format        string
	SkipToken     string
	DeltaToken    string
	SchemaVersion string
	Index         int
	ID            string      // $id, a URL
	Vacant        OptionSet   // those sent without a value, which is as if they were not
	Apply         string      // as written: callers refuse it
	Parameters    []Parameter // the system options and aliases, in the order sent
	Custom        []Parameter // all others, in the order sent
}

// Parameter is one name and value of a query string.
type Parameter struct {
	Name  string // decoded, as spelled
	Value string // decoded
	Raw   string // both as sent
}

// maxMistakes is how many are reported one by one.
const maxMistakes = 20

// ParseQuery reads a raw query string, without its "?". It reports every mistake,
// at most one per option and in their order; fields of options that have one
// stay zero.
//
// Names and values are cut apart at "&" and the first "=" before they are
// decoded, so that %26 and %3D belong to them. A "+" stands for a blank, as
// browsers send it and Graph reads it, although OData takes it literally: a plus,
// as in a date's offset, is written %2B (graph-behaviour §2.8).
//
// Every option may lack its "$" but $id; Bare says which did. Version v1.0 knows
// only some bare names (graph-behaviour §1.4): for the others its callers look at
// Bare. A name with "$" that is no option is a mistake, any other is custom.
func ParseQuery(raw string) (Query, []*Error) {
	r := queryReader{raw: raw}
	switch {
	case raw == "":
		return r.query, nil
	case len(raw) > MaxLength:
		r.fail(&Error{Kind: KindLength, Text: fmt.Sprintf("query string longer than %d bytes", MaxLength)})
		return r.query, r.errors
	}
	for at := 0; at < len(raw); {
		length := strings.IndexByte(raw[at:], '&')
		if length < 0 {
			length = len(raw) - at
		}
		if length > 0 {
			r.parameter(at, at+length)
		}
		at += length + 1
	}
	if r.more > 0 {
		r.errors = append(r.errors, &Error{Kind: KindMore, Offset: len(raw), Source: raw, Text: fmt.Sprintf("%d more mistakes", r.more)})
	}
	return r.query, r.errors
}

// Rest returns the parameters as they were sent, without the options in drop; the
// custom ones come last. The query of a link to the next page begins with it.
func (q *Query) Rest(drop OptionSet) string {
	var b strings.Builder
	for _, list := range [...][]Parameter{q.Parameters, q.Custom} {
		for _, p := range list {
			if o, _, ok := findOption(p.Name); ok && drop.Has(o) {
				continue
			}
			if b.Len() > 0 {
				b.WriteByte('&')
			}
			b.WriteString(p.Raw)
		}
	}
	return b.String()
}

type queryReader struct {
	query  Query
	raw    string
	parser parser
	errors []*Error
	more   int // mistakes beyond maxMistakes
}

func (r *queryReader) fail(e *Error) {
	if e == nil {
		return
	}
	if len(r.errors) >= maxMistakes {
		r.more++
		return
	}
	r.errors = append(r.errors, e)
}

// failAt reports a mistake that is shown in the raw query string.
func (r *queryReader) failAt(at int, kind Kind, subject, text string) {
	r.fail(&Error{Kind: kind, Offset: at, Subject: subject, Text: text, Source: r.raw})
}

// parameter reads the name and value that stand between at and end.
func (r *queryReader) parameter(at, end int) {
	p := Parameter{Raw: r.raw[at:end]}
	name, value, _ := strings.Cut(p.Raw, "=")
	var bad int
	if p.Name, bad = decode(name); bad >= 0 {
		r.badEncoding(at+bad, "a name")
		return
	}
	p.Name = strings.TrimSpace(p.Name)
	if p.Value, bad = decode(value); bad >= 0 {
		r.badEncoding(at+len(name)+1+bad, "the value of "+quote(p.Name))
		return
	}
	option, bare, ok := findOption(p.Name)
	switch {
	case ok && option != OptionLevels:
		r.query.Parameters = r.keep(r.query.Parameters, p)
		r.option(at, option, bare, p.Value)
	case strings.HasPrefix(p.Name, "@"):
		r.query.Parameters = r.keep(r.query.Parameters, p)
		r.alias(at, p)
	case strings.HasPrefix(p.Name, "$"):
		r.failAt(at, KindUnknownOption, p.Name, r.unknownText(p.Name, ok))
	default:
		r.query.Custom = append(r.query.Custom, p)
	}
}

func (r *queryReader) badEncoding(at int, where string) {
	r.failAt(at, KindEncoding, "", "bad percent-encoding in "+where+" (a percent sign itself is written %25, other bytes must be UTF-8)")
}

// keep makes room for all parameters at once.
func (r *queryReader) keep(list []Parameter, p Parameter) []Parameter {
	if list == nil {
		list = make([]Parameter, 0, strings.Count(r.raw, "&")+1)
	}
	return append(list, p)
}

func (r *queryReader) unknownText(name string, nested bool) string {
	if nested {
		return quote(name) + " belongs into the parentheses of an item of $expand"
	}
	return "no option " + quote(name) + optionHint(name)
}

// leftOut are the options that Graph's OData library takes without a value for
// not sent, as clients send them that put URLs together.
const leftOut OptionSet = 1<<OptionFilter | 1<<OptionSelect | 1<<OptionExpand | 1<<OptionOrderBy

func (r *queryReader) option(at int, option Option, bare bool, value string) {
	switch {
	case (r.query.Given | r.query.Vacant).Has(option):
		r.failAt(at, KindDuplicate, r.spelled(option, bare), fmt.Sprintf("%s stands twice", option))
		return
	case value == "" && leftOut.Has(option):
		r.query.Vacant = r.query.Vacant.With(option)
		return
	case strings.TrimSpace(value) == "":
		r.query.give(option, bare)
		r.fail(&Error{Option: option.String(), Kind: KindEmpty, Source: value, Text: "no value (leave the option out instead)"})
		return
	}
	r.query.give(option, bare)
	if text := r.query.text(option); text != nil {
		*text = value
		return
	}
	r.parser.begin(option.String(), value)
	var o Options
	if option == OptionIndex {
		r.parser.next()
		r.query.Index = r.parser.integer(option, math.MinInt32)
	} else {
		r.parser.readOption(option, &o)
	}
	if err := r.parser.end(); err != nil {
		r.fail(err)
		return
	}
	r.query.take(option, &o)
}

// spelled is an option that stands twice as Graph names it: by both its
// spellings where one of them has no "$".
func (r *queryReader) spelled(option Option, bare bool) string {
	if bare || r.query.Bare.Has(option) {
		return option.String() + "/" + option.String()[1:]
	}
	return option.String()
}

// text returns the field of an option whose value is taken as it is, else nil.
func (q *Query) text(option Option) *string {
	switch option {
	case OptionFormat:
		return &q.Format
	case OptionSkipToken:
		return &q.SkipToken
	case OptionDeltaToken:
		return &q.DeltaToken
	case OptionSchemaVersion:
		return &q.SchemaVersion
	case OptionID:
		return &q.ID
	case OptionApply:
		return &q.Apply
	case OptionCompute:
		return &q.Compute
	}
	return nil
}

// take copies the field of one option, now that its text is read to the end.
func (o *Options) take(option Option, from *Options) {
	switch option {
	case OptionFilter:
		o.Filter = from.Filter
	case OptionSelect:
		o.Select = from.Select
	case OptionExpand:
		o.Expand = from.Expand
	case OptionOrderBy:
		o.OrderBy = from.OrderBy
	case OptionSearch:
		o.Search = from.Search
	case OptionTop:
		o.Top = from.Top
	case OptionSkip:
		o.Skip = from.Skip
	case OptionCount:
		o.Count = from.Count
	}
}

func (r *queryReader) alias(at int, p Parameter) {
	a := Alias{Name: p.Name[1:], Text: p.Value}
	if _, twice := r.query.Alias(a.Name); twice {
		r.failAt(at, KindDuplicate, p.Name, fmt.Sprintf("%s stands twice", quote(p.Name)))
		return
	}
	r.parser.begin(p.Name, p.Value)
	r.parser.next()
	value := r.parser.value()
	if a.Err = r.parser.end(); a.Err == nil {
		a.Value = value
	}
	r.query.Aliases = append(r.query.Aliases, a)
}
