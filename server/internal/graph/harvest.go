package graph

import (
	"net/url"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Harvested is a collection or singleton of a tenant as an export shows it.
type Harvested struct {
	Path   string // "/groups", "/groups/{id}/threads" with real ids
	Single bool
	Items  []SeedItem
}

// Harvest returns all that a tenant holds, parents before what they contain.
// The items' bytes are copies.
func Harvest(tx store.Reader, tenant string) []Harvested {
	var all []Harvested
	harvest(tx, tenant, 0, "", &all)
	return all
}

func harvest(tx store.Reader, tenant string, parent store.Ordinal, prefix string, all *[]Harvested) {
	for set := range tx.Sets(tenant, parent) {
		if strings.HasPrefix(set.Name, hiddenPrefix) {
			continue
		}
		h := Harvested{Path: prefix + "/" + set.Name}
		var parents []store.Entity
		for e := range tx.Scan(set, 0) {
			h.Single = h.Single || e.ID == ""
			h.Items = append(h.Items, SeedItem{ID: e.ID, JSON: typed(e)})
			parents = append(parents, store.Entity{Ordinal: e.Ordinal, ID: e.ID})
		}
		*all = append(*all, h)
		for _, e := range parents {
			harvest(tx, tenant, e.Ordinal, h.Path+"/"+url.PathEscape(e.ID), all)
		}
	}
}

// typed is a copy of an entity's JSON that names a derived type.
func typed(e store.Entity) []byte {
	if e.Type == "" {
		return append([]byte(nil), e.JSON...)
	}
	b := append([]byte(`{"@odata.type":`), entity.Quote(nil, "#"+e.Type)...)
	return splice(append(b, ','), e.JSON)
}
