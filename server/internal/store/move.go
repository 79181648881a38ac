package store

import "errors"

// Move takes an entity to another set of its tenant, with all that it contains
// and its links: its ordinal stays.
func (w *writer) Move(o Ordinal, to SetKey) error {
	if err := checkText("tenant", to.Tenant, "name of a set", to.Name); err != nil {
		return err
	}
	from, h, err := w.find(o)
	if err != nil {
		return err
	}
	ref, err := w.ensureSet(to)
	switch {
	case err != nil:
		return err
	case ref.set == from:
		return nil
	case ref.tenant != w.info(from).tenant:
		return ErrOtherTenant
	}
	old := setRef{ref.tenant, from}
	id := w.idText(&h, "")
	if w.get(idsBucket, appendIDKey(nil, ref, id)) != nil {
		return ErrExists
	}
	if err := errors.Join(w.unindex(from, o, h.keyLists), w.index(ref.set, o, h.keyLists)); err != nil {
		return err
	}
	w.remove(idsBucket, appendIDKey(nil, old, id))
	w.put(idsBucket, appendIDKey(nil, ref, id), o.bytes())
	w.putEntity(ref.set, o, &h)
	w.remove(entitiesBucket, appendEntityKey(nil, from, o))
	w.resettle(o, from, ref.set)
	w.count(from, -1)
	w.count(ref.set, 1)
	w.entityEvent(Left, from, o, &h)
	w.entityEvent(Inserted, ref.set, o, &h)
	return w.noteMove(o, from, ref.set, &h)
}

// resettle notes the new set of an ordinal, whose record has moved. The run that
// it was in goes on at its next entity.
func (w *writer) resettle(o Ordinal, from, to number) {
	begin, _ := w.homeRun(o)
	for k := range w.walk(entitiesBucket, from.bytes(), appendEntityKey(nil, from, o)) {
		next := toOrdinal(tail(k, 8))
		if b, _ := w.homeRun(next); b == begin {
			w.put(homesBucket, (^next).bytes(), from.bytes())
		}
		break
	}
	w.put(homesBucket, (^o).bytes(), to.bytes())
	w.latest = 0
}

// noteMove records in the logs that an entity left one set and came to another,
// and that those who link to it have to look again.
func (w *writer) noteMove(o Ordinal, from, to number, h *header) error {
	if !w.tracked.Load() {
		return nil
	}
	tick, err := w.tick()
	if err != nil {
		return err
	}
	w.note(from, tick, changedNow{ordinal: o, deleted: true, typ: h.typ, id: w.idText(h, "")})
	if tick, err = w.tick(); err != nil {
		return err
	}
	w.note(to, tick, changedNow{ordinal: o})
	w.noteMembers(to, o, tick, nil)
	for k := range w.walk(backlinksBucket, o.bytes(), o.bytes()) {
		if err := w.noteLink(toOrdinal(tail(k, 8)), toNumber(k[8:]), o, h, false); err != nil {
			return err
		}
	}
	return w.noteLinks(o)
}

// noteLinks records the links that an entity brought along.
func (w *writer) noteLinks(o Ordinal) error {
	for k := range w.walk(linksBucket, o.bytes(), o.bytes()) {
		other := toOrdinal(tail(k, 8))
		_, h, err := w.find(other)
		if err == nil {
			err = w.noteLink(o, toNumber(k[8:]), other, &h, false)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
