package graph

import (
	"strconv"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// What a drive with a list has is an item of that list, too: it comes with the item
// of the drive and goes with it. The list's item keeps its number and the values of
// the list's own columns; all else follows from the drive's.

// numbersSpace is where the store keeps the highest number that a list has given.
const numbersSpace = "list items"

// Link implements [store.Writer]: a drive that gets its list enters what it has.
func (x indexer) Link(from store.Ordinal, navigation string, to store.Ordinal) (bool, error) {
	added, err := x.Writer.Link(from, navigation, to)
	if err != nil || !added || navigation != behavior.LibraryList {
		return added, err
	}
	home, _, err := x.Writer.At(from)
	if err != nil || home.Parent != 0 || home.Name != "drives" {
		return added, err
	}
	return added, x.enterAll(store.SetKey{Tenant: home.Tenant, Parent: from, Name: "items"}, to)
}

// enterAll enters the items of a drive in its list.
func (x indexer) enterAll(items store.SetKey, list store.Ordinal) error {
	var all []store.Entity
	for e := range x.Writer.Scan(items, 0) {
		all = append(all, copied(e))
	}
	listed := store.SetKey{Tenant: items.Tenant, Parent: list, Name: "items"}
	for _, e := range all {
		if err := x.enterIn(listed, e); err != nil {
			return err
		}
	}
	return nil
}

// enter makes the list's item of a new item of a drive that has a list.
func (x indexer) enter(items store.SetKey, e store.Entity) error {
	for list := range x.Writer.Links(items.Parent, behavior.LibraryList, 0) {
		return x.enterIn(store.SetKey{Tenant: items.Tenant, Parent: list, Name: "items"}, e)
	}
	return nil
}

func (x indexer) enterIn(listed store.SetKey, item store.Entity) error {
	if facet, ok := entity.Field(item.JSON, "root"); ok && string(facet) != "null" {
		return nil
	}
	id, err := x.nextNumber(listed)
	if err != nil {
		return err
	}
	entry, err := x.Insert(listed, store.Entity{ID: id, JSON: entity.Object{{Name: "id", Value: entity.Quote(nil, id)}}.JSON()})
	if err != nil {
		return err
	}
	return x.pair(item.Ordinal, entry)
}

// pair makes an item of a drive and one of its list lead to each other.
func (x indexer) pair(item, entry store.Ordinal) error {
	if _, err := x.Writer.Link(item, behavior.ItemEntry, entry); err != nil {
		return err
	}
	_, err := x.Writer.Link(entry, behavior.EntryItem, item)
	return err
}

// nextNumber is the id of the next item of a list: no number is given twice.
func (x indexer) nextNumber(listed store.SetKey) (string, error) {
	list := strconv.FormatUint(uint64(listed.Parent), 10)
	given, _ := x.Writer.Value(numbersSpace, list)
	n, _ := strconv.Atoi(string(given))
	for {
		n++
		id := strconv.Itoa(n)
		if _, err := x.Writer.Get(listed, id); err != nil {
			return id, x.Writer.SetValue(numbersSpace, list, []byte(id))
		}
	}
}

// leave takes the list's item away with that of the drive.
func (x indexer) leave(item store.Ordinal) error {
	for entry := range x.Writer.Links(item, behavior.ItemEntry, 0) {
		return x.Writer.Delete(entry)
	}
	return nil
}

// followed tells those who follow the list that an item of the drive has changed.
func (x indexer) followed(item store.Ordinal) error {
	for entry := range x.Writer.Links(item, behavior.ItemEntry, 0) {
		set, e, err := x.Writer.At(entry)
		if err != nil || !x.Writer.Tracks(set) {
			return err
		}
		_, err = x.Replace(entry, copied(e))
		return err
	}
	return nil
}
