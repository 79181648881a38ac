package journal

// ring holds the last records, oldest first, within a count and a budget of
// bytes. It starts small and grows up to its limit, because most servers in
// tests see a handful of calls.
type ring struct {
	limit  int // at most so many records
	budget int // at most so many bytes in their bodies; the newest record stays in any case

	slots []*Record
	head  int // slot of the oldest
	count int
	held  int // bytes in the bodies of all
}

// push adds the newest record and returns how many old ones made room for it.
func (g *ring) push(r *Record) (dropped int) {
	for g.count > 0 && (g.count == g.limit || g.held+r.held > g.budget) {
		g.shift()
		dropped++
	}
	if g.count == len(g.slots) {
		g.grow()
	}
	*g.slot(g.count) = r
	g.count++
	g.held += r.held
	return dropped
}

// slot is the place of the i-th oldest record.
func (g *ring) slot(i int) **Record {
	i += g.head
	if i >= len(g.slots) {
		i -= len(g.slots)
	}
	return &g.slots[i]
}

// shift drops the oldest record.
func (g *ring) shift() {
	oldest := g.slot(0)
	g.held -= (*oldest).held
	*oldest = nil
	g.count--
	if g.head++; g.head == len(g.slots) {
		g.head = 0
	}
}

func (g *ring) grow() {
	slots := make([]*Record, min(g.limit, max(16, 4*len(g.slots))))
	copy(slots, g.after(0))
	g.slots, g.head = slots, 0
}

// after returns the records with a number above n, oldest first.
func (g *ring) after(n uint64) []*Record {
	first := g.count
	for first > 0 && (*g.slot(first - 1)).number > n {
		first--
	}
	list := make([]*Record, 0, g.count-first)
	for i := first; i < g.count; i++ {
		list = append(list, *g.slot(i))
	}
	return list
}

// remove drops the records that drop picks; the others keep their order.
func (g *ring) remove(drop func(*Record) bool) {
	all := g.after(0)
	g.clear()
	for _, r := range all {
		if !drop(r) {
			g.push(r)
		}
	}
}

// clear drops all records and their memory.
func (g *ring) clear() { *g = ring{limit: g.limit, budget: g.budget} }
