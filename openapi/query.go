package openapi

import (
	"net/url"
	"strings"
)

// systemOptions are the system query options of OData 4.01 and those of Graph.
// The ones that page or track a list are opaque to everybody but the service.
var systemOptions = []string{
	"$apply", "$compute", "$count", "$deltatoken", "$expand", "$filter", "$format", "$id", "$index", "$levels",
	"$orderby", "$schemaversion", "$search", "$select", "$skip", "$skiptoken", "$top",
}

// bareOptions may be written without "$" in v1.0; beta takes all so
// (graph-behaviour §1.4).
var bareOptions = []string{"$filter", "$select", "$expand", "$orderby", "$top", "$skip", "$count", "$search", "$skiptoken"}

// validateQuery judges the query options whose form alone can be wrong; what
// they say is for the evaluator. Options that nobody knows and that have no
// "$" are the client's own.
func (op *Operation) validateQuery(raw string, found *findings) {
	var seen uint32 // bit per place in systemOptions
	for rest := raw; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "&")
		if pair == "" {
			continue
		}
		name, value, ok := decodePair(pair)
		if !ok {
			found.add("query", name, "parameter", "query: broken percent-encoding")
			continue
		}
		op.validateOption(name, value, &seen, found)
	}
	op.requireOptions(raw, found)
}

// decodePair splits and decodes one "name=value".
func decodePair(pair string) (name, value string, ok bool) {
	name, value, _ = strings.Cut(pair, "=")
	if !strings.ContainsAny(pair, "%+") {
		return name, value, true
	}
	var err error
	if name, err = url.QueryUnescape(name); err != nil {
		return "", "", false
	}
	decoded, err := url.QueryUnescape(value)
	return name, decoded, err == nil
}

func (op *Operation) validateOption(name, value string, seen *uint32, found *findings) {
	at := op.systemOption(name)
	if at < 0 {
		switch {
		case strings.HasPrefix(name, "$"):
			found.add("query", name, "parameter", name+": unknown query option"+didYouMean(suggest(name, systemOptions)))
		case name != "" && name[0] != '@':
			op.validateArgument("query", name, value, found)
		}
		return
	}
	option := systemOptions[at]
	if *seen&(1<<at) != 0 {
		found.add("query", option, "parameter", option+": is there more than once")
		return
	}
	*seen |= 1 << at
	switch {
	case (option == "$top" || option == "$skip") && !isNatural(value):
		found.add("query", option, "parameter", option+": want a whole number, zero or more")
	case option == "$count" && !equalFold(value, "true") && !equalFold(value, "false"):
		found.add("query", option, "parameter", option+": want true or false")
	}
}

// systemOption finds an option by its name in any case, with "$" or, where the
// version allows it and no parameter of the operation has that name, without.
func (op *Operation) systemOption(name string) int {
	bare := !strings.HasPrefix(name, "$")
	if bare && op.argument("query", name) != nil {
		return -1
	}
	for i, option := range systemOptions {
		if !bare && equalFold(name, option) {
			return i
		}
		if bare && equalFold(name, option[1:]) && op.takesBare(option) {
			return i
		}
	}
	return -1
}

func (op *Operation) takesBare(option string) bool {
	if !equalFold(op.in.name, "v1.0") {
		return option != "$id" && option != "$index" && option != "$levels"
	}
	for _, bare := range bareOptions {
		if bare == option {
			return true
		}
	}
	return false
}

// isNatural reads a whole number that fits 31 bits, as Edm.Int32 has.
func isNatural(s string) bool {
	if s == "" || len(s) > 10 {
		return false
	}
	n := 0
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n <= 1<<31-1
}

// requireOptions looks for parameters that the description requires.
func (op *Operation) requireOptions(raw string, found *findings) {
	list := op.known().arguments
	for i := range list {
		if a := &list[i]; a.in == "query" && a.required && !hasOption(raw, a.name) {
			found.add("query", a.name, "required", a.name+": is required")
		}
	}
}

func hasOption(raw, want string) bool {
	for pair := range strings.SplitSeq(raw, "&") {
		if name, _, ok := decodePair(pair); ok && equalFold(name, want) {
			return true
		}
	}
	return false
}
