package behavior

// Evidence for histories of access reviews and queries of the audit log (pages
// accessreviewset-post-historydefinitions, accessreviewhistorydefinition-list-instances and
// accessreviewhistoryinstance-generatedownloaduri of v1.0, 2021 to 2024,
// security-auditcoreroot-post-auditlogqueries of v1.0, 2024):
//   - documented: what a history must say; it is requested first and done later, with an
//     instance for its period; a query of the audit log has not started first.
//   - assumed (2026-11): each takes a second of the fake's clock; a query finds nothing.

import (
	"time"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const historyTime = time.Second

var (
	historyRules = &Rules{
		Required: []string{"displayName", "scopes"},
		Defaults: []Default{{"status", `"requested"`}},
	}
	auditQueryRules = &Rules{Defaults: []Default{{"status", `"notStarted"`}}}
)

// ReviewHistory is a history of access reviews, or one of its instances.
type ReviewHistory struct{}

var (
	_ Created = ReviewHistory{}
	_ Reader  = ReviewHistory{}
)

// Created implements [Created].
func (ReviewHistory) Created(tx Tx, e Entity) *grapherr.Error {
	now := quoted(instant(tx.Now()))
	_, fault := tx.Insert(Below(e.Ref, "instances"), Entity{Object: fields("id", quoted(tx.NewID()), "status", `"done"`,
		"reviewHistoryPeriodStartDateTime", or(jsonOf(e.Object, "reviewHistoryPeriodStartDateTime"), "null"),
		"reviewHistoryPeriodEndDateTime", or(jsonOf(e.Object, "reviewHistoryPeriodEndDateTime"), "null"),
		"runDateTime", now, "fulfilledDateTime", now, "expirationDateTime", quoted(instant(tx.Now().AddDate(0, 0, 30))), "downloadUri", "null")})
	return fault
}

// Read implements [Reader].
func (ReviewHistory) Read(tx Tx, e *Entity) {
	if text(e.Object, "status") == "requested" && passed(tx, e, "createdDateTime", historyTime) {
		e.SetString("status", "done")
	}
}

// AuditQuery is a query of the audit log. When it was asked is kept in a hidden
// collection.
type AuditQuery struct{}

var (
	_ Created = AuditQuery{}
	_ Reader  = AuditQuery{}
)

// Created implements [Created].
func (AuditQuery) Created(tx Tx, e Entity) *grapherr.Error {
	_, fault := tx.Insert(Below(e.Ref, "~asked"), Entity{Object: fields("at", quoted(instant(tx.Now())))})
	return fault
}

// Read implements [Reader].
func (AuditQuery) Read(tx Tx, e *Entity) {
	if e.Ref == None || text(e.Object, "status") != "notStarted" {
		return
	}
	for asked := range tx.All(Below(e.Ref, "~asked")) {
		if passed(tx, &asked, "at", historyTime) {
			e.SetString("status", "succeeded")
		}
	}
}
