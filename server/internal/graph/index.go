package graph

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// indexed are the properties by which entities of a root set are found without
// reading the others: natural and alternate keys, what must be unique, and what
// clients look for. They are texts or collections of texts. Files that were
// written with others are put right by [Reindex].
var indexed = map[string][]string{
	"users":             {"userPrincipalName", "mail", "mailNickname", "displayName"},
	"groups":            {"mailNickname", "uniqueName", "displayName", "mail"},
	"applications":      {"appId", "uniqueName", "displayName", "identifierUris"},
	"servicePrincipals": {"appId", "displayName", "servicePrincipalNames"},
	"devices":           {"deviceId", "displayName"},
	"directoryRoles":    {"roleTemplateId", "displayName"},
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
		if text, ok := entity.Unquote(raw); ok && indexable(text) {
			keys = append(keys, KeyOf(name, text))
		}
		for element := range entity.Elements(raw) {
			if text, ok := entity.Unquote(element); ok && indexable(text) {
				keys = append(keys, KeyOf(name, text))
			}
		}
	}
	return keys
}

// indexable reports whether the index holds a text.
func indexable(text string) bool { return text != "" && len(text) <= store.MaxText/4 }

// KeyOf is the key under which a text value is indexed: it compares without
// regard to case.
func KeyOf(name, text string) store.Key { return store.Key{Name: name, Value: strings.ToLower(text)} }

// ByText finds the oldest entity of a set with a text value, without regard to
// case: by the index where it has the property, else by reading the set.
func ByText(tx store.Reader, set store.SetKey, name, text string) (store.Entity, bool) {
	if set.Parent == 0 && slices.Contains(indexed[set.Name], name) && indexable(text) {
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
