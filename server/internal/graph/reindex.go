package graph

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Where the store keeps by which properties its entities are indexed.
const (
	indexSpace = "graph"
	indexName  = "indexed"
)

// reindexed is how many entities get their keys in one transaction.
const reindexed = 10_000

// Reindex brings the keys of all entities up to date with what this version
// indexes by. A file that it has seen, and a new one, cost one read.
func Reindex(s store.Store) error {
	stale := false
	var tenants []string
	err := s.View(func(r store.Reader) error {
		seen, _ := r.Value(indexSpace, indexName)
		if stale = string(seen) != indexing(); stale {
			tenants = slices.Collect(r.Tenants())
		}
		return nil
	})
	if err != nil || !stale {
		return err
	}
	for _, tenant := range tenants {
		for name := range indexed {
			if err := reindexSet(s, store.SetKey{Tenant: tenant, Name: name}); err != nil {
				return fmt.Errorf("index %s: %w", name, err)
			}
		}
		sets, err := indexedSetsBelow(s, tenant)
		if err != nil {
			return err
		}
		for _, set := range sets {
			if err := reindexSet(s, set); err != nil {
				return fmt.Errorf("index %s: %w", set.Name, err)
			}
			if err := s.Update(func(tx store.Writer) error { return reweigh(tx, set) }); err != nil {
				return fmt.Errorf("contents of %s: %w", set.Name, err)
			}
		}
	}
	return s.Update(func(tx store.Writer) error { return tx.SetValue(indexSpace, indexName, []byte(indexing())) })
}

// indexing is what is indexed, in words that change with it.
func indexing() string {
	var b strings.Builder
	for _, table := range []map[string][]string{indexed, indexedBelow} {
		for _, set := range slices.Sorted(maps.Keys(table)) {
			b.WriteString(set + "(" + strings.Join(table[set], ",") + ")")
		}
	}
	for i := range orders {
		b.WriteString(orders[i].String())
	}
	return "hashed " + b.String() + fmt.Sprint(immutablePaths) + HasPassword.Name
}

// indexedSetsBelow are the collections that entities contain and that are
// indexed, as far as they hold anything.
func indexedSetsBelow(s store.Store, tenant string) (sets []store.SetKey, err error) {
	seen := map[store.SetKey]bool{}
	err = s.View(func(r store.Reader) error {
		for _, path := range indexedPaths() {
			for set := range path.sets(r, store.SetKey{Tenant: tenant}) {
				if !seen[set] {
					sets = append(sets, set)
				}
				seen[set] = true
			}
		}
		return nil
	})
	return sets, err
}

// indexedPaths are the paths of what is indexed below entities, and by order or
// immutable id.
func indexedPaths() []setPath {
	paths := slices.Clone(immutablePaths)
	for i := range orders {
		paths = append(paths, orders[i].paths...)
	}
	for _, root := range []string{"users", "groups", "servicePrincipals", "drives"} {
		for name := range indexedBelow {
			paths = append(paths, setPath{root, name})
		}
	}
	return paths
}

// reindexSet gives the entities of a set their keys, some at a time, so that no
// transaction grows with the set.
func reindexSet(s store.Store, set store.SetKey) error {
	for after, more := store.Ordinal(0), true; more; {
		err := s.Update(func(tx store.Writer) error {
			n := 0
			for e := range tx.Scan(set, after) {
				if n == reindexed {
					break
				}
				if err := tx.SetKeys(e.Ordinal, keysFor(tx, set, e)); err != nil {
					return err
				}
				n, after = n+1, e.Ordinal
			}
			more = n == reindexed
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
