package behavior

// Evidence for sharepointIds (pages of sharepointIds and driveItem, 2017 to 2025):
//   - documented: the members; the id of the list, the number in it, the GUID of the item,
//     those of the site collection and of the site, the site's URL, the tenant.
//   - reported (clients that read them, 2019 to 2026): they are shown to those who select
//     them.
//   - assumed (2026-11): in OneDrive the site is told by its URL alone.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// showIdentifiers tells the identifiers of an item of a drive to those who ask for them.
func showIdentifiers(tx Tx, home Collection, e *Entity) {
	if !asksFor(tx, "sharepointIds") || present(e.Object, "sharepointIds") {
		return
	}
	tx.Lack(e.Ref, ItemEntry)
	drive, _ := tx.Entity(home.Parent)
	list, ok := firstLinked(tx, drive.Ref, LibraryList)
	if !ok {
		return
	}
	ids := fields("listId", quoted(list.ID))
	if entry, ok := firstLinked(tx, e.Ref, ItemEntry); ok {
		ids.SetString("listItemId", entry.ID)
	}
	if guid := uniqueID(*e); guid != "" {
		ids.SetString("listItemUniqueId", guid)
	}
	identifySite(tx, drive, &ids)
	ids.SetString("tenantId", tx.Tenant())
	e.Set("sharepointIds", ids.JSON())
}

// identifySite adds the identifiers of the site that a drive is of.
func identifySite(tx Tx, drive Entity, ids *entity.Object) {
	site, ok := siteOfDrive(tx, drive)
	if !ok {
		if url := text(drive.Object, "webUrl"); strings.Contains(url, "/") {
			ids.SetString("siteUrl", url[:strings.LastIndexByte(url, '/')])
		}
		return
	}
	if parts := strings.Split(site.ID, ","); len(parts) == 3 {
		ids.SetString("siteId", parts[1])
		ids.SetString("webId", parts[2])
	}
	ids.SetString("siteUrl", text(site.Object, "webUrl"))
}
