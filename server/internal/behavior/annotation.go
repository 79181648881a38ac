package behavior

// Evidence for annotations in $select:
//   - reported: content.downloadUrl brings @microsoft.graph.downloadUrl (issues of
//     2018 and 2021); by its own name it comes with select and not with $select,
//     which takes the name all the same (2023).

// Annotation is what names an annotation in $select.
type Annotation struct {
	Member   string // of the answer
	BareOnly bool   // it comes when "select" is spelled without "$" only
}

// annotations are keyed by type and name.
var annotations = map[string]map[string]Annotation{
	"microsoft.graph.driveItem": {
		"content.downloadUrl":         {Member: "@microsoft.graph.downloadUrl"},
		"microsoft.graph.downloadUrl": {Member: "@microsoft.graph.downloadUrl", BareOnly: true},
	},
}

// AnnotationOf is the annotation that a name in $select stands for, without "@";
// false where it stands for none.
func AnnotationOf(typeName, name string) (Annotation, bool) {
	a, ok := annotations[typeName][name]
	return a, ok
}
