package behavior

// Evidence for versions of list items (pages listitem-list-versions, listitemversion-get
// and listitemversion-restore, 2017 to 2025):
//   - documented: numbered 1.0, 2.0 and so on, the newest first, each with who and
//     when, and its fields on $expand; a restored version's fields are those of a
//     new one.
//   - assumed (2026-11): each change of the fields is a version.

import (
	"encoding/json"
	"fmt"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// noteVersion keeps the fields of a list item as its newest version.
func noteVersion(tx Tx, item Entity, values entity.Object) *grapherr.Error {
	_, n := latestVersion(tx, item)
	version, fault := tx.Insert(Below(item.Ref, "versions"), New(fields("id", quoted(fmt.Sprintf("%d.0", n+1)),
		"lastModifiedDateTime", quoted(instant(tx.Now())), "lastModifiedBy", string(actor(tx)))...))
	if fault == nil {
		_, fault = tx.Put(Below(version.Ref, "fields"), Entity{Object: values.Clone()})
	}
	return fault
}

// Created implements [Created].
func (ListItem) Created(tx Tx, e Entity) *grapherr.Error {
	values, _ := tx.Get(Below(e.Ref, "fields"), "")
	return noteVersion(tx, e, values.Object)
}

// restoreItemVersion gives a list item the fields of an older version.
func restoreItemVersion(tx Tx, version *Entity, _ entity.Object) (Result, *grapherr.Error) {
	item, _ := tx.Entity(tx.Home(version.Ref).Parent)
	older, known := tx.Get(Below(version.Ref, "fields"), "")
	if !known {
		return Result{}, nil // a fixture's version, which has none
	}
	values := older.Object.Clone()
	values.Set("Modified", json.RawMessage(quoted(instant(tx.Now()))))
	if _, fault := tx.Put(Below(item.Ref, "fields"), Entity{Object: values}); fault != nil {
		return Result{}, fault
	}
	return Result{}, noteVersion(tx, item, values)
}
