package store

import (
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// mostFindings caps what Check reports.
const mostFindings = 20

// Check reads the whole file and reports what contradicts itself, at most some
// twenty findings and how many more there are. It keeps writers waiting. Tests
// call it after every change they are interested in.
func (s *bolt) Check() error {
	s.takeTurn()
	for s.open != nil {
		_ = s.end(s.open)
		s.takeTurn()
	}
	defer s.turn.Unlock()
	c := &checker{}
	err := s.db.View(func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			c.find("bbolt: %v", err)
		}
		if len(c.findings) > 0 {
			return nil
		}
		c.reader = newView(&snapshot{tx: tx}, newCache(0), nil)
		c.checkSets()
		c.checkEntities()
		c.checkIndexes()
		c.checkLinks()
		c.checkStreams()
		c.checkChanges()
		c.checkEvents()
		return c.err
	})
	if err != nil {
		return closedError(err)
	}
	garbage, err := s.uncounted()
	if len(garbage) > 0 {
		c.find("%d blobs that no stream counts: %v", len(garbage), garbage)
	}
	return errors.Join(err, c.report())
}

// checker holds one record of the file against the others.
type checker struct {
	*reader
	findings []error
	more     int
	counts   map[number]uint64 // entities met, per set
	ids      int               // id records that the entities call for
	keys     [bucketCount]int  // key records, by index
}

func (c *checker) find(what string, args ...any) {
	if len(c.findings) == mostFindings {
		c.more++
		return
	}
	c.findings = append(c.findings, fmt.Errorf(what, args...))
}

func (c *checker) report() error {
	if c.more > 0 {
		c.findings = append(c.findings, fmt.Errorf("and %d more", c.more))
	}
	return errors.Join(c.findings...)
}

// checkSets holds the two records of each set against each other, and looks for
// its tenant and parent.
func (c *checker) checkSets() {
	sets := 0
	for k, v := range c.walk(setsBucket, nil, nil) {
		sets++
		n := toNumber(v)
		i := c.info(n)
		if string(appendSetKey(nil, i.tenant, i.parent, string(i.name))) != string(k) {
			c.find("set %d: record does not match its key %x", n, k)
			continue
		}
		if c.get(namesBucket, appendNameNumber(nil, tenantName, i.tenant)) == nil {
			c.find("set %d: tenant %d has no name", n, i.tenant)
		}
		if i.parent == 0 {
			continue
		}
		if home := c.home(i.parent); c.get(entitiesBucket, appendEntityKey(nil, home, i.parent)) == nil || c.info(home).tenant != i.tenant {
			c.find("set %d: parent %d is not in its tenant", n, i.parent)
		}
	}
	if n := c.size(infosBucket); n != sets {
		c.find("%d sets have %d records", sets, n)
	}
}

// checkEntities looks for what each entity calls for elsewhere, and counts.
func (c *checker) checkEntities() {
	c.counts = make(map[number]uint64)
	for k, v := range c.walk(entitiesBucket, nil, nil) {
		set, o := toNumber(k), toOrdinal(tail(k, 8))
		c.counts[set]++
		if home := c.home(o); home != set {
			c.find("entity %d of set %d: said to be in set %d", o, set, home)
		}
		h, err := parseHeader(v)
		if err != nil {
			c.find("entity %d: %v", o, err)
			continue
		}
		ref := setRef{c.info(set).tenant, set}
		c.ids++
		if at := toOrdinal(c.get(idsBucket, appendIDKey(nil, ref, c.idText(&h, "")))); at != o {
			c.find("entity %d: its id leads to %d", o, at)
		}
		c.checkKeys(set, o, h.keyLists)
	}
	for _, v := range c.walk(setsBucket, nil, nil) {
		if n := toNumber(v); c.info(n).count != c.counts[n] {
			c.find("set %d: counts %d, has %d", n, c.info(n).count, c.counts[n])
		}
		delete(c.counts, toNumber(v))
	}
	for n, count := range c.counts {
		c.find("%d entities in set %d, which is not there", count, n)
	}
}

func (c *checker) checkKeys(set number, o Ordinal, l keyLists) {
	err := c.eachKey(set, o, l, func(id bucketID, key []byte) {
		c.keys[id]++
		if c.get(id, key) == nil {
			c.find("entity %d: not in the index %s under %x", o, bucketNames[id], key)
		}
	})
	if err != nil {
		c.find("%v", err)
	}
}

// checkIndexes looks for records that no entity calls for.
func (c *checker) checkIndexes() {
	if n := c.size(idsBucket); n != c.ids {
		c.find("%d entities have %d ids", c.ids, n)
	}
	for _, id := range []bucketID{keysBucket, findsBucket} {
		if n := c.size(id); n != c.keys[id] {
			c.find("%d keys have %d records in %s", c.keys[id], n, bucketNames[id])
		}
	}
	for k, v := range c.walk(homesBucket, nil, nil) {
		begin := ^toOrdinal(k)
		if c.get(entitiesBucket, appendEntityKey(nil, toNumber(v), begin)) == nil {
			c.find("run of set %d begins with entity %d, which is not there", toNumber(v), begin)
		}
	}
}

// checkLinks looks for the other direction and for both ends of each link.
func (c *checker) checkLinks() {
	links := 0
	for k := range c.walk(linksBucket, nil, nil) {
		links++
		from, nav, to := toOrdinal(k), toNumber(k[8:]), toOrdinal(tail(k, 8))
		if c.get(backlinksBucket, appendLinkKey(nil, to, nav, from)) == nil {
			c.find("link %d to %d: does not lead back", from, to)
		}
		for _, o := range []Ordinal{from, to} {
			if c.get(entitiesBucket, appendEntityKey(nil, c.home(o), o)) == nil {
				c.find("link %d to %d: entity %d is not there", from, to, o)
			}
		}
	}
	if n := c.size(backlinksBucket); n != links {
		c.find("%d links have %d backlinks", links, n)
	}
}

func (c *checker) size(id bucketID) (n int) {
	for range c.walk(id, nil, nil) {
		n++
	}
	return n
}
