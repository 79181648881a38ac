package behavior

// notes are the behaviours of OneNote.
func notes() []Registration {
	all := []Registration{
		{Type: "microsoft.graph.notebook", Behavior: NoteBook{}},
		{Type: "microsoft.graph.sectionGroup", Behavior: NoteGroup{}, Rules: noteGroupRules},
		{Type: "microsoft.graph.onenoteSection", Behavior: NoteSection{}, Rules: sectionRules},
		{Type: "microsoft.graph.onenotePage", Behavior: NotePage{}, Rules: notePageRules},
		{Bound: "microsoft.graph.onenotePage/preview", Behavior: invoked(previewPage)},
		{Bound: "microsoft.graph.onenotePage/copyToSection", Behavior: CopyNotes{notePages, "onenoteSection"}},
		{Bound: "microsoft.graph.onenoteSection/copyToNotebook", Behavior: CopyNotes{noteSections, "notebook"}},
		{Bound: "microsoft.graph.onenoteSection/copyToSectionGroup", Behavior: CopyNotes{noteSections, "sectionGroup"}},
		{Bound: "microsoft.graph.notebook/copyNotebook", Behavior: CopyNotes{notebooks, ""}},
		{Bound: "Collection(microsoft.graph.notebook)/getNotebookFromWebUrl", Behavior: invoked(notebookAt)},
		{Bound: "Collection(microsoft.graph.notebook)/getRecentNotebooks", Behavior: invoked(recentNotebooks)},
	}
	for _, owner := range []string{"/me", "/users/{id}", "/groups/{id}", "/sites/{id}"} {
		all = append(all, Registration{Operation: "POST " + owner + "/onenote/pages", Behavior: NoteAtTop{}})
	}
	return all
}
