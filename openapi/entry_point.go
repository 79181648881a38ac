package openapi

// Kinds of [EntryPoint], as the service document words them.
const (
	EntitySet = "EntitySet"
	Singleton = "Singleton"
)

// EntryPoint is an entity set or a singleton at the service root.
type EntryPoint struct {
	Name string
	Kind string // EntitySet or Singleton
	Type TypeRef
}

// EntryPoints lists what stands at the service root, by name without regard to
// case; actions and functions are left out.
func (v *Version) EntryPoints() []EntryPoint {
	var list []EntryPoint
	first, end := v.table.Children(0)
	for row := first; row < end; row++ {
		n := v.table.Node(row)
		kind := map[SegmentKind]string{SetSegment: EntitySet, SingleSegment: Singleton}[SegmentKind(n.Kind)]
		if kind == "" || n.Form {
			continue
		}
		of := v.ref(n.Value)
		of.Collection = kind == EntitySet
		list = append(list, EntryPoint{Name: n.Text, Kind: kind, Type: of})
	}
	return list
}
