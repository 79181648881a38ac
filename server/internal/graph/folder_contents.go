package graph

import (
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// A folder of a drive tells how many items it has and how large all is that is in
// it. That is kept beside the items and moved on by each write, up to the root, so
// that nobody need look at what is in a folder to show it.

// contents is what is in a folder.
type contents struct {
	count int
	size  int64
}

// deepestFolder bounds folders within folders, so that a fixture's circle ends.
const deepestFolder = 100

// isDriveItems reports whether a set holds the items of a drive.
func isDriveItems(r store.Reader, set store.SetKey) bool {
	if set.Name != "items" || set.Parent == 0 {
		return false
	}
	home, _, err := r.At(set.Parent)
	return err == nil && home.Parent == 0 && home.Name == "drives"
}

// contentsOf is where what is in the folders of a drive is kept.
func contentsOf(items store.SetKey) store.SetKey {
	items.Name = behavior.Contents
	return items
}

// weighs is how much an item adds to its folder.
func weighs(r store.Reader, items store.SetKey, e store.Entity) int64 {
	if facet, ok := entity.Field(e.JSON, "folder"); ok && string(facet) != "null" {
		size := weighed(r, items, e.ID).size
		return size
	}
	raw, _ := entity.Field(e.JSON, "size")
	size, _ := strconv.ParseInt(string(raw), 10, 64)
	return size
}

// weighed is what is in a folder as it is kept.
func weighed(r store.Reader, items store.SetKey, folder string) (c contents) {
	e, err := r.Get(contentsOf(items), folder)
	if err != nil {
		return c
	}
	raw, _ := entity.Field(e.JSON, "count")
	c.count, _ = strconv.Atoi(string(raw))
	raw, _ = entity.Field(e.JSON, "size")
	c.size, _ = strconv.ParseInt(string(raw), 10, 64)
	return c
}

// weigh moves on what a folder and those above it have.
func weigh(w store.Writer, items store.SetKey, folder string, by contents) error {
	for range deepestFolder {
		if folder == "" || by == (contents{}) {
			return nil
		}
		c := weighed(w, items, folder)
		c.count, c.size = c.count+by.count, c.size+by.size
		if err := keepContents(w, items, folder, c); err != nil {
			return err
		}
		by.count = 0
		above, err := w.Get(items, folder)
		if err != nil {
			return nil // it comes later, with what it weighs by then
		}
		folder = fieldText(indexedHolder(above.JSON), "id")
	}
	return nil
}

func keepContents(w store.Writer, items store.SetKey, folder string, c contents) error {
	json := []byte(`{"id":` + string(entity.Quote(nil, folder)) + `,"count":` + strconv.Itoa(c.count) + `,"size":` + strconv.FormatInt(c.size, 10) + `}`)
	set := contentsOf(items)
	old, err := w.Get(set, folder)
	if err != nil {
		_, err = w.Insert(set, store.Entity{ID: folder, JSON: json})
		return err
	}
	_, err = w.Replace(old.Ordinal, store.Entity{ID: folder, JSON: json})
	return err
}

// share is what an item adds to which folder, and to the whole drive.
type share struct {
	folder string
	in     contents
	files  int64
}

// shareOf is the share of an item as it is.
func shareOf(r store.Reader, items store.SetKey, e store.Entity) share {
	s := share{folder: strings.Clone(fieldText(indexedHolder(e.JSON), "id")), in: contents{1, weighs(r, items, e)}}
	if file, ok := entity.Field(e.JSON, "file"); ok && string(file) != "null" {
		s.files = s.in.size
	}
	return s
}

// reckon takes one share of an item out, and puts another one in.
func reckon(w store.Writer, items store.SetKey, before, after share) error {
	if before.files != after.files {
		all := weighed(w, items, behavior.AllContents)
		all.size += after.files - before.files
		if err := keepContents(w, items, behavior.AllContents, all); err != nil {
			return err
		}
	}
	if before.folder == after.folder {
		return weigh(w, items, after.folder, contents{after.in.count - before.in.count, after.in.size - before.in.size})
	}
	if err := weigh(w, items, before.folder, contents{-before.in.count, -before.in.size}); err != nil {
		return err
	}
	return weigh(w, items, after.folder, after.in)
}

// Delete implements [store.Writer].
func (x indexer) Delete(o store.Ordinal) error {
	set, e, err := x.Writer.At(o)
	if err != nil || !isDriveItems(x.Writer, set) {
		return x.Writer.Delete(o)
	}
	if err := reckon(x.Writer, set, shareOf(x.Writer, set, e), share{}); err != nil {
		return err
	}
	if err := x.leave(o); err != nil {
		return err
	}
	if kept, err := x.Writer.Get(contentsOf(set), e.ID); err == nil && weighed(x.Writer, set, e.ID) == (contents{}) {
		if err := x.Writer.Delete(kept.Ordinal); err != nil {
			return err
		}
	}
	return x.Writer.Delete(o)
}

// reweigh counts what is in the folders of a drive, for a file that was written
// without.
func reweigh(w store.Writer, items store.SetKey) error {
	if !isDriveItems(w, items) || w.Count(contentsOf(items)) > 0 {
		return nil
	}
	for e := range w.Scan(items, 0) {
		s := shareOf(w, items, e)
		if facet, ok := entity.Field(e.JSON, "folder"); ok && string(facet) != "null" {
			s.in.size = 0 // what is in it goes up by itself
		}
		if err := reckon(w, items, share{}, s); err != nil {
			return err
		}
	}
	return nil
}
