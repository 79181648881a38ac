package behavior

// Evidence for teamsApp:
//   - documented: the ids of the apps that are tabs of their own (page of built-in
//     tab types, 2025), which a tab is bound to without anybody having published them.
//   - assumed (2026-11): their names; they come from the store.

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

// AppCatalog gives a tenant the apps of the built-in tabs.
type AppCatalog struct{}

var _ Supplier = AppCatalog{}

// tabApps are the ids and names of the apps of the built-in tabs.
var tabApps = [][2]string{
	{"com.microsoft.teamspace.tab.web", "Website"},
	{"com.microsoft.teamspace.tab.file.staticviewer.word", "Word"},
	{"com.microsoft.teamspace.tab.file.staticviewer.excel", "Excel"},
	{"com.microsoft.teamspace.tab.file.staticviewer.powerpoint", "PowerPoint"},
	{"com.microsoft.teamspace.tab.file.staticviewer.pdf", "PDF"},
	{"com.microsoft.teamspace.tab.wiki", "Wiki"},
	{"com.microsoft.teamspace.tab.planner", "Planner"},
	{"com.microsoft.teamspace.tab.files.sharepoint", "Document library"},
	{"com.microsoftstream.embed.skypeteamstab", "Stream"},
	{"81fef3a6-72aa-4648-a763-de824aeafb7d", "Forms"},
	{"0d820ecd-def2-4297-adad-78056cde7c78", "OneNote"},
	{"2a527703-1f6f-4559-a332-d8a7d288cd88", "SharePoint"},
}

// Supply implements [Supplier].
func (AppCatalog) Supply(tx Tx, _ Entity, _ string) *grapherr.Error {
	apps := Root("appCatalogs/teamsApps")
	for _, app := range tabApps {
		if _, there := tx.Get(apps, app[0]); there {
			continue
		}
		if _, err := tx.Insert(apps, New(fields("id", quoted(app[0]), "externalId", "null",
			"displayName", quoted(app[1]), "distributionMethod", `"store"`)...)); err != nil {
			return err
		}
	}
	return nil
}
