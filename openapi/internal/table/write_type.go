package table

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// collectTypes gives every type, and every name that stands for one, its row.
func (w *writer) collectTypes() {
	declared := map[string]bool{}
	for i := range w.facts.Types {
		w.declare(declared, w.facts.Types[i].Name)
	}
	for i := range w.facts.Enums {
		w.declare(declared, w.facts.Enums[i].Name)
	}
	w.mention()
	w.names = slices.SortedFunc(keys(w.types), func(a, b string) int {
		x, _ := strings.CutPrefix(a, namespace)
		y, _ := strings.CutPrefix(b, namespace)
		if c := CompareFold(x, y); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	if len(w.names) > mostTypes {
		w.errs.add("%d types, want %d or fewer", len(w.names), mostTypes)
		return
	}
	for row, name := range w.names {
		w.types[name] = Ref(row + 1)
	}
	w.checkBases()
}

func keys(m map[string]Ref) func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range m {
			if !yield(name) {
				return
			}
		}
	}
}

func (w *writer) declare(declared map[string]bool, name string) {
	if name == "" || declared[name] {
		w.errs.add("type %q: is declared twice or has no name", name)
	}
	declared[name] = true
	w.types[name] = 0
}

// mention registers the names that the facts refer to.
func (w *writer) mention() {
	use := func(name string) {
		if name != "" {
			w.types[name] = 0
		}
	}
	for i := range w.facts.Types {
		t := &w.facts.Types[i]
		use(t.Base)
		for j := range t.Properties {
			use(t.Properties[j].Type.Name)
		}
	}
	for i := range w.facts.Operations {
		o := &w.facts.Operations[i]
		use(o.Request.Name)
		use(o.Response.Name)
		for _, s := range o.Segments {
			use(s.Type)
		}
		for j := range o.Parameters {
			use(o.Parameters[j].Type.Name)
		}
		for j := range o.Arguments {
			use(o.Arguments[j].Type.Name)
		}
	}
}

// checkBases refuses types that derive from themselves: readers follow bases
// without counting.
func (w *writer) checkBases() {
	base := make(map[string]string, len(w.facts.Types))
	for i := range w.facts.Types {
		base[w.facts.Types[i].Name] = w.facts.Types[i].Base
	}
	for i := range w.facts.Types {
		name := w.facts.Types[i].Name
		for at, hops := base[name], 0; at != ""; at, hops = base[at], hops+1 {
			if at == name || hops > len(base) {
				w.errs.add("type %s: derives from itself", name)
				break
			}
		}
	}
}

// writeTypes writes types and properties in the order of their rows.
func (w *writer) writeTypes() {
	types, enums := map[string]*facts.Type{}, map[string]*facts.Enum{}
	for i := range w.facts.Types {
		types[w.facts.Types[i].Name] = &w.facts.Types[i]
	}
	for i := range w.facts.Enums {
		enums[w.facts.Enums[i].Name] = &w.facts.Enums[i]
	}
	for _, name := range w.names {
		switch {
		case types[name] != nil:
			w.writeType(types[name])
		case enums[name] != nil:
			e := enums[name]
			w.writeTypeRecord(name, enumKind|bit(e.Flags, typeFlags), 0, w.pool.record(w.pool.appendNames(nil, e.Members)))
		default:
			w.writeTypeRecord(name, undeclared, 0, 0)
		}
	}
	w.writeTypeRecord("", undeclared, 0, 0)
}

func (w *writer) writeType(t *facts.Type) {
	kind := byte(complexKind)
	if t.Entity {
		kind = entityKind
		if !strings.Contains(t.Name, "/") {
			w.entities++
		}
	}
	bits := kind | bit(t.Open, typeOpen) | bit(t.Abstract, typeAbstract) |
		bit(t.Stream, typeStream) | bit(t.Extensible, typeExtend)
	w.writeTypeRecord(t.Name, bits, w.ref(t.Base, false), w.extra(t))
	for i := range t.Properties {
		w.writeProperty(t, &t.Properties[i])
	}
}

// writeTypeRecord writes the record before the properties, so that it points at
// the first of them.
func (w *writer) writeTypeRecord(name string, bits byte, base Ref, extra uint32) {
	short, namespaced := strings.CutPrefix(name, namespace)
	b := appendNumber24(nil, w.pool.string(short))
	b = append(b, bits|bit(namespaced, typeNamespace))
	b = appendNumber16(b, uint16(base))
	b = appendNumber24(b, uint32(len(w.sections[propertySection])/propertyWidth))
	w.add(typeSection, appendNumber24(b, extra))
}

// extra writes what few types have beside their properties.
func (w *writer) extra(t *facts.Type) uint32 {
	if t.Keys == nil && t.AlternateKeys == nil && t.Required == nil {
		return 0
	}
	b := appendUint(nil, uint64(w.pool.list(t.Keys)))
	b = appendUint(b, uint64(len(t.AlternateKeys)))
	for _, key := range t.AlternateKeys {
		b = appendUint(b, uint64(w.pool.list(key)))
	}
	return w.pool.record(appendUint(b, uint64(w.pool.list(t.Required))))
}

func (w *writer) writeProperty(t *facts.Type, p *facts.Property) {
	if p.Name == "" {
		w.errs.add("type %s: a property without a name", t.Name)
	}
	bits := bit(p.Nullable, propertyNullable) | bit(p.ReadOnly, propertyReadOnly) | bit(p.CreateOnly, propertyCreateOnly) |
		bit(p.Required, propertyRequired) | bit(p.Navigation, propertyNavigation) | bit(p.Contained, propertyContained) |
		bit(p.Limits != nil, propertyLimited)
	if p.Limits != nil {
		row := uint32(len(w.sections[propertySection]) / propertyWidth)
		record := w.pool.record(w.pool.appendLimits(nil, p.Limits))
		w.add(limitSection, appendNumber24(appendNumber24(nil, row), record))
	}
	b := append(appendNumber24(nil, w.pool.string(p.Name)), bits)
	w.add(propertySection, appendNumber16(b, uint16(w.ref(p.Type.Name, p.Type.Collection))))
}
