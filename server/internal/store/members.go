package store

// allMembers is the name under which a change of an unknown extent is marked.
const allMembers = ""

// noteMembers records which members of an entity of a tracked set changed at a
// tick; nil is all of them.
func (w *writer) noteMembers(set number, o Ordinal, tick uint64, names []string) {
	if _, ok := w.tracking(set); !ok {
		return
	}
	if names == nil {
		names = []string{allMembers}
	}
	for _, name := range names {
		w.put(memberMarksBucket, append(o.bytes(), name...), Ordinal(tick).bytes())
	}
}

func (w *writer) forgetMembers(o Ordinal) {
	for k := range w.walk(memberMarksBucket, o.bytes(), o.bytes()) {
		w.remove(memberMarksBucket, k)
	}
}

func (r *reader) Tracks(set SetKey) bool {
	ref, ok := r.resolve(set)
	if ok {
		_, ok = r.tracking(ref.set)
	}
	return ok
}

func (r *reader) MemberChanges(o Ordinal, after uint64) (names []string, all bool) {
	for k, v := range r.walk(memberMarksBucket, o.bytes(), o.bytes()) {
		if uint64(toOrdinal(v)) <= after {
			continue
		}
		if name := string(k[8:]); name != allMembers {
			names = append(names, name)
		} else {
			all = true
		}
	}
	return names, all
}
