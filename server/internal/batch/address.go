package batch

import (
	"fmt"
	"strings"
)

// address cuts a step's URL into path and query below the version, or says what
// is wrong with it. With and without a leading slash is the same (D), and so is
// a path that repeats the version of the batch, as the JavaScript client sends
// it (graph-behaviour §14.22).
func address(url, version string) (path, query, wrong string) {
	url, _, _ = strings.Cut(strings.TrimSpace(url), "#")
	if url == "" {
		return "", "", "" // already a finding of the batch
	}
	if scheme, _, ok := strings.Cut(url, "://"); ok && !strings.ContainsAny(scheme, "/?") {
		return "", "", "want a URL relative to the version, such as /me, not an absolute one"
	}
	path, query, _ = strings.Cut(url, "?")
	path = "/" + strings.TrimLeft(path, "/")
	first, rest, _ := strings.Cut(path[1:], "/")
	switch {
	case strings.EqualFold(first, version):
		path = "/" + rest
	case strings.EqualFold(first, "v1.0"), strings.EqualFold(first, "beta"):
		return "", "", fmt.Sprintf("version %s inside a batch of %s: a batch has one version", first, version)
	case strings.EqualFold(first, "$batch"):
		return "", "", "a batch inside a batch"
	}
	return encode(path), encode(query), ""
}

// encode percent-encodes what cannot stand in a URL on the wire and leaves all
// else as it is: steps are often written with blanks in their filters.
func encode(text string) string {
	if !strings.ContainsFunc(text, outlaw) {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		if c := text[i]; outlaw(rune(c)) {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// outlaw reports whether a byte, or the rune that begins with one, must be
// encoded: blanks, control characters and everything beyond ASCII.
func outlaw(r rune) bool { return r <= ' ' || r >= 0x7f || r == '"' || r == '<' || r == '>' }
