package openapi

import "sync"

// lineage knows which types derive from which, found out when somebody asks.
type lineage struct {
	once     sync.Once
	children map[int][]int // rows by row of the base
}

func (v *Version) childrenOf(row int) []int {
	v.lineage.once.Do(func() {
		v.lineage.children = make(map[int][]int)
		for row := range v.table.Types() {
			if t := v.table.Type(row); t.Kind != 0 && t.Base >= 0 {
				v.lineage.children[t.Base] = append(v.lineage.children[t.Base], row)
			}
		}
	})
	return v.lineage.children[row]
}

// Only is the one type that an entity of an abstract type can have; nil where
// there are several, and for a type that is not abstract.
func (t *Type) Only() (only *Type) {
	if !t.Abstract {
		return nil
	}
	for _, d := range t.Derived() {
		switch {
		case d.Abstract:
		case only != nil:
			return nil
		default:
			only = d
		}
	}
	return only
}

// fitting is the first type derived from an abstract complex type that has all
// members of an object which does not name its type; nil for none.
func (t *Type) fitting(object map[string]any) *Type {
	if !t.Abstract || t.Kind != ComplexType {
		return nil
	}
	for _, d := range t.Derived() {
		fits := !d.Abstract
		for name := range object {
			fits = fits && d.Property(name) != nil
		}
		if fits {
			return d
		}
	}
	return nil
}

// Derived lists the types that derive from t, at any distance, nearer ones
// first.
func (t *Type) Derived() []*Type {
	if t.row < 0 {
		return nil
	}
	var all []*Type
	for queue := t.in.childrenOf(t.row); len(queue) > 0; queue = queue[1:] {
		all = append(all, t.in.typeAt(queue[0]))
		queue = append(queue[:len(queue):len(queue)], t.in.childrenOf(queue[0])...)
	}
	return all
}
