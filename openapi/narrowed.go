package openapi

// changes are the methods that a cast has from what it narrows.
var changes = []string{"DELETE", "PATCH", "POST"}

// narrowed is a change through a cast: what is made behind the cast of a set is of
// its type, what is changed or deleted behind that of an entity has to be (OData 4.01
// protocol 11.2.15; D, the pages of agentIdentity and agentIdentityBlueprint). nil
// where what is cast does not have the method, or the path is no cast.
func (p *PathItem) narrowed(method string) *Operation {
	at := p.at
	if at.kind != CastSegment || at.parent == nil || at.value.Type() == nil {
		return nil
	}
	from := at.parent.item.Operation(method)
	if from == nil || !at.narrows(from.Kind) {
		return nil
	}
	for {
		known := p.casts.Load()
		if known != nil {
			for _, op := range *known {
				if op.Method == method {
					return op
				}
			}
		}
		all := []*Operation{from.cast(at)}
		if known != nil {
			all = append(all, *known...)
		}
		if p.casts.CompareAndSwap(known, &all) {
			return all[0]
		}
	}
}

// narrows reports whether a cast stands before a change of that kind.
func (n *node) narrows(kind Kind) bool {
	if n.value.Collection {
		return kind == Create
	}
	return n.parent.kind == KeySegment && (kind == Update || kind == Delete)
}

// cast is the operation through a cast.
func (op *Operation) cast(at *node) *Operation {
	to := TypeRef{Name: at.value.Name, of: at.value.of}
	if op.Kind == Delete {
		return op.inherit(at.name, at.item.Template(), op.Kind, op.response)
	}
	below := op.inherit(at.name, at.item.Template(), op.Kind, to)
	below.request = to
	if op.body != nil {
		body := *op.body
		body.shape = to.Type()
		below.body = &body
	}
	return below
}
