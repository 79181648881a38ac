package odata

import (
	"slices"
	"testing"
)

func TestFindOption(t *testing.T) {
	for o := range Option(len(optionNames)) {
		name := o.String()
		if got, bare, ok := findOption(name); got != o || bare || !ok {
			t.Errorf("%s: %v %v %v", name, got, bare, ok)
		}
		got, bare, ok := findOption(name[1:])
		if o == OptionID {
			if ok {
				t.Error("id without $ is a custom option")
			}
			continue
		}
		if got != o || !bare || !ok {
			t.Errorf("%s: %v %v %v", name[1:], got, bare, ok)
		}
	}
	for _, name := range []string{"", "$", "$$filter", "filters", "$filter "} {
		if o, _, ok := findOption(name); ok {
			t.Errorf("%q is %v", name, o)
		}
	}
}

// Names must fit the buffer that look-ups fold them in.
func TestLongestWord(t *testing.T) {
	for _, list := range [][]string{Functions(), optionNames[:]} {
		for _, name := range list {
			if len(name) > longestWord {
				t.Errorf("%s has %d letters", name, len(name))
			}
		}
	}
}

func TestNearest(t *testing.T) {
	cases := map[string]string{
		"$fliter": "$filter", "$selct": "$select", "$expnad": "$expand", "$oderby": "$orderby",
		"$foo": "", "$": "", "": "", "$filterfilterfilterfilter": "",
	}
	for word, want := range cases {
		if got := nearest(word, optionNames[:]); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

func TestOptionSet(t *testing.T) {
	s := NewOptionSet(OptionTop, OptionFilter).With(OptionID)
	if got := slices.Collect(s.All()); !slices.Equal(got, []Option{OptionFilter, OptionTop, OptionID}) {
		t.Errorf("all: %v", got)
	}
	for o := range s.All() {
		if o != OptionFilter {
			t.Errorf("went on to %v", o)
		}
		break
	}
	if s.Has(OptionSkip) || !s.Has(OptionTop) {
		t.Errorf("%b", s)
	}
}
