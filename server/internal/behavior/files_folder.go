package behavior

// Evidence for the folder of a channel's files (page channel-get-filesfolder):
//   - documented: a channel has a folder, an item of the library of the team's group.
//   - assumed (2026-11): it is made at its first use, in the root, and has the
//     channel's name; channels of other kinds have theirs in the same library.

import (
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// FilesFolder gives a channel the folder of its files.
type FilesFolder struct{}

var _ Supplier = FilesFolder{}

// Supply implements [Supplier].
func (FilesFolder) Supply(tx Tx, channel Entity, _ string) *grapherr.Error {
	for range tx.Linked(channel.Ref, "filesFolder") {
		return nil
	}
	team, _ := tx.Entity(tx.Home(channel.Ref).Parent)
	group, ok := tx.Get(Root("groups"), team.ID)
	if !ok {
		return nil
	}
	if err := (OwnDrive{}).Supply(tx, group, ""); err != nil {
		return err
	}
	for drive := range tx.Linked(group.Ref, "drives") {
		folder, err := rootFolder(tx, drive, text(channel.Object, "displayName"))
		if err == nil {
			_, err = tx.Link(channel.Ref, "filesFolder", folder.Ref)
		}
		return err
	}
	return nil
}

// rootFolder is the folder of a name in a drive's root; a new one when there is
// none.
func rootFolder(tx Tx, drive Entity, name string) (Entity, *grapherr.Error) {
	root, err := ensureRoot(tx, drive)
	if err != nil {
		return Entity{}, err
	}
	items := Below(drive.Ref, "items")
	if child, ok := childNamedIn(tx, items, root.ID, name, None); ok && present(child.Object, "folder") {
		return child, nil
	}
	e := New(fields("name", quoted(name), "folder", "{}", "parentReference", `{"id":`+quoted(root.ID)+`}`)...)
	stampItem(tx, &e)
	return tx.Insert(items, e)
}
