package journal

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"
)

// redacted stands where a secret stood.
const redacted = "[redacted]"

// secrets are the names of header fields, JSON members and form parameters that
// hold a secret, as plain writes them. Beside them everything that ends in
// "password", "secret" or "passphrase" does: adDomainPassword, client_secret.
var secrets = map[string]bool{
	"authorization":       true,
	"proxyauthorization":  true,
	"cookie":              true,
	"setcookie":           true,
	"xidentityheader":     true,
	"assertion":           true,
	"clientassertion":     true,
	"accesstoken":         true,
	"refreshtoken":        true,
	"idtoken":             true,
	"idtokenhint":         true,
	"subjecttoken":        true,
	"actortoken":          true,
	"devicecode":          true,
	"codeverifier":        true,
	"passwd":              true,
	"secrettext":          true,
	"privatekey":          true,
	"presharedkey":        true,
	"temporaryaccesspass": true,
	"validationtokens":    true,
}

// secret reports whether what has this name is not to be shown.
func secret(name string) bool {
	name = plain(name)
	return secrets[name] || strings.HasSuffix(name, "password") ||
		strings.HasSuffix(name, "secret") || strings.HasSuffix(name, "passphrase")
}

// formSecret is secret for parameters of forms and queries. There "code" is an
// authorization code; in JSON it is the code of an error, which a tester has to
// see, and no message of OAuth has the other one there.
func formSecret(name string) bool { return secret(name) || plain(name) == "code" }

// plain reduces a name to its letters and digits, in lower case, so that
// client_secret, clientSecret and Client-Secret are one.
func plain(name string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case 'A' <= c && c <= 'Z':
			return c + 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			return c
		}
		return -1
	}, name)
}

// redactValues returns the values of a header field for display. Other fields
// can carry secrets too: the Location that an authorization code is sent to.
func redactValues(name string, values []string) []string {
	shown := make([]string, len(values))
	for i, value := range values {
		if shown[i] = redacted; !secret(name) {
			shown[i] = redactText(value)
		}
	}
	return shown
}

// redactJSON redacts the secret members of a valid JSON text, at any depth. All
// else stays byte for byte. null and booleans are no secrets.
func redactJSON(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for at := 0; at < len(text); {
		if text[at] != '"' {
			out = append(out, text[at])
			at++
			continue
		}
		end := stringEnd(text, at)
		out = append(out, text[at:end]...)
		colon := spaceEnd(text, end)
		if colon == len(text) || text[colon] != ':' || !secret(unquote(text[at:end])) {
			at = end
			continue
		}
		value := spaceEnd(text, colon+1)
		out = append(out, text[end:value]...)
		if at = valueEnd(text, value, ",}"); bytes.IndexByte([]byte("ntf"), text[value]) >= 0 {
			out = append(out, text[value:at]...)
			continue
		}
		out = append(append(append(out, '"'), redacted...), '"')
	}
	return out
}

// redactText redacts a text of no certain form: a form, a query, JSON that is
// broken or cut off. It knows names by the ":" or "=" after them, and rather
// hides too much than too little.
func redactText(text string) string {
	in := []byte(text)
	out := make([]byte, 0, len(in))
	for at := 0; at < len(in); at++ {
		out = append(out, in[at])
		switch {
		case in[at] == '=' && formSecret(nameBefore(in, at)):
			at = end(in, at, "&") - 1
		case in[at] == ':' && secret(nameBefore(in, at)):
			at = valueEnd(in, spaceEnd(in, at+1), ",}]\n&") - 1
		default:
			continue
		}
		out = append(out, redacted...)
	}
	return string(out)
}

// nameBefore is the name that ends before a separator, with or without quotes
// around it, its escapes undone.
func nameBefore(text []byte, separator int) string {
	to := separator
	for to > 0 && bytes.IndexByte([]byte(" \t\r\n\"'"), text[to-1]) >= 0 {
		to--
	}
	from := to
	for from > 0 && bytes.IndexByte([]byte(" \t\r\n\"'&;?#:=,{}[]()<>"), text[from-1]) < 0 {
		from--
	}
	name := string(text[from:to])
	if text[separator] == '=' {
		if plain, err := url.QueryUnescape(name); err == nil {
			return plain
		}
		return name
	}
	return unquote([]byte(`"` + name + `"`))
}

// unquote is the text of a JSON string; what is none stays as it is.
func unquote(quoted []byte) string {
	var name string
	if bytes.IndexByte(quoted, '\\') < 0 || json.Unmarshal(quoted, &name) != nil {
		return string(quoted)
	}
	return name
}

// The functions below find the end of something in a text that need not be
// sound; what does not end, ends with the text.

func end(text []byte, at int, stop string) int {
	if i := bytes.IndexAny(text[at:], stop); i >= 0 {
		return at + i
	}
	return len(text)
}

func spaceEnd(text []byte, at int) int {
	for at < len(text) && bytes.IndexByte([]byte(" \t\r\n"), text[at]) >= 0 {
		at++
	}
	return at
}

// stringEnd is the end of the string that begins at a quote.
func stringEnd(text []byte, at int) int {
	quote := text[at]
	for at++; at < len(text); at++ {
		switch text[at] {
		case '\\':
			at++
		case quote:
			return at + 1
		}
	}
	return len(text)
}

// valueEnd is the end of the JSON value that begins here, or the next of the
// stop characters when none of its kinds does.
func valueEnd(text []byte, at int, stop string) int {
	if at >= len(text) {
		return len(text)
	}
	switch text[at] {
	case '"', '\'':
		return stringEnd(text, at)
	case '{', '[':
		return bracketEnd(text, at)
	}
	return end(text, at, stop)
}

// bracketEnd is the end of the object or array that begins here.
func bracketEnd(text []byte, at int) int {
	for depth := 0; at < len(text); {
		switch text[at] {
		case '"':
			at = stringEnd(text, at)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return at + 1
			}
		}
		at++
	}
	return len(text)
}
