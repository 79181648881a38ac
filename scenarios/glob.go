package scenarios

import (
	"net/url"
	"strings"
)

// glob is a path pattern, segment by segment.
type glob []segment

// segment is one segment of a pattern, in lower case.
type segment struct {
	text string
	wild bool // text holds a "*" for any run of characters
	rest bool // "**": any number of segments
}

// catchesAll reports whether a pattern names nothing of where a path begins.
func (g glob) catchesAll() bool { return len(g) > 0 && g[0].rest }

func compileGlob(pattern string) glob {
	var g glob
	for rest, more := segments(pattern); more; {
		var text string
		text, rest, more = nextSegment(rest)
		text = foldASCII(unescape(text))
		g = append(g, segment{text, strings.Contains(text, "*"), text == "**"})
	}
	return g
}

// match reports whether a path fits the pattern. It backtracks to the last "**"
// only, which is enough: an earlier one could not fit better.
func (g glob) match(path string) bool {
	rest, more := segments(path)
	at, star := 0, -1
	var mark string
	for more {
		if at < len(g) && g[at].rest {
			star, mark = at, rest
			at++
			continue
		}
		text, after, another := nextSegment(rest)
		if at < len(g) && g[at].fits(text) {
			at, rest, more = at+1, after, another
			continue
		}
		if star < 0 {
			return false
		}
		_, mark, more = nextSegment(mark)
		at, rest = star+1, mark
	}
	for at < len(g) && g[at].rest {
		at++
	}
	return at == len(g)
}

// fits reports whether one segment of a path fits; an empty one fits nothing.
func (s segment) fits(text string) bool {
	text = unescape(text)
	if s.wild {
		return text != "" && like(s.text, text, true)
	}
	return equalFold(s.text, text)
}

// covers reports whether every path that fits other fits g too, erring towards
// no. It walks as match does, over the segments of a pattern.
func (g glob) covers(other glob) bool {
	at, i, star, mark := 0, 0, -1, 0
	for i < len(other) {
		switch {
		case at < len(g) && g[at].rest:
			star, mark = at, i
			at++
		case at < len(g) && g[at].covers(other[i]):
			at, i = at+1, i+1
		case star >= 0:
			mark++
			at, i = star+1, mark
		default:
			return false
		}
	}
	for at < len(g) && g[at].rest {
		at++
	}
	return at == len(g)
}

// covers is for one segment of a pattern that is not "**".
func (s segment) covers(other segment) bool {
	return !other.rest && (s.text == "*" || s == other)
}

// segments strips the slashes around a path; more is false when nothing is left.
func segments(path string) (rest string, more bool) {
	rest = strings.TrimSuffix(strings.TrimPrefix(path, "/"), "/")
	return rest, rest != ""
}

// nextSegment cuts the first segment off; more is false when it was the last.
func nextSegment(rest string) (text, after string, more bool) {
	return strings.Cut(rest, "/")
}

// unescape decodes percent signs, where they are an encoding.
func unescape(text string) string {
	if strings.IndexByte(text, '%') < 0 {
		return text
	}
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}

// like reports whether text fits a pattern in which "*" stands for any run of
// characters. With fold the pattern is in lower case and the case of ASCII
// letters in text does not matter.
func like(pattern, text string, fold bool) bool {
	p, t, star, mark := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, t
			p++
		case p < len(pattern) && (pattern[p] == text[t] || fold && pattern[p] == lower(text[t])):
			p, t = p+1, t+1
		case star >= 0:
			mark++
			p, t = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// equalFold compares a text in lower case with another whose case of ASCII
// letters does not matter.
func equalFold(lowered, text string) bool {
	if len(lowered) != len(text) {
		return false
	}
	for i := range len(text) {
		if lowered[i] != lower(text[i]) {
			return false
		}
	}
	return true
}

func foldASCII(text string) string {
	bytes := []byte(text)
	for i, c := range bytes {
		bytes[i] = lower(c)
	}
	return string(bytes)
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
