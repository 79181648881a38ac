package behavior

// Evidence for cloudPcBulkAction (graph-behaviour §11.7):
//   - documented: a derived type is required, 201 with status pending,
//     actionSummary, createdDateTime and initiatedByUserPrincipalName.
//   - assumed (2026-11): the action is done at once on each Cloud PC that allows
//     it, which the summary tells when the time of an action has passed.

import (
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// BulkAction is a remote action on several Cloud PCs.
type BulkAction struct{}

var (
	_ Creator = BulkAction{}
	_ Created = BulkAction{}
	_ Reader  = BulkAction{}
)

// Create implements [Creator].
func (BulkAction) Create(tx Tx, e *Entity) *grapherr.Error {
	if e.Type == "microsoft.graph.cloudPcBulkAction" {
		return grapherr.Rule("cloudpc", "parameterValidationFailed", "The @odata.type of a bulk action must be one of the derived types.")
	}
	ids := texts(e.Object, "cloudPcIds")
	if len(ids) == 0 {
		return grapherr.Invalid("cloudpc", grapherr.Property{Name: "cloudPcIds", Kind: "required"})
	}
	e.SetString("status", "pending")
	e.SetString("createdDateTime", instant(tx.Now()))
	e.SetString("initiatedByUserPrincipalName", tx.Caller().UPN)
	e.Set("actionSummary", summary(0, len(ids), 0))
	return nil
}

func summary(failed, pending, successful int) []byte {
	return fields("failedCount", strconv.Itoa(failed), "inProgressCount", "0", "notSupportedCount", "0",
		"pendingCount", strconv.Itoa(pending), "successfulCount", strconv.Itoa(successful)).JSON()
}

// bulkResults is where the outcome of each Cloud PC is kept until it is told.
const bulkResults = "results"

// Created implements [Created].
func (BulkAction) Created(tx Tx, e Entity) *grapherr.Error {
	return perform(tx, &e, texts(e.Object, "cloudPcIds"))
}

// perform does a bulk action on Cloud PCs and keeps how many it failed on.
func perform(tx Tx, e *Entity, ids []string) *grapherr.Error {
	failed := 0
	for _, id := range ids {
		pc, ok := tx.Get(Root(virtualEndpoint+"cloudPCs"), id)
		action := actionNamed(strings.TrimPrefix(e.Type, "microsoft.graph.cloudPcBulk"))
		if !ok || action == nil {
			failed++
			continue
		}
		pc.Object = pc.Clone()
		if _, refused := action.Invoke(tx, &pc, e.Object); refused != nil {
			failed++
			continue
		}
		if fault := tx.Replace(pc.Ref, pc.Object); fault != nil {
			return fault
		}
	}
	_, fault := tx.Put(Below(e.Ref, bulkResults), Entity{Object: fields("failed", strconv.Itoa(failed))})
	return fault
}

// actionNamed is the remote action that a bulk action's type names.
func actionNamed(name string) Invoker {
	if name == "Restart" {
		name = "reboot"
	}
	if name == "ReinstallAgent" {
		name = "retryPartnerAgentInstallation"
	}
	for _, r := range remoteActions() {
		if a := r.Behavior.(RemoteAction); strings.EqualFold(a.Name, name) {
			if a.Name == "restore" {
				a.Required = "" // a bulk restore names a time instead of a snapshot
			}
			return a
		}
	}
	return nil
}

// Read implements [Reader].
func (BulkAction) Read(tx Tx, e *Entity) {
	if text(e.Object, "status") != "pending" || !passed(tx, e, "createdDateTime", transientTime) {
		return
	}
	kept, _ := tx.Get(Below(e.Ref, bulkResults), "")
	failed, all := number(kept.Object, "failed", 0), len(texts(e.Object, "cloudPcIds"))
	e.SetString("status", "succeeded")
	if failed > 0 {
		e.SetString("status", "failed")
	}
	e.Set("actionSummary", summary(failed, 0, all-failed))
}

func retryBulkAction(tx Tx, e *Entity, p entity.Object) (Result, *grapherr.Error) {
	e.SetString("status", "pending")
	e.SetString("createdDateTime", instant(tx.Now()))
	return Result{}, perform(tx, e, texts(p, "cloudPcIds"))
}
