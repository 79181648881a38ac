package graph

import (
	"bytes"
	"cmp"
	"strings"
	"unicode/utf8"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// textTest holds stored text against a wanted one in lower case.
type textTest struct {
	raw  func(quoted []byte, want string) (holds, sure bool) // without a copy; not sure beyond plain ASCII
	text func(text, want string) bool                        // of text in lower case
}

var (
	equalText    = textTest{equalFolded, func(text, want string) bool { return text == want }}
	textFunction = map[string]textTest{
		"startswith": {prefixFolded, strings.HasPrefix},
		"endswith":   {suffixFolded, strings.HasSuffix},
		"contains":   {containsFolded, strings.Contains},
	}
)

// plainText plans a test of a property of text against a literal on the bytes
// that are stored: nil where either is something else.
func (p *planner) plainText(test textTest, value, literal odata.Expr) predicate {
	path, isPath := value.(*odata.Path)
	want, isLiteral := literal.(*odata.Literal)
	if !isPath || !isLiteral || want.Kind != odata.LiteralString || path.Root != odata.RootImplicit || !onlyProperties(path) {
		return nil
	}
	at := p.path(path)
	if at == nil || at.collection || !at.primitive() || at.elsewhere || at.edm != "Edm.String" {
		return nil
	}
	names, text := at.names, strings.ToLower(want.Text)
	return func(s *scope) bool {
		raw := rawAt(s.item.data, names)
		holds, sure := test.raw(raw, text)
		if sure {
			return holds
		}
		v := toScalar(raw, "Edm.String")
		return v.Kind == textScalar && test.text(v.Text, text)
	}
}

// rawAt is the value at a member path of a stored object; nil for none.
func rawAt(data []byte, path []string) []byte {
	for _, name := range path {
		raw, ok := entity.Field(data, name)
		if !ok {
			return nil
		}
		data = raw
	}
	return data
}

// quotedText is what stands between the quotes; false for another value than a
// string.
func quotedText(raw []byte) ([]byte, bool) {
	if len(raw) < 2 || raw[0] != '"' {
		return nil, false
	}
	return raw[1 : len(raw)-1], true
}

// sameLetter compares a byte with one in lower case. It is not sure of a byte
// that begins an escape or is part of a longer character.
func sameLetter(c, want byte) (same, sure bool) {
	if c == '\\' || c >= utf8.RuneSelf {
		return false, false
	}
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c == want, true
}

func equalFolded(raw []byte, want string) (holds, sure bool) {
	text, ok := quotedText(raw)
	if !ok {
		return false, true
	}
	if holds, sure = startsFolded(text, want); !holds {
		return holds, sure
	}
	return len(text) == len(want), true
}

func prefixFolded(raw []byte, want string) (holds, sure bool) {
	text, ok := quotedText(raw)
	if !ok {
		return false, true
	}
	return startsFolded(text, want)
}

func startsFolded(text []byte, want string) (holds, sure bool) {
	for i := range len(want) {
		if i == len(text) {
			return false, true
		}
		if same, sure := sameLetter(text[i], want[i]); !same {
			return false, sure
		}
	}
	return true, true
}

func suffixFolded(raw []byte, want string) (holds, sure bool) {
	text, ok := quotedText(raw)
	if !ok {
		return false, true
	}
	if len(text) < len(want) || bytes.IndexByte(text, '\\') >= 0 {
		return false, false
	}
	return startsFolded(text[len(text)-len(want):], want)
}

func containsFolded(raw []byte, want string) (holds, sure bool) {
	text, ok := quotedText(raw)
	if !ok {
		return false, true
	}
	for {
		if holds, sure = startsFolded(text, want); holds || !sure || len(text) == 0 {
			return holds, sure
		}
		if _, sure = sameLetter(text[0], 0); !sure {
			return false, false
		}
		text = text[1:]
	}
}

// compareFolded orders stored text and one in lower case. It is sure only of
// texts that differ before the first byte that is not plain ASCII.
func compareFolded(raw []byte, want string) (c int, sure bool) {
	text, ok := quotedText(raw)
	if !ok {
		return -1, len(raw) == 0 || string(raw) == "null" // nulls come first
	}
	for i := range min(len(text), len(want)) {
		letter := text[i]
		if same, sure := sameLetter(letter, want[i]); same || !sure {
			if !sure {
				return 0, false
			}
			continue
		}
		if 'A' <= letter && letter <= 'Z' {
			letter += 'a' - 'A'
		}
		return cmp.Compare(letter, want[i]), true
	}
	return 0, false
}
