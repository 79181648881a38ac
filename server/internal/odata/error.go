package odata

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Kind sorts mistakes, for callers that answer them differently and for tests.
type Kind string

// The kinds of mistakes.
const (
	KindSyntax        Kind = "syntax"         // something stands where it cannot
	KindExpected      Kind = "expected"       // something particular is missing; Subject names it
	KindCharacter     Kind = "character"      // no token begins with the character Subject
	KindUnterminated  Kind = "unterminated"   // a quoted text without end
	KindLiteral       Kind = "literal"        // Subject is a malformed literal
	KindDateTime      Kind = "datetime"       // Subject is a date with time, but without time zone
	KindFunction      Kind = "function"       // Subject is no canonical function
	KindArity         Kind = "arity"          // the function Subject does not take that many arguments
	KindVariable      Kind = "variable"       // the range variable Subject is already in use
	KindDepth         Kind = "depth"          // more than MaxDepth
	KindLength        Kind = "length"         // more than MaxLength
	KindEncoding      Kind = "encoding"       // a bad percent sign, or not UTF-8
	KindUnknownOption Kind = "unknown-option" // no option Subject, or not in this place
	KindDuplicate     Kind = "duplicate"      // the option or alias Subject stands twice
	KindEmpty         Kind = "empty"          // an option without a value
	KindValue         Kind = "value"          // Subject is not a value that the option takes
	KindMore          Kind = "more"           // stands for findings left out at the end of a list
)

// Error is one mistake in a query option.
type Error struct {
	Option  string // "$filter", "@p"; "" when Source is the raw query string, or when the caller named no option
	Kind    Kind
	Offset  int    // in bytes of Source
	Text    string // ours: what is wrong and how to mend it; the place is left to Error and Display
	Source  string // the decoded option text
	Subject string // the piece of text that Kind speaks of; "" when there is none
	About   string // of KindValue the option that refuses Subject, which may stand within Option; else ""
}

// Position counts the characters of Source before the mistake, from 0.
func (e *Error) Position() int {
	return utf8.RuneCountInString(e.Source[:min(e.Offset, len(e.Source))])
}

// Error says place and mistake in one line, without the source.
func (e *Error) Error() string {
	if e.Option == "" {
		return fmt.Sprintf("position %d: %s", e.Position(), e.Text)
	}
	return fmt.Sprintf("%s: position %d: %s", e.Option, e.Position(), e.Text)
}

// reach is how many characters Display shows on each side of the mistake.
const reach = 60

// Display says place and mistake, shows the text around it, and puts a caret
// below the place. Each call gives three lines without a final line feed.
func (e *Error) Display() string {
	text := []rune(strings.Map(visible, e.Source))
	at := min(e.Position(), len(text))
	from, to := max(0, at-reach), min(len(text), at+reach)
	before, after := "", ""
	if from > 0 {
		before = "…"
	}
	if to < len(text) {
		after = "…"
	}
	caret := strings.Repeat(" ", utf8.RuneCountInString(before)+at-from) + "^"
	return e.Error() + "\n  " + before + string(text[from:to]) + after + "\n  " + caret
}

// visible keeps the caret's column true: one cell for each control character.
func visible(r rune) rune {
	if r < ' ' {
		return ' '
	}
	return r
}

// GraphText words the mistake as Graph's OData library does, full stop included.
// The caller adds what goes before it, such as "Invalid filter clause: "
// (graph-behaviour §2.8). Observed are the words of KindDateTime, not to their
// end, of KindDuplicate (R: issues of 2019 to 2022) and of an empty $top (R:
// 2024); all others are assumed, after that library's messages.
func (e *Error) GraphText() string {
	switch e.Kind {
	case KindExpected:
		return fmt.Sprintf("%s expected at position %d in '%s'.", e.Subject, e.Position(), e.Source)
	case KindCharacter:
		return fmt.Sprintf("Syntax error: character '%s' is not valid at position %d in '%s'.", e.Subject, e.Position(), e.Source)
	case KindUnterminated:
		return fmt.Sprintf("There is an unterminated string literal at position %d in '%s'.", e.Position(), e.Source)
	case KindLiteral:
		return fmt.Sprintf("Unrecognized literal '%s' at '%d' in '%s'.", e.Subject, e.Position(), e.Source)
	case KindDateTime:
		return fmt.Sprintf("The DateTimeOffset text '%s' should be in format 'yyyy-mm-ddThh:mm:ss('.'s+)?(zzzzzz)?' and each field value is within valid range.", e.Subject)
	case KindFunction:
		return fmt.Sprintf("An unknown function with name '%s' was found. This may also be a function import or a key lookup on a navigation property, which is not allowed.", e.Subject)
	case KindArity:
		return fmt.Sprintf("No function signature for the function with name '%s' matches the specified arguments.", e.Subject)
	case KindVariable:
		return fmt.Sprintf("The range variable '%s' has already been declared.", e.Subject)
	case KindDepth, KindLength:
		return "Recursion depth exceeded allowed limit."
	}
	return e.graphOptionText()
}

// graphOptionText words mistakes about an option as a whole.
func (e *Error) graphOptionText() string {
	switch e.Kind {
	case KindUnknownOption:
		return fmt.Sprintf("The query parameter '%s' is not supported.", e.Subject)
	case KindDuplicate:
		return fmt.Sprintf("Query option '%s' was specified more than once, but it must be specified at most once.", e.Subject)
	case KindEmpty:
		if e.Option == OptionTop.String() || e.Option == OptionSkip.String() || e.Option == OptionCount.String() {
			return fmt.Sprintf("Invalid value '%s' for %s query option found. %s", e.Source, e.Option, valueRule(e.Option))
		}
		return fmt.Sprintf("The value for OData query '%s' cannot be empty.", e.Option)
	case KindValue:
		return fmt.Sprintf("Invalid value '%s' for %s query option found. %s", e.Subject, e.About, valueRule(e.About))
	}
	return fmt.Sprintf("Syntax error at position %d in '%s'.", e.Position(), e.Source)
}

func valueRule(option string) string {
	switch option {
	case OptionCount.String():
		return "Valid values are 'true' and 'false'."
	case OptionLevels.String():
		return "The $levels query option requires a positive integer value or 'max'."
	case OptionIndex.String():
		return "The $index query option requires an integer value."
	}
	return fmt.Sprintf("The %s query option requires a non-negative integer value.", option)
}
