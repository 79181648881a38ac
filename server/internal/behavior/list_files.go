package behavior

// files are the behaviours of drives, sites and all that has bytes.
func files() []Registration {
	return []Registration{
		{Type: "microsoft.graph.profilePhoto", Behavior: ProfilePhoto{}},
		{Type: "microsoft.graph.driveItem", Behavior: DriveItem{}},
		{Navigation: "microsoft.graph.user/drive", Behavior: OwnDrive{}},
		{Navigation: "microsoft.graph.user/drives", Behavior: OwnDrive{}},
		{Navigation: "microsoft.graph.group/drive", Behavior: OwnDrive{}},
		{Navigation: "microsoft.graph.group/drives", Behavior: OwnDrive{}},
		{Navigation: "microsoft.graph.site/drive", Behavior: OwnDrive{}},
		{Navigation: "microsoft.graph.site/drives", Behavior: OwnDrive{}},
		{Navigation: "microsoft.graph.drive/root", Behavior: DriveRoot{}},
		{Navigation: "microsoft.graph.drive/items", Behavior: DriveRoot{}},
		{Navigation: "microsoft.graph.drive/special", Behavior: DriveRoot{}},
		{Navigation: "/sites", Behavior: RootSite{}},
		{Navigation: "microsoft.graph.group/sites", Behavior: GroupSite{}},
		{Type: "microsoft.graph.onenotePage", Behavior: NotePage{}},
		{Type: "microsoft.graph.list", Behavior: SiteList{}},
		{Type: "microsoft.graph.listItem", Behavior: ListItem{}, Rules: listItemRules},
		{Type: "microsoft.graph.fieldValueSet", Behavior: ItemFields{}},
		{Navigation: "microsoft.graph.listItem/fields", Behavior: ItemFields{}},
		{Bound: "microsoft.graph.driveItem/search", Behavior: SearchItems{}},
		{Bound: "microsoft.graph.drive/search", Behavior: SearchItems{}},
		{Bound: "microsoft.graph.drive/recent", Behavior: RecentItems{}},
		{Bound: "microsoft.graph.drive/sharedWithMe", Behavior: SharedItems{}},
		{Bound: "microsoft.graph.driveItem/createLink", Behavior: CreateLink{}},
		{Bound: "microsoft.graph.driveItem/invite", Behavior: InviteToItem{}},
		{Bound: "microsoft.graph.driveItem/copy", Behavior: CopyItem{}},
		{Bound: "microsoft.graph.driveItem/permanentDelete", Behavior: RemoveItem{}},
	}
}
