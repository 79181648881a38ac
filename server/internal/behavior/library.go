package behavior

// Evidence for document libraries (pages site-get, drive-list, list-list, list-create and
// the resources drive and list, 2017 to 2025):
//   - documented: a site's default drive is its default document library; a library is a
//     list as well as a drive, which lead to each other; the drive of a Microsoft 365
//     group is that of its site; a list of the template documentLibrary is one.
//   - reported (answers of real tenants, 2018 to 2025): the list of the default library is
//     named "Shared Documents" and shown as Documents; a library lies beside Lists.
//   - assumed (2026-11): sites have no other list by themselves; a new library has its
//     drive at once; what they hold: library_item.go.

import (
	"net/url"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Libraries gives a site, or the drive of one, the list of its default library.
type Libraries struct{}

var _ Supplier = Libraries{}

const documentLibrary = "documentLibrary"

// Supply implements [Supplier].
func (Libraries) Supply(tx Tx, owner Entity, _ string) *grapherr.Error {
	if strings.HasSuffix(owner.Type, ".drive") {
		return listOfAnyDrive(tx, owner)
	}
	if fault := (OwnDrive{}).Supply(tx, owner, ""); fault != nil {
		return fault
	}
	for drive := range tx.Linked(owner.Ref, "drives") {
		return listOfDrive(tx, owner, drive)
	}
	return nil
}

// listOfAnyDrive makes the list of a drive: that of a site among the site's, any other
// below the drive.
func listOfAnyDrive(tx Tx, drive Entity) *grapherr.Error {
	if text(drive.Object, "driveType") == "personal" {
		return nil
	}
	for owner := range tx.Linking(drive.Ref, "drives") {
		if strings.HasSuffix(owner.Type, ".group") {
			if fault := (GroupSite{}).Supply(tx, owner, ""); fault != nil {
				return fault
			}
		}
	}
	if site, ok := siteOfDrive(tx, drive); ok {
		return listOfDrive(tx, site, drive)
	}
	if _, known := firstLinked(tx, drive.Ref, LibraryList); known {
		return nil
	}
	list, fault := newLibrary(tx, Below(drive.Ref, LibraryList), drive, "Documents")
	if fault != nil {
		return fault
	}
	return joinLibrary(tx, list, drive)
}

// siteOfDrive is the site whose library a drive is.
func siteOfDrive(tx Tx, drive Entity) (Entity, bool) {
	for owner := range tx.Linking(drive.Ref, "drives") {
		switch {
		case strings.HasSuffix(owner.Type, ".site"):
			return owner, true
		case strings.HasSuffix(owner.Type, ".group"):
			for site := range tx.Linked(owner.Ref, "sites") {
				return site, true
			}
		}
	}
	return Entity{}, false
}

// groupOfSite is the group whose site a site is.
func groupOfSite(tx Tx, site Entity) (Entity, bool) {
	for group := range tx.Linking(site.Ref, "sites") {
		return group, true
	}
	return Entity{}, false
}

// listOfDrive makes the list of a drive of a site, or joins the one that a fixture has.
func listOfDrive(tx Tx, site, drive Entity) *grapherr.Error {
	if _, known := firstLinked(tx, drive.Ref, LibraryList); known {
		return nil
	}
	title := "Documents"
	first, _ := firstLinked(tx, site.Ref, "drives")
	if name := text(drive.Object, "name"); first.Ref != drive.Ref && name != "" {
		title = name
	}
	lists := Below(site.Ref, "lists")
	list, known := tx.By(lists, "displayName", title)
	if _, other := firstLinked(tx, list.Ref, "drive"); !known || other {
		made, fault := newLibrary(tx, lists, drive, title)
		if fault != nil {
			return fault
		}
		list = made
	}
	return joinLibrary(tx, list, drive)
}

// firstLinked is the first that a navigation leads to.
func firstLinked(tx Tx, from Ref, navigation string) (Entity, bool) {
	for e := range tx.Linked(from, navigation) {
		return e, true
	}
	return Entity{}, false
}

// newLibrary makes the list of a drive, of which it is known by a title.
func newLibrary(tx Tx, lists Collection, drive Entity, title string) (Entity, *grapherr.Error) {
	now, name := quoted(instant(tx.Now())), title
	if title == "Documents" && lists.Name == "lists" {
		name = "Shared Documents"
	}
	e := New(fields("id", quoted(tx.NewID()), "name", quoted(name), "displayName", quoted(title), "description", `""`,
		"createdDateTime", now, "lastModifiedDateTime", now, "webUrl", jsonOf(drive.Object, "webUrl"),
		"list", `{"contentTypesEnabled":false,"hidden":false,"template":"documentLibrary"}`)...)
	if lists.Name == "lists" {
		site, _ := tx.Entity(lists.Parent)
		e.Set("parentReference", fields("siteId", quoted(site.ID)).JSON())
	} else {
		e.Set("list", []byte(`{"contentTypesEnabled":false,"hidden":false,"template":"mySiteDocumentLibrary"}`))
	}
	e.SetString("eTag", `"`+text(e.Object, "id")+`,1"`)
	made, fault := tx.Insert(lists, e)
	if fault != nil || lists.Name != "lists" {
		return made, fault
	}
	return made, listTypes(tx, made)
}

// joinLibrary makes a list and a drive lead to each other.
func joinLibrary(tx Tx, list, drive Entity) *grapherr.Error {
	if _, fault := tx.Link(drive.Ref, LibraryList, list.Ref); fault != nil {
		return fault
	}
	_, fault := tx.Link(list.Ref, "drive", drive.Ref)
	return fault
}

// libraryURL is where a list of a site is found.
func libraryURL(site Entity, template, title string) string {
	if template == documentLibrary {
		return text(site.Object, "webUrl") + "/" + url.PathEscape(title)
	}
	return text(site.Object, "webUrl") + "/Lists/" + title
}

// driveOfList makes the drive of a new library.
func driveOfList(tx Tx, list Entity) *grapherr.Error {
	if text(inner(list.Object, "list"), "template") != documentLibrary {
		return nil
	}
	site, ok := tx.Entity(tx.Home(list.Ref).Parent)
	if !ok {
		return nil
	}
	now := quoted(instant(tx.Now()))
	drive, fault := tx.Insert(Root("drives"), New(fields("id", quoted(driveID(tx)), "driveType", quoted(documentLibrary),
		"name", jsonOf(list.Object, "displayName"), "description", `""`, "createdDateTime", now, "lastModifiedDateTime", now,
		"webUrl", jsonOf(list.Object, "webUrl"), "createdBy", jsonOf(list.Object, "createdBy"))...))
	if fault == nil {
		_, fault = tx.Link(site.Ref, "drives", drive.Ref)
	}
	if fault != nil {
		return fault
	}
	return joinLibrary(tx, list, drive)
}
