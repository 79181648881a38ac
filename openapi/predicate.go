package openapi

import "strings"

// cutPredicate splits "users('x')" into its name and what is in the
// parentheses; called is false when there are none at the end.
func cutPredicate(text string) (name, predicate string, called bool) {
	if text[len(text)-1] != ')' {
		return text, "", false
	}
	open := strings.IndexByte(text, '(')
	if open <= 0 {
		return text, "", false
	}
	return text[:open], text[open+1 : len(text)-1], true
}

// readArgs reads "'x'", "a='x',b=1" or nothing. Commas inside quotes, brackets
// and braces do not separate; a doubled quote stands for one.
func readArgs(predicate string, args []Arg) ([]Arg, bool) {
	for rest := strings.TrimSpace(predicate); rest != ""; {
		item, after, more := cutArg(rest)
		arg, ok := readArg(item)
		if !ok || (more && after == "") {
			return nil, false
		}
		args = append(args, arg)
		rest = after
	}
	if len(args) > 1 {
		for _, a := range args {
			if a.Name == "" {
				return nil, false
			}
		}
	}
	return args, true
}

// cutArg cuts at the first comma that separates.
func cutArg(s string) (item, rest string, more bool) {
	quoted, depth := false, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\'':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		case c == ',' && depth == 0:
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// readArg reads "name=value" or a value alone.
func readArg(item string) (Arg, bool) {
	name, value := "", strings.TrimSpace(item)
	if eq := strings.IndexAny(value, "='"); eq >= 0 && value[eq] == '=' {
		name, value = strings.TrimSpace(value[:eq]), strings.TrimSpace(value[eq+1:])
		if name == "" {
			return Arg{}, false
		}
	}
	if !strings.Contains(value, "'") {
		return Arg{Name: name, Value: value}, value != ""
	}
	text, ok := unquote(withoutType(value))
	return Arg{Name: name, Value: text, Quoted: true}, ok
}

// withoutType cuts off the type that stands before a quoted literal, as in
// microsoft.graph.timeZoneStandard'Iana' and duration'PT1H'.
func withoutType(value string) string {
	i := strings.IndexByte(value, '\'')
	for _, c := range []byte(value[:max(i, 0)]) {
		if letter := 'a' <= c|0x20 && c|0x20 <= 'z'; !letter && (c < '0' || c > '9') && c != '.' && c != '_' {
			return value
		}
	}
	return value[max(i, 0):]
}

// unquote reads an OData string literal.
func unquote(s string) (string, bool) {
	if len(s) < 2 || s[0] != '\'' || s[len(s)-1] != '\'' {
		return "", false
	}
	inner := s[1 : len(s)-1]
	if !strings.Contains(inner, "'") {
		return inner, true
	}
	if strings.Contains(strings.ReplaceAll(inner, "''", ""), "'") {
		return "", false
	}
	return strings.ReplaceAll(inner, "''", "'"), true
}
