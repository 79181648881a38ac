package graph

import (
	"iter"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
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

	"oauth2PermissionGrants":                   {"clientId"},
	"roleManagement/directory/roleAssignments": {"principalId"},
}

// indexedBelow is the same for collections that entities contain.
var indexedBelow = map[string][]string{
	"appRoleAssignments": {"resourceId"},
	"appRoleAssignedTo":  {"principalId"},
	"items":              {itemFolder, behavior.ItemPlace}, // of drives
}

// HasPassword is the key of the users who have a password.
var HasPassword = store.Key{Name: "passwordProfile/password", Value: "set"}

// Indexed is a writer that keeps the keys of what it stores.
func Indexed(tx store.Writer) store.Writer { return indexer{tx} }

type indexer struct{ store.Writer }

// Insert implements [store.Writer]. Keys that the entity brings along stay.
func (x indexer) Insert(set store.SetKey, e store.Entity) (store.Ordinal, error) {
	if e.Keys == nil {
		e.Keys = keysFor(x.Writer, set, e)
	}
	o, err := x.Writer.Insert(set, e)
	if err == nil && isDriveItems(x.Writer, set) {
		if err = reckon(x.Writer, set, share{}, shareOf(x.Writer, set, e)); err == nil {
			e.Ordinal = o
			err = x.enter(set, e)
		}
	}
	return o, err
}

// Replace implements [store.Writer].
func (x indexer) Replace(o store.Ordinal, e store.Entity) (uint64, error) {
	set, old, err := x.Writer.At(o)
	if err == nil && e.Keys == nil && isKeyed(set) {
		if e.Keys = keysFor(x.Writer, set, store.Entity{ID: old.ID, JSON: e.JSON}); e.Keys == nil {
			e.Keys = []store.Key{} // none any more
		}
	}
	if err == nil && x.Writer.Tracks(set) {
		e.Changed = entity.Differing(old.JSON, e.JSON)
	}
	items := err == nil && isDriveItems(x.Writer, set)
	if !items {
		return x.Writer.Replace(o, e)
	}
	before := shareOf(x.Writer, set, old)
	revision, err := x.Writer.Replace(o, e)
	if e.ID = old.ID; err == nil {
		err = reckon(x.Writer, set, before, shareOf(x.Writer, set, e))
	}
	if err == nil {
		err = x.followed(o)
	}
	return revision, err
}

// indexedBy are the properties that a set is indexed by.
func indexedBy(set store.SetKey) []string {
	if set.Parent == 0 {
		return indexed[set.Name]
	}
	return indexedBelow[set.Name]
}

func isIndexed(set store.SetKey) bool { return indexedBy(set) != nil }

// isKeyed reports whether entities of a set may have keys.
func isKeyed(set store.SetKey) bool {
	return isIndexed(set) || orderedNames[set.Name] || immutableNames[set.Name]
}

// keysFor are the keys of an entity of a set.
func keysFor(r store.Reader, set store.SetKey, e store.Entity) []store.Key {
	if !isKeyed(set) {
		return nil
	}
	return append(append(textKeys(set, e.JSON), orderKeys(r, set, e.JSON)...), immutableKeys(r, set, e.ID)...)
}

// textKeys are those by which an entity is found. A collection of texts gives a
// key for each.
func textKeys(set store.SetKey, json []byte) (keys []store.Key) {
	for _, name := range indexedBy(set) {
		raw := indexedValue(json, name)
		for text := range textsIn(raw) {
			if indexable(text) {
				keys = append(keys, KeyOf(name, text))
			}
		}
	}
	if set.Parent == 0 && set.Name == "users" {
		profile, _ := entity.Field(json, "passwordProfile")
		raw, _ := entity.Field(profile, "password")
		if text, ok := entity.Unquote(raw); ok && text != "" {
			keys = append(keys, HasPassword)
		}
	}
	return keys
}

// textsIn yields a value that is a text, or those of its elements that are, but
// for empty ones.
func textsIn(raw []byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		if text, ok := entity.Unquote(raw); ok {
			if text != "" {
				yield(text)
			}
			return
		}
		for element := range entity.Elements(raw) {
			if text, ok := entity.Unquote(element); ok && text != "" && !yield(text) {
				return
			}
		}
	}
}

// indexable reports whether the index holds a text.
func indexable(text string) bool { return text != "" && len(text) <= store.MaxText/4 }

// KeyOf is the key under which a text value is indexed: it compares without
// regard to case.
func KeyOf(name, text string) store.Key { return store.Key{Name: name, Value: strings.ToLower(text)} }

// ByText finds the oldest entity of a set with a text value, without regard to
// case: by the index where it has the property, else by reading the set.
func ByText(tx store.Reader, set store.SetKey, name, text string) (store.Entity, bool) {
	if slices.Contains(indexedBy(set), name) && indexable(text) {
		e, err := tx.Lookup(set, KeyOf(name, text))
		return e, err == nil
	}
	for e := range tx.Scan(set, 0) {
		if value, ok := entity.Unquote(indexedValue(e.JSON, name)); ok && strings.EqualFold(value, text) {
			return e, true
		}
	}
	return store.Entity{}, false
}
