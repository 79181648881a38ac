package store

// checkLink refuses a link whose ends do not exist, or not in one tenant.
func (w *writer) checkLink(from, to Ordinal) error {
	fromSet, _, err := w.find(from)
	if err != nil {
		return err
	}
	toSet, _, err := w.find(to)
	if err != nil {
		return err
	}
	if fromSet != toSet && w.info(fromSet).tenant != w.info(toSet).tenant {
		return ErrOtherTenant
	}
	return nil
}

func (w *writer) Link(from Ordinal, nav string, to Ordinal) (added bool, err error) {
	if err := checkText("navigation", nav); err != nil {
		return false, err
	}
	if err := w.checkLink(from, to); err != nil {
		return false, err
	}
	n := w.ensureName(navName, nav)
	key := appendLinkKey(nil, from, n, to)
	if w.get(linksBucket, key) != nil {
		return false, nil
	}
	w.put(linksBucket, key, []byte{})
	w.put(backlinksBucket, appendLinkKey(nil, to, n, from), []byte{})
	return true, nil
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
	return true, nil
}

// removeLinks takes away the links of an entity in both directions.
func (w *writer) removeLinks(o Ordinal) {
	w.removeEnds(linksBucket, backlinksBucket, o)
	w.removeEnds(backlinksBucket, linksBucket, o)
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
