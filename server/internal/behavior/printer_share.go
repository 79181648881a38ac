package behavior

// Evidence for shares of printers (pages print-post-shares, printer-list-shares and
// printershare-delete, v1.0 2020 to 2024):
//   - documented: a share names its printer, which has one share at most and lists it;
//     what a new share has.
//   - assumed (2026-11): the printer tells that it is shared; a share shows the
//     printer's state, model and what it can do; a second one is a conflict.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// PrinterShare is a printer as users see it.
type PrinterShare struct{}

var (
	_ Created = PrinterShare{}
	_ Deleter = PrinterShare{}
)

var printerShareRules = &Rules{
	Required: []string{"displayName"},
	Created:  []string{"createdDateTime"},
	Defaults: []Default{{"allowAllUsers", "false"}, {"isAcceptingJobs", "true"}, {"status", `{"state":"ready","details":[],"description":""}`}},
}

// Created implements [Created].
func (PrinterShare) Created(tx Tx, e Entity) *grapherr.Error {
	for printer := range tx.Linked(e.Ref, "printer") {
		for other := range tx.Linking(printer.Ref, "printer") {
			if other.Ref != e.Ref && strings.HasSuffix(other.Type, ".printerShare") {
				return grapherr.Conflict(tx.Family(), "The printer is shared already.")
			}
		}
		for _, name := range []string{"manufacturer", "model", "status", "location", "defaults", "capabilities", "isAcceptingJobs"} {
			if raw, ok := printer.Get(name); ok && string(raw) != "null" {
				e.Set(name, raw)
			}
		}
		if fault := tx.Replace(e.Ref, e.Object); fault != nil {
			return fault
		}
		return shared(tx, printer, true)
	}
	return grapherr.Rule(tx.Family(), "BadRequest", "The printer of the share is missing.")
}

// Delete implements [Deleter].
func (PrinterShare) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	for printer := range tx.Linked(e.Ref, "printer") {
		return false, shared(tx, printer, false)
	}
	return false, nil
}

// shared notes whether a printer is shared.
func shared(tx Tx, printer Entity, is bool) *grapherr.Error {
	members := printer.Object.Clone()
	members.Set("isShared", []byte(boolean(is)))
	return tx.Replace(printer.Ref, members)
}
