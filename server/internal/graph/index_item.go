package graph

import (
	"iter"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// itemFolder is by what the items of a folder are found: its id.
const itemFolder = "parentReference/id"

// indexedValue is the value of a property, or of a member of a complex one, that an
// index has; of an item's place it is the folder's id and the item's name.
func indexedValue(json []byte, name string) []byte {
	if name == behavior.ItemPlace {
		folder, named := fieldText(indexedHolder(json), "id"), fieldText(json, "name")
		if folder == "" || named == "" {
			return nil
		}
		return entity.Quote(nil, folder+"/"+named)
	}
	for part := range strings.SplitSeq(name, "/") {
		json, _ = entity.Field(json, part)
	}
	return json
}

// indexedHolder is an item's reference to its folder.
func indexedHolder(json []byte) []byte {
	raw, _ := entity.Field(json, "parentReference")
	return raw
}

// having yields the entities of a set behind an ordinal that have a text value,
// without regard to case: by the index where it has the property.
func having(tx store.Reader, set store.SetKey, name, text string, after store.Ordinal) iter.Seq[store.Entity] {
	all := tx.Scan(set, after)
	if slices.Contains(indexedBy(set), name) && indexable(text) {
		all = tx.Matches(set, KeyOf(name, text), after)
	}
	return func(yield func(store.Entity) bool) {
		for e := range all {
			value, ok := entity.Unquote(indexedValue(e.JSON, name))
			if ok && strings.EqualFold(value, text) && !yield(e) {
				return
			}
		}
	}
}

// parted yields the entities of a place's set that its door shows, where an index
// finds them; false where all must be looked at.
func (q *run) parted(p *place, after store.Ordinal) (iter.Seq[store.Entity], bool) {
	if p.where == nil || p.top || p.named || !indexable(p.value) || q.watched != nil && q.watched.lags(p.set) {
		return nil, false
	}
	name := strings.Join(p.where, "/")
	if !slices.Contains(indexedBy(p.set), name) {
		return nil, false
	}
	return q.reader.Matches(p.set, KeyOf(name, p.value), after), true
}
