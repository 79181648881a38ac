package behavior

// Evidence for what lists leave out:
//   - documented (pages user-list-mailfolders and mailfolder-list-childfolders): hidden
//     folders, unless a query option asks for them.

// Hidden says which members of a collection its list leaves out.
type Hidden struct {
	Property string // that is true; "" for none
	Option   string // of the query: true shows them all the same
}

var hiddenOnes = map[string]Hidden{
	"microsoft.graph.mailFolder": {Property: "isHidden", Option: "includeHiddenFolders"},
}

// HiddenOf is that of a type.
func HiddenOf(typeName string) Hidden { return hiddenOnes[typeName] }
