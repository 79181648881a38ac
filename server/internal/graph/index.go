package graph

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// indexed are the text properties by which entities of a root set are found
// without reading the others: natural and alternate keys, and what must be
// unique.
var indexed = map[string][]string{
	"users":             {"userPrincipalName", "mail", "mailNickname"},
	"groups":            {"mailNickname", "uniqueName"},
	"applications":      {"appId", "uniqueName"},
	"servicePrincipals": {"appId"},
	"devices":           {"deviceId"},
	"directoryRoles":    {"roleTemplateId"},
}

// Indexed is a writer that keeps the keys of what it stores.
func Indexed(tx store.Writer) store.Writer { return indexer{tx} }

type indexer struct{ store.Writer }

// Insert implements [store.Writer]. Keys that the entity brings along stay.
func (x indexer) Insert(set store.SetKey, e store.Entity) (store.Ordinal, error) {
	if e.Keys == nil {
		e.Keys = keysFor(set, e.JSON)
	}
	return x.Writer.Insert(set, e)
}

// Replace implements [store.Writer].
func (x indexer) Replace(o store.Ordinal, e store.Entity) (uint64, error) {
	if set, _, err := x.Writer.At(o); err == nil && e.Keys == nil && isIndexed(set) {
		if e.Keys = keysFor(set, e.JSON); e.Keys == nil {
			e.Keys = []store.Key{} // none any more
		}
	}
	return x.Writer.Replace(o, e)
}

func isIndexed(set store.SetKey) bool { return set.Parent == 0 && indexed[set.Name] != nil }

// keysFor are the keys of an entity of a set.
func keysFor(set store.SetKey, json []byte) []store.Key {
	if !isIndexed(set) {
		return nil
	}
	var keys []store.Key
	for _, name := range indexed[set.Name] {
		raw, _ := entity.Field(json, name)
		if text, ok := entity.Unquote(raw); ok && text != "" && len(text) <= store.MaxText/4 {
			keys = append(keys, KeyOf(name, text))
		}
	}
	return keys
}

// KeyOf is the key under which a text value is indexed: it compares without
// regard to case.
func KeyOf(name, text string) store.Key { return store.Key{Name: name, Value: strings.ToLower(text)} }

// ByText finds the oldest entity of a set with a text value, without regard to
// case: by the index where it has the property, else by reading the set.
func ByText(tx store.Reader, set store.SetKey, name, text string) (store.Entity, bool) {
	if set.Parent == 0 && slices.Contains(indexed[set.Name], name) {
		e, err := tx.Lookup(set, KeyOf(name, text))
		return e, err == nil
	}
	for e := range tx.Scan(set, 0) {
		raw, _ := entity.Field(e.JSON, name)
		if value, ok := entity.Unquote(raw); ok && strings.EqualFold(value, text) {
			return e, true
		}
	}
	return store.Entity{}, false
}
