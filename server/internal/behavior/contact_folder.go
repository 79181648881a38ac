package behavior

// Evidence for folders of contacts:
//   - documented: a mailbox has the folder Contacts, with the well-known name
//     contacts, which is listed with the others; /contacts is what is in it; contacts
//     and folders name the folder that they are in (pages of user: list contactFolders,
//     list contacts; contactFolder: list childFolders).
//   - assumed (2026-11): a new folder is below the mailbox's top; the folder Contacts
//     cannot be deleted; the contacts of a folder go with it.

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

type (
	// Contacts gives a user the folder that contacts go to.
	Contacts struct{}
	// ContactFolder keeps folders of contacts.
	ContactFolder struct{}
)

var (
	_ Supplier = Contacts{}
	_ Creator  = ContactFolder{}
	_ Deleter  = ContactFolder{}
)

// Supply implements [Supplier].
func (Contacts) Supply(tx Tx, owner Entity, _ string) *grapherr.Error {
	folders := Below(owner.Ref, "contactFolders")
	if _, ok := tx.By(folders, "wellKnownName", "contacts"); ok {
		return nil
	}
	top, err := ensureFolder(tx, owner.Ref, "msgfolderroot")
	if err != nil {
		return err
	}
	_, err = tx.Insert(folders, New(fields("id", quoted(folderID(tx)), "displayName", `"Contacts"`,
		"parentFolderId", quoted(top.ID), "wellKnownName", `"contacts"`)...))
	return err
}

// Create implements [Creator].
func (ContactFolder) Create(tx Tx, e *Entity) *grapherr.Error {
	e.ID = folderID(tx)
	e.SetString("id", e.ID)
	owner, _ := tx.Entity(tx.Collection().Parent)
	if tx.Collection().Name == "childFolders" {
		e.SetString("parentFolderId", owner.ID)
		return nil
	}
	if !present(e.Object, "parentFolderId") {
		top, err := ensureFolder(tx, owner.Ref, "msgfolderroot")
		if err != nil {
			return err
		}
		e.SetString("parentFolderId", top.ID)
	}
	return nil
}

// Delete implements [Deleter].
func (ContactFolder) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	if text(e.Object, "wellKnownName") != "" {
		return false, distinguished()
	}
	home := tx.Home(e.Ref)
	for c := range tx.All(Below(home.Parent, "contacts")) {
		if text(c.Object, "parentFolderId") == e.ID {
			if err := tx.Delete(c.Ref); err != nil {
				return false, err
			}
		}
	}
	return false, nil
}
