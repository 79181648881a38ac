package store

// Names of tenants, types, keys and navigations are long and few: the file
// holds each once and a number elsewhere.

func appendNameKey(b []byte, kind byte, text string) []byte {
	return append(append(b, kind, 0), text...)
}

func appendNameNumber(b []byte, kind byte, n number) []byte {
	return appendNumber(append(b, kind, 1), n)
}

// lookUpName returns the number of a name, or 0.
func (r *reader) lookUpName(kind byte, text string) number {
	k := nameKey{kind, text}
	if n := r.memo.number(k); n != 0 {
		return n
	}
	if n := r.shared.number(k); n != 0 {
		return n
	}
	if len(text) > MaxText {
		return 0
	}
	n := toNumber(r.get(namesBucket, appendNameKey(nil, kind, text)))
	if n != 0 {
		r.learner().addName(k, n)
	}
	return n
}

// nameText returns the text of a type's or tenant's number, which some record
// holds; "" and an error for later when the file has none.
func (r *reader) nameText(kind byte, n number) string {
	if s, ok := r.memo.text(n); ok {
		return s
	}
	if s, ok := r.shared.text(n); ok {
		return s
	}
	v := r.get(namesBucket, appendNameNumber(nil, kind, n))
	if v == nil {
		r.keep(r.damaged("number %d has no name", n))
		return ""
	}
	s := string(v)
	r.learner().addName(nameKey{kind, s}, n)
	return s
}

// learner is the cache that may remember what this transaction reads: what a
// writer reads may be uncommitted.
func (r *reader) learner() *cache {
	if r.memo != nil {
		return r.memo
	}
	return r.shared
}

// resolve returns the numbers of a set; false when it never was.
func (r *reader) resolve(set SetKey) (setRef, bool) {
	if ref, ok := r.memo.ref(set); ok {
		return ref, true
	}
	if ref, ok := r.shared.ref(set); ok {
		return ref, true
	}
	tenant := r.lookUpName(tenantName, set.Tenant)
	if tenant == 0 || len(set.Name) > MaxText {
		return setRef{}, false
	}
	var buf [96]byte
	n := toNumber(r.get(setsBucket, appendSetKey(buf[:0], tenant, set.Parent, set.Name)))
	if n == 0 {
		return setRef{}, false
	}
	ref := setRef{tenant, n}
	r.learner().addSet(set, ref)
	return ref, true
}

// known returns the name of a set by its number.
func (r *reader) known(n number) (knownSet, bool) {
	if s, ok := r.memo.set(n); ok {
		return s, true
	}
	if s, ok := r.shared.set(n); ok {
		return s, true
	}
	i := r.info(n)
	if i.tenant == 0 {
		return knownSet{}, false
	}
	key := SetKey{r.nameText(tenantName, i.tenant), i.parent, string(i.name)}
	r.learner().addSet(key, setRef{i.tenant, n})
	return knownSet{key, i.tenant}, true
}

// info returns the record of a set with its present count; zero when there is
// none.
func (r *reader) info(n number) setInfo {
	v := r.get(infosBucket, n.bytes())
	if v == nil {
		return setInfo{}
	}
	i, ok := toSetInfo(v)
	if !ok {
		r.keep(r.damaged("record of set %d has %d bytes", n, len(v)))
		return setInfo{}
	}
	i.count += uint64(r.deltas[n])
	return i
}

// home returns the set that an ordinal was inserted into, or some other set when
// the entity is gone; 0 when no entity can have the ordinal.
func (r *reader) home(o Ordinal) number {
	_, n := r.homeRun(o)
	return n
}

// homeRun returns the run of inserts that an ordinal belongs to: where it
// begins, and its set.
func (r *reader) homeRun(o Ordinal) (begin Ordinal, set number) {
	if o == 0 {
		return 0, 0
	}
	r.flush(homesBucket)
	var buf [8]byte
	k, v := r.bucket(homesBucket).Cursor().Seek(appendOrdinal(buf[:0], ^o))
	if k == nil {
		return 0, 0
	}
	return ^toOrdinal(k), toNumber(v)
}
