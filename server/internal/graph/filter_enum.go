package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// knowsMembers refuses a literal that names no member of the enumeration that
// it is held against, as the service's OData library does. Flags are several
// names, or numbers.
func (p *planner) knowsMembers(value, literal odata.Expr) bool {
	path, isPath := value.(*odata.Path)
	text, isLiteral := literal.(*odata.Literal)
	if p.refused != nil || !isPath || !isLiteral || path.Root == odata.RootAlias || text.Kind != odata.LiteralString && text.Kind != odata.LiteralEnum {
		return p.refused == nil
	}
	at := p.path(path)
	if at == nil || !at.enum || len(at.typ.Members()) == 0 {
		return p.refused == nil
	}
	for name := range strings.SplitSeq(text.Text, ",") {
		if name = strings.TrimSpace(name); !listsFold(at.typ.Members(), name) && !digits(name) {
			p.refuse("The string '" + text.Text + "' is not a valid enumeration type constant.")
			return false
		}
	}
	return true
}

func digits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}
