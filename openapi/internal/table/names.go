package table

import "strings"

// Namespace of Graph's main schema and its alias, each with the dot behind it.
const (
	namespace = "microsoft.graph."
	alias     = "graph."
)

// Lower folds one byte; names of Graph's model are ASCII.
func Lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// CompareFold orders strings by their bytes in ASCII lower case.
func CompareFold(a, b string) int {
	n := min(len(a), len(b))
	for i := 0; i < n; i++ {
		if a[i] == b[i] {
			continue
		}
		if x, y := Lower(a[i]), Lower(b[i]); x != y {
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}

// Fold is the one spelling of all names that are equal but for ASCII case.
func Fold(name string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, name)
}

// CutNamespace cuts Graph's namespace or its alias off a name.
func CutNamespace(name string) (short string, namespaced bool) {
	for _, prefix := range []string{namespace, alias} {
		if len(name) > len(prefix) && CompareFold(name[:len(prefix)], prefix) == 0 {
			return name[len(prefix):], true
		}
	}
	return name, false
}

// cutParentheses splits "delta(token='{token}')" into its name and what is
// between the parentheses; found is false when there are none at the end.
func cutParentheses(text string) (name, inside string, found bool) {
	open := strings.IndexByte(text, '(')
	if open <= 0 || text[len(text)-1] != ')' {
		return text, "", false
	}
	return text[:open], text[open+1 : len(text)-1], true
}

// ParameterNames lists the names before "=" in "delta(token='{token}',n={n})".
func ParameterNames(form string) []string {
	_, inside, _ := cutParentheses(form)
	if inside == "" {
		return nil
	}
	var names []string
	for item := range strings.SplitSeq(inside, ",") {
		name, _, _ := strings.Cut(item, "=")
		names = append(names, strings.TrimSpace(name))
	}
	return names
}
