package behavior

// Evidence for actions of eDiscovery cases that go on (pages
// security-ediscoverysearch-estimatestatistics, security-ediscoverycustodian-applyhold,
// -release, -activate and their neighbours, 2022 to 2024):
//   - documented: the answer is 202 and, where the page has a resource for it, a
//     Location where the operation is told, which the case lists among its operations;
//     a search leads to its last estimate.
//   - assumed (2026-11): the operation has succeeded when it is asked for; an estimate
//     finds nothing.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// caseWork is an action that leaves an operation with the case.
type caseWork struct {
	does   Invoker // what it changes; nil for nothing
	typ    string  // of the operation, behind "microsoft.graph.security."
	action string
	last   string // navigation from what it is called on to the operation; "" for none
}

var _ Invoker = caseWork{}

// caseWorks are keyed as transits are.
var caseWorks = map[string]caseWork{
	"ediscoverySearch/estimateStatistics":          {typ: "ediscoveryEstimateOperation", action: "estimateStatistics", last: "lastEstimateStatisticsOperation"},
	"ediscoverySearch/purgeData":                   {typ: "ediscoveryPurgeDataOperation", action: "purgeData"},
	"ediscoverySearch/exportReport":                {typ: "ediscoverySearchExportOperation", action: "exportReport"},
	"ediscoverySearch/exportResult":                {typ: "ediscoverySearchExportOperation", action: "exportResult"},
	"ediscoveryReviewSet/addToReviewSet":           {typ: "ediscoveryAddToReviewSetOperation", action: "addToReviewSet"},
	"ediscoveryReviewSet/export":                   {typ: "ediscoveryExportOperation", action: "contentExport"},
	"ediscoveryReviewSetQuery/export":              {typ: "ediscoveryExportOperation", action: "contentExport"},
	"ediscoveryReviewSetQuery/applyTags":           {typ: "ediscoveryTagOperation", action: "applyTags"},
	"ediscoveryCustodian/updateIndex":              {typ: "ediscoveryIndexOperation", action: "index", last: "lastIndexOperation"},
	"ediscoveryNoncustodialDataSource/updateIndex": {typ: "ediscoveryIndexOperation", action: "index", last: "lastIndexOperation"},
}

// holds are what the actions that change holds make of it, of one entity or several.
var holds = map[string]transit{
	"applyHold":  {stateOf("holdStatus", "applied"), answersNothing},
	"removeHold": {stateOf("holdStatus", "notApplied"), answersNothing},
}

// Invoke implements [Invoker].
func (w caseWork) Invoke(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	if w.does != nil {
		if _, fault := w.does.Invoke(tx, bound, p); fault != nil {
			return Result{}, fault
		}
	}
	owner, known := caseOf(tx)
	if !known {
		return Result{}, nil
	}
	now := quoted(instant(tx.Now()))
	o := fields("id", quoted(tx.NewID()), "action", quoted(w.action), "status", `"succeeded"`, "percentProgress", "100",
		"createdBy", string(Actor(tx)), "createdDateTime", now, "completedDateTime", now)
	made, fault := tx.Insert(Below(owner.Ref, "operations"), Entity{Type: securityTypes + w.typ, Object: o})
	if fault != nil {
		return Result{}, fault
	}
	if w.last != "" && bound != nil {
		if fault := relink(tx, bound.Ref, w.last, made.Ref); fault != nil {
			return Result{}, fault
		}
	}
	return Result{Location: tx.URL("/security/cases/ediscoveryCases/" + owner.ID + "/operations/" + made.ID)}, nil
}

// relink makes a single-valued navigation lead to another entity.
func relink(tx Tx, from Ref, navigation string, to Ref) *grapherr.Error {
	var old []Ref
	for e := range tx.Linked(from, navigation) {
		old = append(old, e.Ref)
	}
	for _, ref := range old {
		if _, fault := tx.Unlink(from, navigation, ref); fault != nil {
			return fault
		}
	}
	_, fault := tx.Link(from, navigation, to)
	return fault
}

// caseOf is the case that the call is about.
func caseOf(tx Tx) (Entity, bool) {
	for ref := tx.Collection().Parent; ref != None; ref = tx.Home(ref).Parent {
		home := tx.Home(ref)
		if home.Parent == None {
			return tx.Entity(ref)
		}
	}
	return Entity{}, false
}

func holdWork(does Invoker) caseWork {
	return caseWork{does: does, typ: "ediscoveryHoldOperation", action: "holdUpdate"}
}

func caseOperations() (all []Registration) {
	for name, work := range caseWorks {
		typ, action, _ := strings.Cut(name, "/")
		all = append(all, Registration{Bound: securityTypes + typ + "/security." + action, Behavior: work})
	}
	for _, typ := range []string{"ediscoveryCustodian", "ediscoveryNoncustodialDataSource"} {
		for action, hold := range holds {
			all = append(all,
				Registration{Bound: securityTypes + typ + "/security." + action, Behavior: holdWork(hold)},
				Registration{Bound: "Collection(" + securityTypes + typ + ")/security." + action, Behavior: holdWork(transitOfMembers{"ids", hold})})
		}
	}
	return all
}

// caseSettings are those of a new case (page security-ediscoverycasesettings-get).
const caseSettings = `{"id":"settings","redundancyDetection":{"isEnabled":true,"similarityThreshold":65,"minWords":10,"maxWords":500000},` +
	`"topicModeling":{"isEnabled":false,"ignoreNumbers":true,"topicCount":100,"dynamicallyAdjustTopicCount":true},` +
	`"ocr":{"isEnabled":false,"maxImageSize":24576,"timeout":"PT1M"}}`
