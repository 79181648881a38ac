package behavior

// Evidence for containers of file storage (pages of fileStorageContainer: create,
// get, update, delete, activate, lock, restore, permanentDelete, get drive, list
// and create permissions; resource page; 2024 and 2025):
//   - documented: ids as those of drives, and the drive's id is the container's; new
//     containers are inactive, and active from the first change or permission on;
//     displayName and containerTypeId are required; who makes one is its owner;
//     deleted ones are in deletedContainers until restored; a permission names the
//     user by sign-in name and shows who that is.
//   - assumed (2026-11): the words of the refusals; a container's drive is there at once.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// StorageContainer keeps containers of file storage.
	StorageContainer struct{}
	// StorageDrive gives a container its drive.
	StorageDrive struct{}
	// StoragePermission completes the permissions of a container.
	StoragePermission struct{}
)

var (
	_ Creator  = StorageContainer{}
	_ Created  = StorageContainer{}
	_ Updater  = StorageContainer{}
	_ Deleter  = StorageContainer{}
	_ Supplier = StorageDrive{}
	_ Creator  = StoragePermission{}
	_ Created  = StoragePermission{}
	_ Updater  = StoragePermission{}
)

var (
	storageContainers = Root("storage/fileStorage/containers")
	deletedContainers = Root("storage/fileStorage/deletedContainers")
)

// Create implements [Creator].
func (StorageContainer) Create(tx Tx, e *Entity) *grapherr.Error {
	for _, name := range []string{"displayName", "containerTypeId"} {
		if text(e.Object, name) == "" {
			return badItem("The property " + name + " is required.")
		}
	}
	e.ID = driveID(tx)
	e.SetString("id", e.ID)
	e.SetString("status", "inactive")
	e.SetString("lockState", "unlocked")
	return nil
}

// Created implements [Created].
func (StorageContainer) Created(tx Tx, e Entity) *grapherr.Error {
	if self, ok := tx.Self(); ok && tx.Caller().User {
		owner := storageUser(self)
		if _, err := tx.Insert(Below(e.Ref, "permissions"), New(fields("id", quoted(tx.NewID()), "roles", `["owner"]`,
			"grantedToV2", `{"user":`+string(owner.JSON())+`}`)...)); err != nil {
			return err
		}
	}
	return (StorageDrive{}).Supply(tx, e, "")
}

// Update implements [Updater].
func (StorageContainer) Update(_ Tx, _, _ entity.Object, after *Entity) *grapherr.Error {
	activate(after)
	return nil
}

func activate(container *Entity) {
	if text(container.Object, "status") == "inactive" {
		container.SetString("status", "active")
	}
}

// Delete implements [Deleter].
func (StorageContainer) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	if tx.Home(e.Ref) != storageContainers {
		return false, removeStorageDrive(tx, e)
	}
	_, err := moveContainer(tx, e, deletedContainers)
	return err == nil, err
}

// moveContainer puts a container, with its permissions and drive, elsewhere.
func moveContainer(tx Tx, e Entity, to Collection) (Entity, *grapherr.Error) {
	var permissions []Entity
	for p := range tx.All(Below(e.Ref, "permissions")) {
		permissions = append(permissions, p)
	}
	if err := tx.Delete(e.Ref); err != nil {
		return Entity{}, err
	}
	moved, err := tx.Insert(to, New(e.Object...))
	if err != nil {
		return Entity{}, err
	}
	for _, p := range permissions {
		if _, err := tx.Insert(Below(moved.Ref, "permissions"), New(p.Object...)); err != nil {
			return Entity{}, err
		}
	}
	return moved, (StorageDrive{}).Supply(tx, moved, "")
}

// restoreContainer takes a container back.
func restoreContainer(tx Tx, e *Entity, _ entity.Object) (Result, *grapherr.Error) {
	back, err := moveContainer(tx, *e, storageContainers)
	return Result{Entity: &back}, err
}

// removeContainer deletes a container without a way back.
func removeContainer(tx Tx, e *Entity, _ entity.Object) (Result, *grapherr.Error) {
	if err := removeStorageDrive(tx, *e); err != nil {
		return Result{}, err
	}
	return Result{}, tx.Delete(e.Ref)
}

func removeStorageDrive(tx Tx, container Entity) *grapherr.Error {
	if drive, ok := tx.Get(Root("drives"), container.ID); ok {
		return tx.Delete(drive.Ref)
	}
	return nil
}

// Supply implements [Supplier].
func (StorageDrive) Supply(tx Tx, container Entity, _ string) *grapherr.Error {
	for range tx.Linked(container.Ref, "drive") {
		return nil
	}
	drive, there := tx.Get(Root("drives"), container.ID)
	if !there {
		now, err := quoted(instant(tx.Now())), (*grapherr.Error)(nil)
		drive, err = tx.Insert(Root("drives"), New(fields("id", quoted(container.ID), "driveType", `"documentLibrary"`, "name", jsonOf(container.Object, "displayName"),
			"description", `""`, "createdDateTime", now, "lastModifiedDateTime", now,
			"webUrl", quoted(sharePoint+"/contentstorage/CSP_"+strings.TrimPrefix(container.ID, "b!")+"/Document%20Library"))...))
		if err != nil {
			return err
		}
	}
	_, err := tx.Link(container.Ref, "drive", drive.Ref)
	return err
}

// storageUser is a user as permissions of containers show one.
func storageUser(user Entity) entity.Object {
	shown := fields("displayName", jsonOf(user.Object, "displayName"), "id", quoted(user.ID), "userPrincipalName", jsonOf(user.Object, "userPrincipalName"))
	if mail := text(user.Object, "mail"); mail != "" {
		shown.SetString("email", mail)
	}
	return shown
}

// container is the container that a permission is of.
func (StoragePermission) container(tx Tx) (Entity, bool) {
	c, ok := tx.Entity(tx.Parent())
	return c, ok && strings.HasSuffix(c.Type, ".fileStorageContainer")
}

// Create implements [Creator].
func (p StoragePermission) Create(tx Tx, e *Entity) *grapherr.Error {
	if _, of := p.container(tx); !of {
		return nil
	}
	granted := inner(e.Object, "grantedToV2")
	name := text(inner(granted, "user"), "userPrincipalName")
	if user, known := userAt(tx, name); known && name != "" {
		granted.Set("user", storageUser(user).JSON())
		e.Set("grantedToV2", granted.JSON())
	}
	return nil
}

// Update implements [Updater]: items and sites have fewer roles than containers.
func (p StoragePermission) Update(tx Tx, _, change entity.Object, _ *Entity) *grapherr.Error {
	if owner, ok := tx.Entity(tx.Parent()); ok && strings.HasSuffix(owner.Type, ".driveItem") {
		return knownRoles(texts(change, "roles"))
	}
	return nil
}

// Created implements [Created].
func (p StoragePermission) Created(tx Tx, _ Entity) *grapherr.Error {
	c, of := p.container(tx)
	if !of {
		return nil
	}
	activate(&c)
	return tx.Replace(c.Ref, c.Object)
}
