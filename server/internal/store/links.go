package store

// checkLink refuses a link whose ends do not exist, or not in one tenant. It
// returns the record of the far end.
func (w *writer) checkLink(from, to Ordinal) (header, error) {
	fromSet, _, err := w.find(from)
	if err != nil {
		return header{}, err
	}
	toSet, other, err := w.find(to)
	if err != nil {
		return header{}, err
	}
	if fromSet != toSet && w.info(fromSet).tenant != w.info(toSet).tenant {
		return header{}, ErrOtherTenant
	}
	return other, nil
}

func (w *writer) Link(from Ordinal, nav string, to Ordinal) (added bool, err error) {
	if err := checkText("navigation", nav); err != nil {
		return false, err
	}
	other, err := w.checkLink(from, to)
	if err != nil {
		return false, err
	}
	n := w.ensureName(navName, nav)
	key := appendLinkKey(nil, from, n, to)
	if w.get(linksBucket, key) != nil {
		return false, nil
	}
	w.put(linksBucket, key, []byte{})
	w.put(backlinksBucket, appendLinkKey(nil, to, n, from), []byte{})
	if w.tracked.Load() {
		err = w.noteLink(from, n, to, &other, false)
	}
	w.linkEvent(Linked, from, n, to)
	return true, err
}

func (w *writer) Unlink(from Ordinal, nav string, to Ordinal) (removed bool, err error) {
	n := w.lookUpName(navName, nav)
	if n == 0 {
		return false, nil
	}
	key := appendLinkKey(nil, from, n, to)
	if w.get(linksBucket, key) == nil {
		return false, nil
	}
	w.remove(linksBucket, key)
	w.remove(backlinksBucket, appendLinkKey(nil, to, n, from))
	w.linkEvent(Unlinked, from, n, to)
	if !w.tracked.Load() {
		return true, nil
	}
	_, other, err := w.find(to)
	if err == nil {
		err = w.noteLink(from, n, to, &other, true)
	}
	return true, err
}

// removeLinks takes away the links of an entity in both directions. Those that
// lead to it are changes of the entities they come from.
func (w *writer) removeLinks(o Ordinal, h *header) error {
	w.removeEnds(linksBucket, backlinksBucket, o)
	if w.tracked.Load() || w.batch.store.watched.Load() {
		for k := range w.walk(backlinksBucket, o.bytes(), o.bytes()) {
			from, nav := toOrdinal(tail(k, 8)), toNumber(k[8:])
			w.linkEvent(Unlinked, from, nav, o)
			if err := w.noteLink(from, nav, o, h, true); err != nil {
				return err
			}
		}
	}
	w.removeEnds(backlinksBucket, linksBucket, o)
	return nil
}

func (w *writer) removeEnds(here, there bucketID, o Ordinal) {
	prefix := o.bytes()
	for k := range w.walk(here, prefix, prefix) {
		other := toOrdinal(tail(k, 8))
		nav := toNumber(k[len(prefix):])
		w.remove(there, appendLinkKey(nil, other, nav, o))
		w.remove(here, k)
	}
}
