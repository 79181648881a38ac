package table

import "github.com/fakegraph/fakegraph/openapi/internal/facts"

// Ref refers to a type or to a collection of it; zero to none.
type Ref uint16

// Row is the type's row; -1 for none.
func (r Ref) Row() int { return int(r&^refCollection) - 1 }

// Collection reports whether a collection is meant.
func (r Ref) Collection() bool { return r&refCollection != 0 }

// Type is a type, or a name that is referred to and not declared.
type Type struct {
	Short      string // name without Graph's namespace
	Namespaced bool   // the name has it
	Kind       uint8  // 0: not declared, 1: entity, 2: complex, 3: enumeration
	Open       bool
	Abstract   bool
	Flags      bool
	Stream     bool // entities that have bytes of their own
	Extensible bool
	Base       int // row; -1 for none
}

// Name is the type's qualified name.
func (t Type) Name() string {
	if t.Namespaced {
		return namespace + t.Short
	}
	return t.Short
}

// Types counts the types and the names that are only referred to. They are
// sorted by their short names without regard to case.
func (t *Table) Types() int { return t.rows(typeSection) - 1 }

// Type reads a type.
func (t *Table) Type(row int) Type {
	r := t.record(typeSection, row)
	if r == "" {
		return Type{Base: -1}
	}
	bits := r[typeBits]
	return Type{
		Short: t.text(number24(r, typeName)), Namespaced: bits&typeNamespace != 0, Kind: bits & typeKind,
		Open: bits&typeOpen != 0, Abstract: bits&typeAbstract != 0, Flags: bits&typeFlags != 0,
		Stream: bits&typeStream != 0, Extensible: bits&typeExtend != 0,
		Base: Ref(number16(r, typeBase)).Row(),
	}
}

// TypeName is the qualified name of what is referred to, without regard to
// collections.
func (t *Table) TypeName(r Ref) string {
	if r.Row() < 0 {
		return ""
	}
	return t.Type(r.Row()).Name()
}

// FindType finds a declared type by its short name: of that very spelling, or
// else one that differs in ASCII case when fold is set. It returns -1 when
// there is none.
func (t *Table) FindType(short string, fold bool) int {
	lo, hi := 0, t.Types()
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if CompareFold(t.typeShort(mid), short) < 0 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	folded := -1
	for ; lo < t.Types() && CompareFold(t.typeShort(lo), short) == 0; lo++ {
		if t.record(typeSection, lo)[typeBits]&typeKind == undeclared {
			continue
		}
		if t.typeShort(lo) == short {
			return lo
		}
		if fold && folded < 0 {
			folded = lo
		}
	}
	return folded
}

func (t *Table) typeShort(row int) string {
	return t.text(number24(t.record(typeSection, row), typeName))
}

// Property is a property of a type.
type Property struct {
	Name       string
	Type       Ref
	Nullable   bool
	ReadOnly   bool
	CreateOnly bool
	Required   bool
	Navigation bool
	Contained  bool
	Limited    bool // [Table.Limits] has more
}

// TypeProperties are the rows of a type's own properties, from first to before
// end.
func (t *Table) TypeProperties(row int) (first, end int) {
	return t.span(typeSection, row, typeProperties, t.rows(propertySection))
}

// Property reads a property.
func (t *Table) Property(row int) Property {
	r := t.record(propertySection, row)
	if r == "" {
		return Property{}
	}
	bits := r[propertyBits]
	return Property{
		Name: t.text(number24(r, propertyName)), Type: Ref(number16(r, propertyType)),
		Nullable: bits&propertyNullable != 0, ReadOnly: bits&propertyReadOnly != 0, CreateOnly: bits&propertyCreateOnly != 0,
		Required: bits&propertyRequired != 0, Navigation: bits&propertyNavigation != 0, Contained: bits&propertyContained != 0,
		Limited: bits&propertyLimited != 0,
	}
}

// Limits reads the limits of a property that has some.
func (t *Table) Limits(property int) *facts.Limits {
	at := t.paired(limitSection, property)
	if at == 0 {
		return nil
	}
	c := t.at(at)
	return c.limits()
}

// Extra is what few types have beside their properties.
type Extra struct {
	Keys          []string
	AlternateKeys [][]string
	Required      []string // inherited properties
	Members       []string // of an enumeration
}

// Extra reads it; zero for most types.
func (t *Table) Extra(row int) Extra {
	r := t.record(typeSection, row)
	if r == "" {
		return Extra{}
	}
	at := number24(r, typeRecord)
	if at == 0 {
		return Extra{}
	}
	c := t.at(at)
	if r[typeBits]&typeKind == enumKind {
		return Extra{Members: c.names()}
	}
	x := Extra{Keys: t.list(c.uint())}
	for n := c.count(); n > 0; n-- {
		x.AlternateKeys = append(x.AlternateKeys, t.list(c.uint()))
	}
	x.Required = t.list(c.uint())
	return x
}
