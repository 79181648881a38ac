package odata

import (
	"fmt"
	"strings"
)

// dump shows the shape of a tree without positions and spellings: operators and
// functions in front, every literal with its form, every segment with its kind.
// It shares no code with Print, so that one can test the other.
func dump(e Expr) string {
	switch n := e.(type) {
	case nil:
		return "nil"
	case *Literal:
		return dumpLiteral(n)
	case *Path:
		return dumpPath(n)
	case *Binary:
		return fmt.Sprintf("(%s %s %s)", n.Op, dump(n.Left), dump(n.Right))
	case *Unary:
		return fmt.Sprintf("(%s %s)", n.Op, dump(n.Operand))
	case *Call:
		return "(" + n.Name + "()" + dumpAll(n.Args) + ")"
	case *Case:
		s := "(case"
		for _, b := range n.Branches {
			s += " " + dump(b.When) + "->" + dump(b.Then)
		}
		return s + ")"
	case *Lambda:
		name := "any"
		if n.All {
			name = "all"
		}
		if n.Variable == "" {
			return fmt.Sprintf("(%s %s)", name, dump(n.Over))
		}
		return fmt.Sprintf("(%s %s ?%s %s)", name, dump(n.Over), n.Variable, dump(n.Predicate))
	case *List:
		if n.Array {
			return "[array" + dumpAll(n.Items) + "]"
		}
		return "[list" + dumpAll(n.Items) + "]"
	case *Object:
		s := "{object"
		for _, m := range n.Members {
			s += fmt.Sprintf(" %q=%s", m.Name, dump(m.Value))
		}
		return s + "}"
	case *TypeName:
		if n.Collection {
			return "type:" + n.Name + "[]"
		}
		return "type:" + n.Name
	}
	return fmt.Sprintf("unknown %T", e)
}

func dumpAll(list []Expr) string {
	var b strings.Builder
	for _, e := range list {
		b.WriteString(" " + dump(e))
	}
	return b.String()
}

func dumpLiteral(l *Literal) string {
	form := strings.ToLower(strings.TrimPrefix(l.Kind.String(), "Edm."))
	switch l.Kind {
	case LiteralNull, LiteralBoolean:
		return l.Text
	case LiteralString:
		return fmt.Sprintf("%q", l.Text)
	case LiteralEnum:
		form = l.Type
	}
	return form + ":" + l.Text
}

func dumpPath(n *Path) string {
	root := map[Root]string{RootImplicit: "", RootIt: "$it", RootThis: "$this", RootService: "$root", RootVariable: "?" + n.Variable, RootAlias: "@" + n.Variable}[n.Root]
	parts := dumpSegments(n.Segments)
	if root != "" {
		parts = append([]string{root}, parts...)
	}
	return strings.Join(parts, "/")
}

func dumpSegments(list []Segment) []string {
	var parts []string
	for _, s := range list {
		part := s.Name
		switch s.Kind {
		case SegmentProperty:
		case SegmentCast:
			part = "<" + s.Name + ">"
		case SegmentCall:
			part += "{"
			for i, a := range s.Args {
				if i > 0 {
					part += " "
				}
				if a.Name != "" {
					part += a.Name + "="
				}
				part += dump(a.Value)
			}
			part += "}"
		case SegmentCount:
			part = "#count" + dumpOptions(s.Options)
		case SegmentFilter:
			part = "#filter" + dumpOptions(s.Options)
		case SegmentRef:
			part = "#ref"
		case SegmentValue:
			part = "#value"
		case SegmentAnnotation:
			part = "@" + s.Name
		case SegmentStar:
			part += "*"
		default:
			part = fmt.Sprintf("kind %d?", s.Kind)
		}
		parts = append(parts, part)
	}
	return parts
}

func dumpOptions(o *Options) string {
	if o == nil {
		return ""
	}
	var parts []string
	add := func(k Option, value string) {
		if o.Given.Has(k) {
			parts = append(parts, k.String()[1:]+"="+value)
		}
	}
	add(OptionFilter, dump(o.Filter))
	add(OptionSelect, dumpSelect(o.Select))
	add(OptionExpand, dumpExpand(o.Expand))
	add(OptionOrderBy, dumpOrderBy(o.OrderBy))
	add(OptionTop, fmt.Sprint(o.Top))
	add(OptionSkip, fmt.Sprint(o.Skip))
	add(OptionCount, fmt.Sprint(o.Count))
	add(OptionSearch, dumpSearch(o.Search))
	add(OptionLevels, fmt.Sprint(o.Levels))
	add(OptionCompute, o.Compute)
	for _, a := range o.Aliases {
		value := dump(a.Value)
		if a.Value == nil {
			value = "text:" + a.Text
		}
		parts = append(parts, "@"+a.Name+"="+value)
	}
	return "<" + strings.Join(parts, "; ") + ">"
}

func dumpQuery(q *Query) string {
	parts := []string{dumpOptions(&q.Options)}
	for o := OptionApply; o <= OptionID; o++ {
		if q.Given.Has(o) {
			parts = append(parts, o.String()[1:]+"="+q.printed(o))
		}
	}
	for _, c := range q.Custom {
		parts = append(parts, fmt.Sprintf("custom:%s=%q", c.Name, c.Value))
	}
	return strings.Join(parts, " ")
}

func dumpSelect(list []SelectItem) string {
	var parts []string
	for _, item := range list {
		part := strings.Join(dumpSegments(item.Path), "/") + dumpOptions(item.Options)
		if item.Parameters != nil {
			part += fmt.Sprint(item.Parameters)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

func dumpExpand(list []ExpandItem) string {
	var parts []string
	for _, item := range list {
		parts = append(parts, strings.Join(dumpSegments(item.Path), "/")+dumpOptions(item.Options))
	}
	return strings.Join(parts, ", ")
}

func dumpOrderBy(list []OrderItem) string {
	var parts []string
	for _, item := range list {
		part := dump(item.By)
		if item.Descending {
			part += " down"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

func dumpSearch(s Search) string {
	switch n := s.(type) {
	case *SearchTerm:
		if n.Quoted {
			return fmt.Sprintf("%q", n.Text)
		}
		return n.Text
	case *SearchNot:
		return "(not " + dumpSearch(n.Operand) + ")"
	case *SearchAnd:
		return "(and " + dumpSearch(n.Left) + " " + dumpSearch(n.Right) + ")"
	case *SearchOr:
		return "(or " + dumpSearch(n.Left) + " " + dumpSearch(n.Right) + ")"
	}
	return "nil"
}
