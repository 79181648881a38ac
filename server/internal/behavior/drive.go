package behavior

// Evidence for drives (graph-behaviour §10, §12, §14.2):
//   - documented: every user, group and site has a drive with a root; the
//     members of both; special folders are made at their first use.
//   - assumed (2026-11): the quota of 1 TiB, host names of SharePoint; what is used
//     of it is the current contents of the items, unless a fixture says more.

import (
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// sharePoint is the host in URLs that nobody is meant to open.
const sharePoint = "https://contoso.sharepoint.com"

// OwnDrive gives a user, group or site its drive.
type OwnDrive struct{}

// DriveRoot gives a drive its root and the special folder that is asked for.
type DriveRoot struct{}

// Drive tells how much of its quota is used.
type Drive struct{}

var (
	_ Reader   = Drive{}
	_ Supplier = OwnDrive{}
	_ Supplier = DriveRoot{}
)

// Supply implements [Supplier].
func (OwnDrive) Supply(tx Tx, owner Entity, _ string) *grapherr.Error {
	for range tx.Linked(owner.Ref, "drives") {
		return nil
	}
	if group, ok := groupOfSite(tx, owner); ok && strings.HasSuffix(owner.Type, ".site") {
		return OwnDrive{}.share(tx, group, owner)
	}
	kind, whose, name := documentLibrary, "group", "Documents"
	if strings.HasSuffix(owner.Type, ".user") {
		kind, whose, name = "business", "user", "OneDrive"
	}
	who := fields("displayName", jsonOf(owner.Object, "displayName"), "id", quoted(owner.ID))
	if mail := text(owner.Object, "mail"); mail != "" {
		who.SetString("email", mail)
	}
	now := quoted(instant(tx.Now()))
	d := New(fields(
		"id", quoted(driveID(tx)), "driveType", quoted(kind), "name", quoted(name), "description", `""`,
		"createdDateTime", now, "lastModifiedDateTime", now,
		"webUrl", quoted(libraryOf(owner)),
		"owner", `{"`+whose+`":`+string(who.JSON())+`}`,
	)...)
	made, err := tx.Insert(Root("drives"), d)
	if err == nil {
		_, err = tx.Link(owner.Ref, "drives", made.Ref)
	}
	return err
}

// share gives the site of a group the group's drive.
func (d OwnDrive) share(tx Tx, group, site Entity) *grapherr.Error {
	if fault := d.Supply(tx, group, ""); fault != nil {
		return fault
	}
	for drive := range tx.Linked(group.Ref, "drives") {
		_, fault := tx.Link(site.Ref, "drives", drive.Ref)
		return fault
	}
	return nil
}

// jsonOf is a member as JSON, null for none.
//
//go:noinline
func jsonOf(o entity.Object, name string) string {
	if raw, ok := o.Get(name); ok {
		return string(raw)
	}
	return "null"
}

// specialNames are the folders that special names stand for (D).
var specialNames = map[string]string{
	"documents": "Documents", "photos": "Pictures", "cameraroll": "Camera Roll", "approot": "Apps", "music": "Music",
}

// Supply implements [Supplier].
func (DriveRoot) Supply(tx Tx, drive Entity, key string) *grapherr.Error {
	root, err := ensureRoot(tx, drive)
	if err != nil {
		return err
	}
	name, _, _ := strings.Cut(strings.ToLower(strings.TrimPrefix(key, "special/")), ":")
	folder := specialNames[name]
	if folder == "" {
		return nil
	}
	for e := range tx.All(Below(drive.Ref, "items")) {
		if text(inner(e.Object, "specialFolder"), "name") == name {
			return nil
		}
	}
	e := New(fields("name", quoted(folder), "folder", "{}", "specialFolder", `{"name":`+quoted(name)+`}`,
		"parentReference", `{"id":`+quoted(root.ID)+`}`)...)
	stampItem(tx, &e)
	_, err = tx.Insert(Below(drive.Ref, "items"), e)
	return err
}

func ensureRoot(tx Tx, drive Entity) (Entity, *grapherr.Error) {
	for root := range tx.Linked(drive.Ref, "root") {
		return root, nil
	}
	if drive.Ref == None {
		return Entity{}, grapherr.NotFound("files", "root") // what lies outside of drives
	}
	e := New(fields("name", `"root"`, "folder", "{}", "root", "{}")...)
	stampItem(tx, &e)
	root, err := tx.Insert(Below(drive.Ref, "items"), e)
	if err == nil {
		_, err = tx.Link(drive.Ref, "root", root.Ref)
	}
	return root, err
}

// quotaTotal is what a drive may hold unless a fixture says otherwise: 1 TiB.
const quotaTotal = 1 << 40

// Read implements [Reader].
func (Drive) Read(tx Tx, e *Entity) {
	quota := inner(e.Object, "quota").Clone()
	total, used := number(quota, "total", quotaTotal), 0
	if number(quota, "used", 0) > 0 || quota.Has("remaining") { // a fixture has said it
		return
	}
	_, size := contents(tx, Below(e.Ref, "items"), AllContents)
	used = int(size)
	for _, member := range fields("deleted", "0", "state", `"normal"`, "total", strconv.Itoa(total)) {
		if !quota.Has(member.Name) {
			quota.Set(member.Name, member.Value)
		}
	}
	quota.Set("used", []byte(strconv.Itoa(used)))
	quota.Set("remaining", []byte(strconv.Itoa(max(total-used, 0))))
	e.Set("quota", quota.JSON())
}
