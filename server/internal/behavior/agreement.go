package behavior

// Evidence for agreement (pages termsofusecontainer-post-agreements, agreement-get,
// agreementfile-get and -list-localizations of v1.0, 2021 to 2024):
//   - documented: what is required; the files of a new agreement are its localizations,
//     and the default one, else the first, is its file.
//   - assumed (2026-11): an agreement is asked for on each device only where it says so.

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

var agreementRules = &Rules{
	Required: []string{"displayName"},
	Defaults: []Default{{"isPerDeviceAcceptanceRequired", "false"}, {"isViewingBeforeAcceptanceRequired", "false"}},
}

// Agreement is terms of use.
type Agreement struct{}

var _ Created = Agreement{}

// Created implements [Created].
func (Agreement) Created(tx Tx, e Entity) *grapherr.Error {
	var files []Entity
	first := 0
	for file := range tx.All(Below(e.Ref, "files")) {
		if jsonOf(file.Object, "isDefault") == "true" {
			first = len(files)
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		return nil
	}
	if _, there := tx.Get(Below(e.Ref, "file"), ""); there {
		return nil
	}
	_, fault := tx.Put(Below(e.Ref, "file"), Entity{Object: files[first].Object.Clone()})
	for _, file := range files {
		if fault == nil {
			_, fault = tx.Insert(Below(e.Ref, "file/localizations"), Entity{ID: file.ID, Object: file.Object.Clone()})
		}
	}
	return fault
}
