package table

import "github.com/fakegraph/fakegraph/openapi/internal/facts"

// writeNodes writes the trie breadth first, so that the children of a node lie
// together, with the operations of each node.
func (w *writer) writeNodes(root *branch) {
	queue := []*branch{root}
	for row := 0; row < len(queue); row++ {
		b := queue[row]
		w.writeNode(b, uint32(len(queue)))
		queue = append(queue, b.children()...)
		for _, op := range b.ops {
			w.writeOperation(op)
		}
	}
	w.writeNode(&branch{}, uint32(len(queue)))
}

func (w *writer) writeNode(b *branch, firstChild uint32) {
	s := &b.segment
	_, namespaced := CutNamespace(b.text)
	bits := w.code(segmentKinds, s.Kind, "kind of segment", b.from) |
		bit(b.form, nodeForm) | bit(namespaced && !b.form && s.Kind != "key", nodeNamespaced) | bit(s.Contained, nodeContained)
	r := append(appendNumber24(nil, w.pool.string(b.text)), bits)
	r = appendNumber16(r, uint16(w.ref(s.Type, b.collection)))
	r = appendNumber24(r, firstChild)
	w.add(nodeSection, appendNumber24(r, uint32(len(w.sections[operationSection])/operationWidth)))
}

func (w *writer) writeOperation(op *facts.Operation) {
	where := op.Method + " " + op.Path
	bits := w.code(methods, op.Method, "method", where) | w.code(operationKinds, op.Kind, "kind of operation", where)<<4
	if op.Kind == "" {
		w.errs.add("%s: has no kind", where)
	}
	if op.ID != "" {
		row := uint32(len(w.sections[operationSection]) / operationWidth)
		w.add(idSection, appendNumber24(appendNumber24(nil, row), w.pool.string(op.ID)))
	}
	r := append([]byte(nil), bits)
	r = appendNumber16(r, uint16(w.ref(op.Request.Name, op.Request.Collection)))
	r = appendNumber16(r, uint16(w.ref(op.Response.Name, op.Response.Collection)))
	w.add(operationSection, appendNumber24(r, w.profile(op, where)))
}

// profile writes what operations have in common.
func (w *writer) profile(op *facts.Operation, where string) uint32 {
	detail := w.detail(op, where)
	bits := w.code(statusSources, op.StatusFrom, "source of the status", where) |
		w.code(permissionSources, op.PermFrom, "source of the permissions", where)<<2 |
		bit(op.Overlay, profileOverlay) | bit(detail != nil, profileDetail)
	r := appendUint([]byte{bits}, uint64(op.Status))
	r = appendUint(r, uint64(w.permissions(op.Permissions, where)))
	r = appendUint(r, uint64(w.pool.list(op.Query)))
	return w.pool.record(append(r, detail...))
}

// detail writes the part of a profile that most operations do without.
func (w *writer) detail(op *facts.Operation, where string) []byte {
	if op.Body == "" && op.Media == nil && op.Required == nil && len(op.Parameters) == 0 && len(op.Arguments) == 0 &&
		op.Deprecation == nil && op.Clouds == nil {
		return nil
	}
	r := []byte{w.code(bodies, op.Body, "body", where)}
	for _, at := range []uint32{
		w.pool.list(op.Media), w.pool.list(op.Required), w.parameters(op.Parameters), w.arguments(op.Arguments, where),
		w.deprecation(op.Deprecation), w.pool.list(op.Clouds),
	} {
		r = appendUint(r, uint64(at))
	}
	return r
}

func (w *writer) permissions(list []facts.Permission, where string) uint32 {
	if len(list) == 0 {
		return 0
	}
	r := appendUint(nil, uint64(len(list)))
	for i := range list {
		p := &list[i]
		r = append(r, w.code(schemes, p.Scheme, "scheme", where)|bit(p.Least, permissionLeast)|bit(p.Also != nil, permissionAlso))
		if r = appendUint(r, uint64(w.pool.string(p.Name))); p.Also != nil {
			r = appendUint(r, uint64(w.pool.list(p.Also)))
		}
	}
	return w.pool.record(r)
}

func (w *writer) parameters(list []facts.Parameter) uint32 {
	if len(list) == 0 {
		return 0
	}
	r := appendUint(nil, uint64(len(list)))
	for i := range list {
		r = w.appendParameter(r, &list[i])
	}
	return w.pool.record(r)
}

func (w *writer) arguments(list []facts.Argument, where string) uint32 {
	if len(list) == 0 {
		return 0
	}
	r := appendUint(nil, uint64(len(list)))
	for i := range list {
		r = append(r, w.code(places, list[i].In, "place of an argument", where))
		r = w.appendParameter(r, &list[i].Parameter)
	}
	return w.pool.record(r)
}

func (w *writer) appendParameter(r []byte, p *facts.Parameter) []byte {
	r = append(r, bit(p.Nullable, parameterNullable)|bit(p.Required, parameterRequired)|bit(p.Limits != nil, parameterLimited))
	r = appendUint(r, uint64(w.pool.string(p.Name)))
	r = appendUint(r, uint64(w.ref(p.Type.Name, p.Type.Collection)))
	if p.Limits != nil {
		r = w.pool.appendLimits(r, p.Limits)
	}
	return r
}

func (w *writer) deprecation(d *facts.Deprecation) uint32 {
	if d == nil {
		return 0
	}
	r := appendUint(nil, uint64(w.pool.string(d.Element)))
	return w.pool.record(appendDay(appendDay(r, d.Announced), d.Removal))
}
