package openapi

import (
	"bufio"
	"encoding/xml"
	"slices"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
	"github.com/fakegraph/fakegraph/openapi/internal/table"
)

// metadataWriter writes a model as CSDL. It reads the table and makes no types
// of it, which would stay. Errors of the writer below are kept by bufio.
type metadataWriter struct {
	in  *Version
	out *bufio.Writer
}

func (m *metadataWriter) raw(text string) { _, _ = m.out.WriteString(text) }

// tag writes the beginning of an element without its end: pairs of attribute
// and value, those with an empty value left out.
func (m *metadataWriter) tag(element string, attributes []string) {
	m.raw("<" + element)
	for i := 0; i+1 < len(attributes); i += 2 {
		if attributes[i+1] == "" {
			continue
		}
		m.raw(" " + attributes[i] + `="`)
		_ = xml.EscapeText(m.out, []byte(attributes[i+1]))
		m.raw(`"`)
	}
}

// open writes an element up to its content.
func (m *metadataWriter) open(element string, attributes ...string) {
	m.tag(element, attributes)
	m.raw(">\n")
}

func (m *metadataWriter) close(element string) { m.raw("</" + element + ">\n") }

// leaf writes an element without content.
func (m *metadataWriter) leaf(element string, attributes ...string) {
	m.tag(element, attributes)
	m.raw("/>\n")
}

func (m *metadataWriter) schema(name string, s *modelSchema) {
	aliased := map[string]string{modelNamespace: "graph"}
	m.open("Schema", "Namespace", name, "Alias", aliased[name], "xmlns", "http://docs.oasis-open.org/odata/ns/edm")
	for _, row := range s.types {
		m.modelType(row)
	}
	for i := range s.operations {
		m.operation(&s.operations[i])
	}
	if name == modelNamespace {
		m.container(s.operations)
	}
	m.close("Schema")
}

// modelType writes one type.
func (m *metadataWriter) modelType(row int) {
	t := m.in.table.Type(row)
	if TypeKind(t.Kind) == EnumType {
		m.enum(row)
		return
	}
	element := TypeKind(t.Kind).String()
	_, short := cutModelName(t.Name())
	base := ""
	if t.Base >= 0 {
		base = m.typeName(m.in.table.Type(t.Base).Name())
	}
	m.open(element, "Name", short, "BaseType", base, "Abstract", yes(t.Abstract), "OpenType", yes(t.Open || t.Extensible), "HasStream", yes(t.Stream))
	if TypeKind(t.Kind) == EntityType {
		m.keys(row)
	}
	first, end := m.in.table.TypeProperties(row)
	for i := first; i < end; i++ {
		if p := m.in.table.Property(i); !m.inherits(t.Base, p.Name) {
			m.property(p)
		}
	}
	m.close(element)
}

// keys writes the key of the type that declares it.
func (m *metadataWriter) keys(row int) {
	keys := m.in.table.Extra(row).Keys
	if keys == nil {
		keys = onlyID
	}
	base := m.in.table.Type(row).Base
	for _, name := range keys {
		if !m.declares(row, name) || m.inherits(base, name) {
			return // its base has it already, or it has none at all
		}
	}
	m.open("Key")
	for _, name := range keys {
		m.leaf("PropertyRef", "Name", name)
	}
	m.close("Key")
}

// declares reports whether a type has a property of its own.
func (m *metadataWriter) declares(row int, name string) bool {
	first, end := m.in.table.TypeProperties(row)
	for i := first; i < end; i++ {
		if m.in.table.Property(i).Name == name {
			return true
		}
	}
	return false
}

// inherits reports whether a type or one that it derives from has a property.
func (m *metadataWriter) inherits(row int, name string) bool {
	for ; row >= 0; row = m.in.table.Type(row).Base {
		if m.declares(row, name) {
			return true
		}
	}
	return false
}

func (m *metadataWriter) property(p table.Property) {
	of := m.reference(m.in.table.RefFacts(p.Type))
	if p.Navigation {
		m.leaf("NavigationProperty", "Name", p.Name, "Type", of, "Nullable", no(p.Nullable || p.Type.Collection()), "ContainsTarget", yes(p.Contained))
		return
	}
	m.leaf("Property", "Name", p.Name, "Type", of, "Nullable", no(p.Nullable))
}

// enum writes an enumeration. Its members count from zero where they exclude
// each other; where they combine, each has a bit of its own behind a first one
// of none. Graph's own numbers are not known, and nobody sends them.
func (m *metadataWriter) enum(row int) {
	t := m.in.table.Type(row)
	_, short := cutModelName(t.Name())
	m.open("EnumType", "Name", short, "IsFlags", yes(t.Flags))
	members := m.in.table.Extra(row).Members
	none := len(members) > 0 && equalFold(members[0], "none")
	for i, name := range members {
		value := uint64(i)
		if t.Flags {
			value = flagOf(i, none)
		}
		m.leaf("Member", "Name", name, "Value", strconv.FormatUint(value, 10))
	}
	m.close("EnumType")
}

func flagOf(i int, none bool) uint64 {
	if none {
		if i--; i < 0 {
			return 0
		}
	}
	return 1 << min(i, 62)
}

func (m *metadataWriter) operation(op *boundOperation) {
	element := "Action"
	if op.function {
		element = "Function"
	}
	_, short := cutModelName(op.name)
	m.open(element, "Name", short, "IsBound", yes(op.binding.Name != ""))
	if op.binding.Name != "" {
		m.leaf("Parameter", "Name", "bindingParameter", "Type", m.reference(op.binding))
	}
	for i := range op.parameters {
		p := &op.parameters[i]
		m.leaf("Parameter", "Name", p.Name, "Type", m.reference(p.Type), "Nullable", no(p.Nullable))
	}
	if op.returns.Name != "" {
		m.leaf("ReturnType", "Type", m.reference(op.returns))
	}
	m.close(element)
}

// container writes the entry points of the service.
func (m *metadataWriter) container(operations []boundOperation) {
	m.open("EntityContainer", "Name", "GraphService")
	for _, e := range m.in.EntryPoints() {
		if e.Type.Type() == nil {
			continue
		}
		attribute := "EntityType"
		if e.Kind == Singleton {
			attribute = "Type"
		}
		m.leaf(e.Kind, "Name", e.Name, attribute, m.typeName(e.Type.Name))
	}
	m.imports(operations)
	m.close("EntityContainer")
}

// imports writes the operations of the service root, overloads of one once.
func (m *metadataWriter) imports(operations []boundOperation) {
	var done []string
	for i := range operations {
		op := &operations[i]
		if op.binding.Name != "" || slices.Contains(done, op.name) {
			continue
		}
		done = append(done, op.name)
		_, short := cutModelName(op.name)
		if op.function {
			m.leaf("FunctionImport", "Name", short, "Function", m.typeName(op.name))
		} else {
			m.leaf("ActionImport", "Name", short, "Action", m.typeName(op.name))
		}
	}
}

func (m *metadataWriter) reference(r facts.TypeRef) string {
	return collectionName(m.declared(r.Name), r.Collection)
}

// declared is the name of a type as the document has it: what it does not
// declare is untyped.
func (m *metadataWriter) declared(name string) string {
	switch {
	case strings.HasPrefix(name, "Edm."):
		return name
	case strings.Contains(name, "/") || m.in.table.FindType(shortTypeName(name), false) < 0:
		return "Edm.Untyped"
	}
	return m.typeName(name)
}

// typeName writes a qualified name with the alias where there is one.
func (m *metadataWriter) typeName(name string) string {
	namespace, short := cutModelName(name)
	if namespace == modelNamespace {
		return "graph." + short
	}
	return name
}

// yes and no write a flag that is left out when it is what goes without saying.
func yes(set bool) string {
	if set {
		return "true"
	}
	return ""
}

func no(set bool) string {
	if set {
		return ""
	}
	return "false"
}
