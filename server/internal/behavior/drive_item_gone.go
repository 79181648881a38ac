package behavior

// Evidence for what a delta tells of an item that is gone:
//   - reported: a parentReference without a path (alcionai/corso#2518); the size 0
//     (microsoftgraph/microsoft-graph-docs#2818).
//   - observed: the client onedrive 2.4.23 takes an item without the id of a parent
//     for a root and one that is neither file nor folder for a notebook, and stops
//     without a parentReference.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var _ Remembered = DriveItem{}

// goneItems is where a drive keeps what its deleted items were and where.
func goneItems(home Collection) Collection { return Below(home.Parent, HiddenPrefix+"gone") }

// forget keeps where an item was that is about to go, and what it was.
func forget(tx Tx, e Entity) *grapherr.Error {
	parent := text(inner(e.Object, "parentReference"), "id")
	gone := Entity{ID: e.ID, Object: fields("id", quoted(e.ID), "parent", quoted(parent))}
	switch {
	case present(e.Object, "folder"):
		gone.Set("folder", []byte(`{"childCount":0}`))
	case present(e.Object, "file"):
		gone.Set("file", []byte("{}"))
	}
	_, fault := tx.Put(goneItems(tx.Home(e.Ref)), gone)
	return fault
}

// Remembered implements [Remembered].
func (DriveItem) Remembered(tx Tx, from Collection, id string) entity.Object {
	drive, _ := tx.Entity(from.Parent)
	if from.Name != "items" || !strings.HasSuffix(drive.Type, ".drive") {
		return nil
	}
	ref := fields("driveType", jsonOf(drive.Object, "driveType"), "driveId", quoted(drive.ID))
	gone, _ := tx.Get(goneItems(from), id)
	if parent := text(gone.Object, "parent"); parent != "" {
		ref.SetString("id", parent)
	}
	shown := fields("parentReference", string(ref.JSON()), "size", "0")
	for _, facet := range []string{"file", "folder"} {
		if raw, ok := gone.Get(facet); ok {
			shown.Set(facet, raw)
		}
	}
	return shown
}
