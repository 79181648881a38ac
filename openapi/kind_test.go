package openapi

import "testing"

// The numbers of kinds are written into tables: they must mean the same there.
func TestKindsAreThoseOfTables(t *testing.T) {
	for kind, want := range map[Kind]string{
		List: "list", Get: "get", Create: "create", Update: "update", Replace: "replace", Delete: "delete", Count: "count",
		Action: "action", Function: "function", LinkRead: "linkRead", LinkAdd: "linkAdd", LinkSet: "linkSet", LinkDrop: "linkDrop", Stream: "stream",
	} {
		if got := kind.word(); got != want {
			t.Errorf("%d: got %q, want %q", kind, got, want)
		}
	}
	for kind, want := range map[SegmentKind]string{
		SetSegment: "set", SingleSegment: "single", KeySegment: "key", PropertySegment: "property", CastSegment: "cast",
		ActionSegment: "action", FunctionSegment: "function", CountSegment: "count", RefSegment: "ref", ValueSegment: "value",
	} {
		if got := kind.word(); got != want {
			t.Errorf("%d: got %q, want %q", kind, got, want)
		}
	}
}
