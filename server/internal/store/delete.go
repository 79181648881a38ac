package store

func (w *writer) Delete(o Ordinal) error {
	set, h, err := w.find(o)
	if err != nil {
		return err
	}
	tenant := w.info(set).tenant
	if tenant == 0 {
		return w.damaged("entity %d is in set %d, which has no record", o, set)
	}
	return w.removeEntity(setRef{tenant, set}, o, &h)
}

func (w *writer) ClearTenant(tenant string) error {
	n := w.lookUpName(tenantName, tenant)
	if n == 0 {
		return nil
	}
	defer w.forget()
	w.unwatch(n)
	if err := w.removeSets(n.bytes(), n); err != nil {
		return err
	}
	w.remove(namesBucket, appendNameKey(nil, tenantName, tenant))
	w.remove(namesBucket, appendNameNumber(nil, tenantName, n))
	return nil
}

// forget turns from the caches, which know sets that are gone, for this function
// and for the rest of its batch.
func (w *writer) forget() {
	w.batch.clear()
	w.shared, w.memo = w.batch.shared, w.batch.memo
	w.lastRef = setRef{}
}

// removeEntity removes an entity, what it contains, its links and its place in
// the indexes.
func (w *writer) removeEntity(ref setRef, o Ordinal, h *header) error {
	if err := w.removeSets(appendSetKey(nil, ref.tenant, o, ""), ref.tenant); err != nil {
		return err
	}
	if err := w.removeLinks(o, h); err != nil {
		return err
	}
	w.removeStreams(o)
	if err := w.unindex(ref.set, o, h.keyLists); err != nil {
		return err
	}
	w.remove(idsBucket, appendIDKey(nil, ref, w.idText(h, "")))
	w.remove(entitiesBucket, appendEntityKey(nil, ref.set, o))
	w.unsettle(o, ref.set)
	w.count(ref.set, -1)
	w.entityEvent(Deleted, ref.set, o, h)
	if !w.tracked.Load() {
		return nil
	}
	tick, err := w.tick()
	if err == nil {
		w.note(ref.set, tick, changedNow{ordinal: o, deleted: true, typ: h.typ, id: w.idText(h, "")})
	}
	return err
}

// removeSets removes the sets whose keys begin with prefix, with all in them. A
// set removed on the way, because an entity of another contained it, is not met
// again.
func (w *writer) removeSets(prefix []byte, tenant number) error {
	for k, v := range w.walk(setsBucket, prefix, prefix) {
		set := toNumber(v)
		if err := w.emptySet(setRef{tenant, set}); err != nil {
			return err
		}
		if w.tracked.Load() {
			w.untrack(set)
		}
		w.remove(setsBucket, k)
		w.remove(infosBucket, set.bytes())
		delete(w.deltas, set)
		if w.lastRef.set == set {
			w.lastRef = setRef{}
		}
	}
	return nil
}

func (w *writer) emptySet(ref setRef) error {
	prefix := ref.set.bytes()
	for k, v := range w.walk(entitiesBucket, prefix, prefix) {
		o := toOrdinal(tail(k, 8))
		h, err := parseHeader(v)
		if err != nil {
			return w.damaged("entity %d: %v", o, err)
		}
		if err := w.removeEntity(ref, o, &h); err != nil {
			return err
		}
	}
	return nil
}
