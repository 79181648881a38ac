package server

import (
	"fmt"
	"testing"
)

// benchDrive is a fixture of a drive of so many files in folders of twenty.
func benchDrive(b *testing.B, files int) string {
	items := []map[string]any{{"id": "root", "name": "root", "folder": map[string]any{}, "root": map[string]any{}}}
	for i := range files {
		folder := fmt.Sprintf("folder%d", i/20)
		if i%20 == 0 {
			items = append(items, map[string]any{"id": folder, "name": folder, "folder": map[string]any{}, "parentReference": map[string]any{"id": "root"}})
		}
		items = append(items, map[string]any{
			"id": fmt.Sprintf("file%d", i), "name": fmt.Sprintf("f%d.txt", i), "size": 10, "file": map[string]any{},
			"parentReference": map[string]any{"id": folder},
		})
	}
	return benchFixtures(b, map[string]any{
		"/drives":         []map[string]any{{"id": "d", "driveType": "business", "root@odata.bind": "/drives/d/items/root"}},
		"/drives/d/items": items,
	})
}

// BenchmarkDriveFolder reads a folder of twenty files and what leads to it: what it
// takes should not depend on how many items the drive has.
func BenchmarkDriveFolder(b *testing.B) {
	for _, files := range []int{1000, 100_000} {
		fixture := benchDrive(b, files)
		for name, path := range map[string]string{
			"children": "/items/folder3/children?$select=name",
			"folder":   "/items/folder3",
			"root":     "/items/root",
			"path":     "/items/root:/folder3/f61.txt",
			"drive":    "",
		} {
			b.Run(fmt.Sprintf("%s/%d", name, files), func(b *testing.B) {
				benchReads(b, "/v1.0/drives/d"+path, WithFixtures(fixture), WithAuth("off"))
			})
		}
	}
}
