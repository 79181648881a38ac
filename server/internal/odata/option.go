package odata

import (
	"fmt"
	"iter"
	"math/bits"
)

// Option is a system query option.
type Option uint8

// The system query options of OData 4.01, and $apply of its aggregation extension.
const (
	OptionFilter Option = iota
	OptionSelect
	OptionExpand
	OptionOrderBy
	OptionTop
	OptionSkip
	OptionCount
	OptionSearch
	OptionLevels
	OptionCompute
	OptionApply
	OptionFormat
	OptionSkipToken
	OptionDeltaToken
	OptionIndex
	OptionSchemaVersion
	OptionID
)

// optionNames is indexed by Option.
var optionNames = [...]string{
	"$filter", "$select", "$expand", "$orderby", "$top", "$skip", "$count", "$search", "$levels",
	"$compute", "$apply", "$format", "$skiptoken", "$deltatoken", "$index", "$schemaversion", "$id",
}

// String returns the name with "$".
func (o Option) String() string { return optionNames[o] }

// findOption finds an option by its name, with "$" or without; bare says which.
// The word id without "$" is left to custom options, where it is too common.
func findOption(name string) (o Option, bare, ok bool) {
	bare = name == "" || name[0] != '$'
	word := name
	if !bare {
		word = name[1:]
	}
	for i, known := range optionNames {
		if is(word, known[1:]) {
			o = Option(i)
			return o, bare, !bare || o != OptionID
		}
	}
	return 0, bare, false
}

// OptionSet is a set of options. The operators |, & and &^ unite, intersect and
// subtract sets: given &^ supported is what a caller refuses.
type OptionSet uint32

// NewOptionSet returns the set of the listed options.
func NewOptionSet(list ...Option) OptionSet {
	var s OptionSet
	for _, o := range list {
		s |= 1 << o
	}
	return s
}

// Has reports whether o is in the set.
func (s OptionSet) Has(o Option) bool { return s>>o&1 != 0 }

// With returns the set with o added.
func (s OptionSet) With(o Option) OptionSet { return s | 1<<o }

// All yields the options of the set in the order of their constants.
func (s OptionSet) All() iter.Seq[Option] {
	return func(yield func(Option) bool) {
		for ; s != 0; s &= s - 1 {
			if !yield(Option(bits.TrailingZeros32(uint32(s)))) {
				return
			}
		}
	}
}

// What may stand in parentheses, by the place of the parentheses.
const (
	countOptions  OptionSet = 1<<OptionFilter | 1<<OptionSearch
	refOptions              = countOptions | 1<<OptionOrderBy | 1<<OptionSkip | 1<<OptionTop | 1<<OptionCount
	selectOptions           = refOptions | 1<<OptionSelect | 1<<OptionCompute
	expandOptions           = selectOptions | 1<<OptionExpand | 1<<OptionLevels
	starOptions   OptionSet = 1 << OptionLevels
)

// Options are the options that may stand in a query and, nested, in parentheses.
// A field means something only when Given has its option.
type Options struct {
	Given   OptionSet
	Bare    OptionSet // of Given, those spelled without "$"
	Filter  Expr
	Search  Search
	OrderBy []OrderItem
	Select  []SelectItem
	Expand  []ExpandItem
	Top     int
	Skip    int
	Count   bool
	Levels  int     // 1 or more, or LevelsMax; nested only
	Compute string  // as written: callers refuse it
	Aliases []Alias // in the order written
}

// Alias is a parameter alias and its value.
type Alias struct {
	At    int    // where the value begins
	Name  string // without "@"
	Text  string // the value, decoded
	Value Expr   // nil when Text is no expression
	Err   *Error // why Value is nil. It matters only when the alias is used: @id may hold a URL
}

// Alias returns the value of a parameter alias, without regard to the "@".
func (o *Options) Alias(name string) (*Alias, bool) {
	for i := range o.Aliases {
		if o.Aliases[i].Name == name {
			return &o.Aliases[i], true
		}
	}
	return nil, false
}

func (o *Options) give(option Option, bare bool) {
	o.Given = o.Given.With(option)
	if bare {
		o.Bare = o.Bare.With(option)
	}
}

// optionHint suggests the option that name may mean.
func optionHint(name string) string {
	if near := nearest(name, optionNames[:]); near != "" && !is(name, near) {
		return fmt.Sprintf(" (did you mean %q?)", near)
	}
	return ""
}
