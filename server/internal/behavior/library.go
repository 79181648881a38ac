package behavior

// Evidence for document libraries (pages site-get, drive-list, list-list, list-create and
// the resources drive and list, 2017 to 2025):
//   - documented: a site's default drive is its default document library; a library is a
//     list as well as a drive, which lead to each other; the drive of a Microsoft 365
//     group is that of its site; a list of the template documentLibrary is one.
//   - reported (answers of real tenants, 2018 to 2025): the list of the default library is
//     named "Shared Documents" and shown as Documents; a library lies beside Lists.
//   - assumed (2026-11): sites have no other list by themselves; a new library has its
//     drive at once, and items of the list are not those of the drive.

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
		site, ok := siteOfDrive(tx, owner)
		if !ok {
			return nil
		}
		owner = site
	}
	if fault := (OwnDrive{}).Supply(tx, owner, ""); fault != nil {
		return fault
	}
	for drive := range tx.Linked(owner.Ref, "drives") {
		return listOfDrive(tx, owner, drive)
	}
	return nil
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

// listOfDrive makes the list of a site's default drive, or joins the one that a
// fixture has.
func listOfDrive(tx Tx, site, drive Entity) *grapherr.Error {
	for range tx.Linked(drive.Ref, "list") {
		return nil
	}
	lists := Below(site.Ref, "lists")
	list, known := tx.By(lists, "displayName", "Documents")
	if !known {
		now := quoted(instant(tx.Now()))
		e := New(fields("id", quoted(tx.NewID()), "name", `"Shared Documents"`, "displayName", `"Documents"`, "description", `""`,
			"createdDateTime", now, "lastModifiedDateTime", now, "webUrl", jsonOf(drive.Object, "webUrl"),
			"list", `{"contentTypesEnabled":false,"hidden":false,"template":"documentLibrary"}`,
			"parentReference", `{"siteId":`+quoted(site.ID)+`}`)...)
		e.SetString("eTag", `"`+text(e.Object, "id")+`,1"`)
		made, fault := tx.Insert(lists, e)
		if fault == nil {
			fault = listTypes(tx, made)
		}
		if fault != nil {
			return fault
		}
		list = made
	}
	return joinLibrary(tx, list, drive)
}

// joinLibrary makes a list and a drive lead to each other.
func joinLibrary(tx Tx, list, drive Entity) *grapherr.Error {
	if _, fault := tx.Link(drive.Ref, "list", list.Ref); fault != nil {
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
