package behavior

// Evidence for directoryAudit (pages list and get and resource pages of v1.0 and
// beta, 2018 to 2025):
//   - documented: who, what, when, on what and with which changes; entries go after
//     30 days.
//   - assumed (2026-11): values of changed properties are JSON in a string, within brackets;
//     their names begin with a capital; "Included Updated Properties" names them all;
//     a link names the group or role as properties of who joins it, and then itself;
//     users are told by their principal name and not by their display name; the
//     User-Agent is an additional detail; the log begins with the newest.
//   - assumed, too: an entry is made when somebody reads the log, from what was
//     noted with the write; what a fixture says is no activity; what was refused is
//     not logged.

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const (
	directoryAudits = "auditLogs/directoryAudits"
	auditTime       = 30 * 24 * time.Hour // that an entry stays
)

// DirectoryAudit is the log of what was done to the directory.
type DirectoryAudit struct{}

var (
	_ Supplier = DirectoryAudit{}
	_ Accruing = DirectoryAudit{}
)

// Accrued implements [Accruing].
func (DirectoryAudit) Accrued(tx Tx) bool { return tx.AnyDeeds() }

// Supply implements [Supplier].
func (DirectoryAudit) Supply(tx Tx, _ Entity, _ string) *grapherr.Error {
	c := Root(directoryAudits)
	if fault := outdate(tx, c, "activityDateTime", auditTime); fault != nil {
		return fault
	}
	for _, d := range tx.Deeds() {
		for _, name := range activities(&d) {
			if _, fault := tx.Insert(c, Entity{Object: auditEntry(tx, &d, name)}); fault != nil {
				return fault
			}
		}
	}
	return nil
}

// mostOutdated is how many entries one reading of a log removes at most.
const mostOutdated = 1000

// outdate removes the oldest entries of a log, as long as they are older than it
// keeps them.
func outdate(tx Tx, log Collection, property string, after time.Duration) *grapherr.Error {
	var old []Ref
	for e := range tx.All(log) {
		at, err := time.Parse(time.RFC3339, text(e.Object, property))
		if err != nil || tx.Now().Sub(at) <= after || len(old) == mostOutdated {
			break
		}
		old = append(old, e.Ref)
	}
	for _, ref := range old {
		if fault := tx.Delete(ref); fault != nil {
			return fault
		}
	}
	return nil
}

// activities are what a deed is called: the general name, and what else it amounts
// to.
func activities(d *Deed) []string {
	of := auditedSets[auditedKey(d)]
	switch d.Kind {
	case Linked, Unlinked:
		return named(of.links[d.Navigation][d.Kind-Linked])
	case Changed:
		if name := auditedCalls[OperationName(strings.ReplaceAll(d.Operation, "microsoft.graph.", ""))]; name != "" {
			return named(name)
		}
		if d.Set == "users" {
			return append(named(of.names[Changed]), userActivities(d)...)
		}
	}
	return named(of.names[d.Kind])
}

func auditedKey(d *Deed) string {
	if _, root := auditedSets[d.Set]; root {
		return d.Set
	}
	return "*/" + d.Set
}

func named(name string) []string {
	if name == "" {
		return nil
	}
	return []string{name}
}

// userActivities are those that a change of some properties of a user has beside
// the update.
func userActivities(d *Deed) (names []string) {
	changed := entity.Differing(d.Before.JSON(), d.Entity.JSON())
	if slices.Contains(changed, "accountEnabled") {
		name := "Disable account"
		if jsonOf(d.Entity.Object, "accountEnabled") == "true" {
			name = "Enable account"
		}
		names = append(names, name)
	}
	if slices.Contains(changed, "passwordProfile") {
		names = append(names, "Reset user password")
	}
	return names
}

// operationTypes are what the log calls the kinds of deeds.
var operationTypes = map[DeedKind]string{
	Made: "Add", Changed: "Update", Removed: "Delete", Restored: "Add", Purged: "Delete", Linked: "Assign", Unlinked: "Unassign",
}

func operationType(d *Deed, of audited) string {
	switch {
	case of.in != "" && d.Kind == Made:
		return operationTypes[Linked]
	case of.in != "" && d.Kind == Removed:
		return operationTypes[Unlinked]
	}
	return operationTypes[d.Kind]
}

func auditEntry(tx Tx, d *Deed, name string) entity.Object {
	of := auditedSets[auditedKey(d)]
	return fields("category", quoted(of.category), "correlationId", quoted(d.Correlation), "result", `"success"`, "resultReason", `""`,
		"activityDisplayName", quoted(name), "activityDateTime", quoted(d.At.UTC().Format(time.RFC3339Nano)),
		"loggedByService", quoted(cmp.Or(of.service, "Core Directory")), "operationType", quoted(operationType(d, of)),
		"initiatedBy", string(initiator(tx, d.By).JSON()), "targetResources", string(arrayOf(targets(tx, d, of))),
		"additionalDetails", string(arrayOf(agentOf(d))))
}

func agentOf(d *Deed) []entity.Object {
	if d.Agent == "" {
		return nil
	}
	return []entity.Object{fields("key", `"User-Agent"`, "value", quoted(d.Agent))}
}

// initiator is who did it: a user, or an application by itself.
func initiator(tx Tx, by Caller) entity.Object {
	if by.User {
		return fields("user", string(fields("id", quoted(by.ID), "displayName", "null", "userPrincipalName", quoted(by.UPN), "ipAddress", `""`).JSON()), "app", "null")
	}
	name, id := by.AppName, by.ID
	if sp, ok := tx.By(Root("servicePrincipals"), "appId", by.AppID); ok {
		name, id = cmp.Or(text(sp.Object, "displayName"), name), sp.ID
	}
	return fields("user", "null", "app", string(fields("appId", quoted(by.AppID), "displayName", quoted(name), "servicePrincipalId", quoted(id), "servicePrincipalName", "null").JSON()))
}

// targets are what a deed was done to.
func targets(tx Tx, d *Deed, of audited) []entity.Object {
	if d.Kind == Linked || d.Kind == Unlinked {
		who := auditedSets[d.OtherSet]
		return []entity.Object{target(who, d.Other, joined(d.Kind, of, d.Entity)), target(of, d.Entity, nil)}
	}
	if of.whose == "" {
		return []entity.Object{target(of, d.Entity, modified(d))}
	}
	whose, found := tx.Find(text(d.Entity.Object, of.whose))
	if !found {
		return []entity.Object{fields("id", quoted(text(d.Entity.Object, of.whose)), "displayName", "null", "type", quoted(of.target), "userPrincipalName", "null",
			"groupType", "null", "modifiedProperties", string(arrayOf(modified(d))))}
	}
	who := of
	if home, known := auditedSets[tx.Home(whose.Ref).Name]; known {
		who = home
	}
	if of.in == "" {
		return []entity.Object{target(who, whose, modified(d))}
	}
	role, _ := tx.Get(Root("roleManagement/directory/roleDefinitions"), text(d.Entity.Object, of.in))
	return []entity.Object{target(who, whose, joined(d.Kind, auditedSets["directoryRoles"], role)), target(auditedSets["directoryRoles"], role, nil)}
}

func target(of audited, e Entity, changes []entity.Object) entity.Object {
	kind, name, upn, group := cmp.Or(of.target, "Other"), "null", "null", "null"
	property := cmp.Or(of.named, "displayName")
	switch {
	case kind == "User" && of.named == "":
		upn = jsonOf(e.Object, "userPrincipalName")
	case e.Has(property):
		name = jsonOf(e.Object, property)
	}
	if kind == "Group" {
		if group = `"azureAD"`; slices.Contains(texts(e.Object, "groupTypes"), "Unified") {
			group = `"unifiedGroups"`
		}
	}
	return fields("id", quoted(e.ID), "displayName", or(name, "null"), "type", quoted(kind), "userPrincipalName", or(upn, "null"), "groupType", group,
		"modifiedProperties", string(arrayOf(changes)))
}

// joined names what somebody joins or leaves.
func joined(kind DeedKind, of audited, e Entity) []entity.Object {
	tell := func(name, value string) entity.Object {
		shown := quoted(quoted(value))
		if kind == Unlinked || kind == Removed {
			return fields("displayName", quoted(of.target+"."+name), "oldValue", shown, "newValue", "null")
		}
		return fields("displayName", quoted(of.target+"."+name), "oldValue", "null", "newValue", shown)
	}
	told := []entity.Object{tell("ObjectID", e.ID), tell("DisplayName", text(e.Object, "displayName"))}
	if id := cmp.Or(text(e.Object, "roleTemplateId"), text(e.Object, "templateId")); id != "" {
		told = append(told, tell("TemplateId", id))
	}
	return told
}

// untoldChanges are members that the log does not tell of: secrets, and what goes
// with every change.
var untoldChanges = []string{"id", "deletedDateTime", "createdDateTime", "passwordProfile", "passwordCredentials", "keyCredentials", "renewedDateTime"}

// modified is what a deed has changed.
func modified(d *Deed) (changes []entity.Object) {
	before, after := d.Before, d.Entity.Object
	switch d.Kind {
	case Removed, Restored, Purged:
		return nil
	case Made:
		before = nil
	}
	var names []string
	for _, name := range entity.Differing(before.JSON(), after.JSON()) {
		if slices.Contains(untoldChanges, name) || strings.Contains(name, "@") || d.Kind == Made && bracketed(after, name) == "[]" {
			continue
		}
		shown := strings.ToUpper(name[:1]) + name[1:]
		changes, names = append(changes, fields("displayName", quoted(shown), "oldValue", quoted(bracketed(before, name)), "newValue", quoted(bracketed(after, name)))), append(names, shown)
	}
	if len(names) == 0 {
		return nil
	}
	return append(changes, fields("displayName", `"Included Updated Properties"`, "oldValue", "null", "newValue", quoted(quoted(strings.Join(names, ", ")))))
}

// bracketed is a value as the log tells it: JSON in brackets.
func bracketed(o entity.Object, name string) string {
	switch raw := or(jsonOf(o, name), ""); {
	case raw == "":
		return "[]"
	case raw[0] == '[':
		return raw
	default:
		return "[" + raw + "]"
	}
}
