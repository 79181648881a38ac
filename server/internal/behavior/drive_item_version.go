package behavior

// Evidence for driveItemVersion, checkout and checkin (pages of the resource and
// its actions, 2021 to 2025):
//   - documented: versions are numbered 1.0, 2.0 and so on, each with size, time
//     and who; content of an older one by 302;
//     restoreVersion 204 makes its content that of a new version; checkout and
//     checkin 204, told by the facet publication.
//   - assumed (2026-11): a version begins with each new content; who has checked a
//     file out keeps others from changing its content, with 423.

import (
	"fmt"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// ItemVersions gives a file its first version.
	ItemVersions struct{}
	// ItemVersion has content of its own.
	ItemVersion struct{}
	// RestoreVersion makes an older content the current one.
	RestoreVersion struct{}
)

var (
	_ Supplier   = ItemVersions{}
	_ Reader     = ItemVersion{}
	_ Redirector = ItemVersion{}
	_ Invoker    = RestoreVersion{}
)

// Supply implements [Supplier].
func (ItemVersions) Supply(tx Tx, item Entity, _ string) *grapherr.Error {
	if _, n := latestVersion(tx, item); n > 0 || !present(item.Object, "file") {
		return nil
	}
	return addVersion(tx, item, 1, jsonOf(item.Object, "size"))
}

// keptFile is the member in which a version keeps the facet file of its content.
const keptFile = "@fake.file"

// Computes implements [Computing].
func (ItemVersion) Computes() []string { return nil }

// Read implements [Reader].
func (ItemVersion) Read(_ Tx, e *Entity) { e.Delete(keptFile) }

// Redirects implements [Redirector].
func (ItemVersion) Redirects(stream string) bool { return stream == "content" }

// latestVersion is the newest version of an item and its number; 0 for none.
func latestVersion(tx Tx, item Entity) (latest Entity, n int) {
	for v := range tx.All(Below(item.Ref, "versions")) {
		latest = v
		_, _ = fmt.Sscanf(v.ID, "%d.0", &n) // ids of fixtures may be others
	}
	return latest, n
}

// addVersion notes a state of an item as its newest version.
func addVersion(tx Tx, item Entity, n int, size string) *grapherr.Error {
	id := fmt.Sprintf("%d.0", n)
	_, fault := tx.Insert(Below(item.Ref, "versions"), New(fields("id", quoted(id), "lastModifiedDateTime", jsonOf(item.Object, "lastModifiedDateTime"),
		"lastModifiedBy", or(jsonOf(item.Object, "lastModifiedBy"), "null"), "size", or(size, "0"))...))
	return fault
}

// supersede keeps what an item holds as its newest version, and begins another
// one for what is about to come.
func supersede(tx Tx, item Entity, before Entity, size string) *grapherr.Error {
	latest, n := latestVersion(tx, item)
	if n == 0 && present(before.Object, "file") && jsonOf(before.Object, "size") != "0" {
		if fault := addVersion(tx, before, 1, jsonOf(before.Object, "size")); fault != nil {
			return fault
		}
		latest, n = latestVersion(tx, item)
	}
	if n > 0 {
		if fault := tx.CopyStreams(item.Ref, latest.Ref); fault != nil {
			return fault
		}
		kept := latest.Object.Clone()
		kept.Set(keptFile, []byte(jsonOf(before.Object, "file")))
		if fault := tx.Replace(latest.Ref, kept); fault != nil {
			return fault
		}
	}
	return addVersion(tx, item, n+1, size)
}

// Invoke implements [Invoker].
func (RestoreVersion) Invoke(tx Tx, version *Entity, _ entity.Object) (Result, *grapherr.Error) {
	item, _ := tx.Entity(tx.Home(version.Ref).Parent)
	before := item
	item.Object = item.Object.Clone()
	size := jsonOf(version.Object, "size")
	item.Set("size", []byte(size))
	item.Set("file", []byte(jsonOf(version.Object, keptFile)))
	if !present(version.Object, keptFile) { // a fixture's version
		item.Set("file", fields("mimeType", jsonOf(inner(before.Object, "file"), "mimeType")).JSON())
	}
	touch(tx, &item)
	retag(&item, "cTag")
	if fault := supersede(tx, item, before, size); fault != nil {
		return Result{}, fault
	}
	if fault := tx.CopyStreams(version.Ref, item.Ref); fault != nil {
		return Result{}, fault
	}
	return Result{}, tx.Replace(item.Ref, item.Object)
}

// checkOut and checkIn keep a file to oneself, and give it back.
func checkOut(tx Tx, item *Entity, _ entity.Object) (Result, *grapherr.Error) {
	if fault := lockedByOther(tx, *item); fault != nil {
		return Result{}, fault
	}
	_, n := latestVersion(tx, *item)
	item.Set("publication", fields("level", `"checkout"`, "versionId", quoted(fmt.Sprintf("%d.0", max(n, 1))), "checkedOutBy", string(actor(tx))).JSON())
	return Result{}, nil
}

func checkIn(tx Tx, item *Entity, p entity.Object) (Result, *grapherr.Error) {
	if fault := lockedByOther(tx, *item); fault != nil {
		return Result{}, fault
	}
	if text(inner(item.Object, "publication"), "level") != "checkout" {
		tx.Note("the file was not checked out")
	}
	level := "published"
	if text(p, "checkInAs") == "unspecified" {
		level = "checkin"
	}
	_, n := latestVersion(tx, *item)
	item.Set("publication", fields("level", quoted(level), "versionId", quoted(fmt.Sprintf("%d.0", max(n, 1)))).JSON())
	return Result{}, nil
}

// discardCheckOut gives a file back as it was when it was taken (D, page
// driveitem-discardcheckout); its name and place stay as they are now (?).
func discardCheckOut(tx Tx, item *Entity, _ entity.Object) (Result, *grapherr.Error) {
	publication := inner(item.Object, "publication")
	if text(publication, "level") != "checkout" {
		return Result{}, badItem("The file is not checked out.")
	}
	if fault := lockedByOther(tx, *item); fault != nil && (tx.Caller().User || tx.Caller().AppID == "") {
		return Result{}, fault
	}
	versions, taken := Below(item.Ref, "versions"), 0
	_, _ = fmt.Sscanf(text(publication, "versionId"), "%d.0", &taken)
	var later []Ref
	for v := range tx.All(versions) {
		n := 0
		if _, err := fmt.Sscanf(v.ID, "%d.0", &n); err == nil && n > taken {
			later = append(later, v.Ref)
		}
	}
	if version, ok := tx.Get(versions, text(publication, "versionId")); ok && len(later) > 0 {
		item.Set("size", []byte(jsonOf(version.Object, "size")))
		item.Set("file", []byte(jsonOf(version.Object, keptFile)))
		touch(tx, item)
		retag(item, "cTag")
		if fault := tx.CopyStreams(version.Ref, item.Ref); fault != nil {
			return Result{}, fault
		}
	}
	for _, ref := range later {
		if fault := tx.Delete(ref); fault != nil {
			return Result{}, fault
		}
	}
	item.Set("publication", fields("level", `"published"`, "versionId", jsonOf(publication, "versionId")).JSON())
	return Result{}, nil
}

// lockedByOther refuses changes to what somebody else has checked out.
func lockedByOther(tx Tx, item Entity) *grapherr.Error {
	by := inner(inner(item.Object, "publication"), "checkedOutBy")
	holder := text(inner(by, "user"), "id")
	if self, ok := tx.Self(); holder == "" || !ok || self.ID == holder {
		return nil
	}
	return &grapherr.Error{Status: 423, Code: "resourceLocked", Message: "The file is checked out by another user."}
}
