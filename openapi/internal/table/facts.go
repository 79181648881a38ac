package table

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// Facts reads a whole table back, sorted as facts are: what [Write] was given,
// but for paths that spell a name or a key's parameter in different ways.
func (t *Table) Facts() *facts.Version {
	v := &facts.Version{Name: t.Name(), Title: t.Title()}
	for row := range t.Types() {
		switch t.Type(row).Kind {
		case entityKind, complexKind:
			v.Types = append(v.Types, t.factsOfType(row))
		case enumKind:
			e := t.Type(row)
			v.Enums = append(v.Enums, facts.Enum{Name: e.Name(), Flags: e.Flags, Members: t.Extra(row).Members})
		}
	}
	for row := range t.Operations() {
		v.Operations = append(v.Operations, t.factsOfOperation(row))
	}
	Sort(v)
	return v
}

// Sort puts the lists of a version in the order that facts have: types and
// enumerations by name, operations by path and method.
func Sort(v *facts.Version) {
	slices.SortFunc(v.Types, func(a, b facts.Type) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(v.Enums, func(a, b facts.Enum) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(v.Operations, func(a, b facts.Operation) int {
		if c := strings.Compare(a.Path, b.Path); c != 0 {
			return c
		}
		return strings.Compare(a.Method, b.Method)
	})
}

func (t *Table) factsOfType(row int) facts.Type {
	from, extra := t.Type(row), t.Extra(row)
	to := facts.Type{
		Name: from.Name(), Entity: from.Kind == entityKind, Abstract: from.Abstract, Open: from.Open, Stream: from.Stream, Extensible: from.Extensible,
		Keys: extra.Keys, AlternateKeys: extra.AlternateKeys, Required: extra.Required,
	}
	if from.Base >= 0 {
		to.Base = t.Type(from.Base).Name()
	}
	first, end := t.TypeProperties(row)
	for i := first; i < end; i++ {
		p := t.Property(i)
		to.Properties = append(to.Properties, facts.Property{
			Name: p.Name, Type: t.RefFacts(p.Type), Nullable: p.Nullable, ReadOnly: p.ReadOnly, CreateOnly: p.CreateOnly,
			Required: p.Required, Navigation: p.Navigation, Contained: p.Contained,
		})
		if p.Limited {
			to.Properties[len(to.Properties)-1].Limits = t.Limits(i)
		}
	}
	return to
}

// RefFacts is what a reference names, as facts have it.
func (t *Table) RefFacts(r Ref) facts.TypeRef {
	return facts.TypeRef{Name: t.TypeName(r), Collection: r.Collection()}
}

func (t *Table) factsOfOperation(row int) facts.Operation {
	op := t.Operation(row)
	p := t.Profile(op.Profile)
	node := t.OperationNode(row)
	return facts.Operation{
		Method: op.Method, Path: t.Template(node), Segments: t.segments(node), Kind: word(operationKinds, op.Kind), ID: t.ID(row),
		Request: t.RefFacts(op.Request), Response: t.RefFacts(op.Response), Query: p.Query, Parameters: p.Parameters,
		Status: p.Status, StatusFrom: p.StatusFrom, Permissions: p.Permissions, PermFrom: p.PermFrom, Deprecation: p.Deprecation,
		Clouds: p.Clouds, Overlay: p.Overlay, Body: p.Body, Media: p.Media, Required: p.Required, Arguments: p.Arguments,
	}
}

// segments lists the segments of a node's path.
func (t *Table) segments(node int) []facts.Segment {
	var list []facts.Segment
	for at := node; at > 0; at = t.Parent(at) {
		n := t.Node(at)
		list = append(list, t.segment(at))
		if n.Form {
			at = t.Parent(at)
		}
	}
	slices.Reverse(list)
	return list
}
