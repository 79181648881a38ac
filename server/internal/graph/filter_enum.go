package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
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

// unknownMembers is an enumeration held against its sentinel: what the client is
// shown so passes, as the later members are for those who do not know them (G,
// graph-behaviour §2.13). nil for every other comparison.
func (p *planner) unknownMembers(op odata.Operator, left, right odata.Expr) predicate {
	path, isPath := left.(*odata.Path)
	text, isLiteral := right.(*odata.Literal)
	if p.unmasked || !isPath || !isLiteral || path.Root == odata.RootAlias || op != odata.OpEq && op != odata.OpNe || !isSentinel(text.Text) {
		return nil
	}
	at := p.path(path)
	if at == nil || !at.enum || !evolves(at.typ) {
		return nil
	}
	return func(s *scope) bool {
		value, ok := entity.Unquote(at.read(s).data)
		return (ok && isSentinel(maskedText(value, at.typ))) == (op == odata.OpEq)
	}
}

// kinMembers are members of an enumeration that are found under another's name, too:
// Intune's restrictions of all platforms are listed with those of single ones (R,
// samples of Microsoft, CIPP and Microsoft365DSC, 2021 to 2026).
var kinMembers = [...]struct{ typ, name, other string }{
	{"microsoft.graph.deviceEnrollmentConfigurationType", "singlePlatformRestriction", "platformRestrictions"},
}

// kin is an enumeration held against a member that stands for another beside itself;
// nil for every other comparison.
func (p *planner) kin(op odata.Operator, left, right odata.Expr) predicate {
	path, isPath := left.(*odata.Path)
	text, isLiteral := right.(*odata.Literal)
	if op != odata.OpEq || !isPath || !isLiteral || path.Root == odata.RootAlias {
		return nil
	}
	at := p.path(path)
	if at == nil || !at.enum {
		return nil
	}
	for _, k := range kinMembers {
		if k.typ == at.typ.Name && strings.EqualFold(k.name, text.Text) {
			return func(s *scope) bool {
				value, ok := entity.Unquote(at.read(s).data)
				return ok && (strings.EqualFold(value, k.name) || strings.EqualFold(value, k.other))
			}
		}
	}
	return nil
}
