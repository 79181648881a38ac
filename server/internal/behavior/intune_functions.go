package behavior

// Evidence for functions of Intune (pages of each, of both versions, 2021 to 2025):
//   - documented: names, parameters, what they return.
//   - reported: the categories of audit events (answers of tenants, 2020 to 2024).
//   - assumed (2026-11): the caller may do what the roles allow that it is assigned, and
//     all of it without one; Windows finds the service of each verified domain; what is
//     assigned to everybody is so to each user.

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const intuneRoleSet = "deviceManagement/roleDefinitions"

// assignedRoles are the assignments of Intune's roles to the caller.
func assignedRoles(tx Tx) (assigned []Entity) {
	self, _ := tx.Self()
	mine := map[string]bool{strings.ToLower(self.ID): true}
	for group := range tx.Linking(self.Ref, "members") {
		mine[strings.ToLower(group.ID)] = true
	}
	for assignment := range tx.All(Root("deviceManagement/roleAssignments")) {
		if slices.ContainsFunc(texts(assignment.Object, "members"), func(id string) bool { return mine[strings.ToLower(id)] }) {
			assigned = append(assigned, assignment)
		}
	}
	return assigned
}

// effectiveRoles are the roles whose permissions the caller has.
func effectiveRoles(tx Tx) (roles []Entity) {
	for _, assignment := range assignedRoles(tx) {
		roles = slices.AppendSeq(roles, tx.Linked(assignment.Ref, "roleDefinition"))
	}
	if len(roles) == 0 {
		roles = slices.Collect(tx.All(Root(intuneRoleSet)))
	}
	if len(roles) == 0 { // nobody has asked for the built-in ones yet
		roles = standingSets()[intuneRoleSet].Entities(tx.Tenant(), "")
	}
	return roles
}

// intunePermissions are the caller's: as roles have them, or their names.
func intunePermissions(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	var names []string
	for _, role := range effectiveRoles(tx) {
		for _, permission := range list(role.Object, "rolePermissions") {
			for _, action := range list(permission, "resourceActions") {
				names = append(names, texts(action, "allowedResourceActions")...)
			}
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if !p.Has("scope") {
		return Result{Values: arrayOfTexts(names)}, nil
	}
	action := fields("allowedResourceActions", string(arrayOfTexts(names)), "notAllowedResourceActions", "[]")
	permission := fields("resourceActions", string(arrayOf([]entity.Object{action})))
	if tx.Version() == "beta" {
		permission.Set("actions", arrayOfTexts(names))
	}
	return Result{IsList: true, Collection: []Entity{{Object: permission}}}, nil
}

// assignedRoleDetails are the ids of the caller's assignments and roles.
func assignedRoleDetails(tx Tx, _ *Entity, _ entity.Object) (Result, *grapherr.Error) {
	assignments, roles := []string{}, []string{}
	for _, a := range assignedRoles(tx) {
		assignments = append(assignments, a.ID)
		for role := range tx.Linked(a.Ref, "roleDefinition") {
			roles = append(roles, role.ID)
		}
	}
	return Object(fields("roleAssignmentIds", string(arrayOfTexts(assignments)), "roleDefinitionIds", string(arrayOfTexts(roles)))), nil
}

var auditCategories = strings.Fields("Other Enrollment Compliance DeviceConfiguration Device Application EBookManagement ConditionalAccess " +
	"OnPremiseAccess Role SoftwareUpdates DeviceSetupConfiguration DeviceIntent DeviceIntentSetting DeviceSecurity GroupPolicyAnalytics")

// intuneAuditCategories are those that there are, and those of events.
func intuneAuditCategories(tx Tx, _ *Entity, _ entity.Object) (Result, *grapherr.Error) {
	categories := slices.Clone(auditCategories)
	for event := range tx.All(Root("deviceManagement/auditEvents")) {
		if c := text(event.Object, "category"); c != "" && !slices.Contains(categories, c) {
			categories = append(categories, c)
		}
	}
	return Result{Values: arrayOfTexts(categories)}, nil
}

// intuneActivityTypes are those of the events of a category.
func intuneActivityTypes(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	types := []string{}
	for event := range tx.All(Root("deviceManagement/auditEvents")) {
		t := text(event.Object, "activityType")
		if t != "" && strings.EqualFold(text(event.Object, "category"), text(p, "category")) && !slices.Contains(types, t) {
			types = append(types, t)
		}
	}
	return Result{Values: arrayOfTexts(types)}, nil
}

// discoverable tells whether Windows finds the service by a domain.
func discoverable(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	domain, known := tx.Get(Root("domains"), text(p, "domainName"))
	return Result{Value: json.RawMessage(strconv.FormatBool(known && jsonOf(domain.Object, "isVerified") != "false"))}, nil
}

// hasCustomScopeTag tells whether there is a scope tag beside the built-in one.
func hasCustomScopeTag(tx Tx, _ *Entity, _ entity.Object) (Result, *grapherr.Error) {
	for tag := range tx.All(Root("deviceManagement/roleScopeTags")) {
		if tag.ID != "0" && jsonOf(tag.Object, "isBuiltIn") != "true" {
			return Result{Value: json.RawMessage("true")}, nil
		}
	}
	return Result{Value: json.RawMessage("false")}, nil
}

// validFilter says that a rule can be read: that is, whether it has balanced brackets
// and quotes.
func validFilter(_ Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	rule := text(inner(p, "deviceAndAppManagementAssignmentFilter"), "rule")
	valid := rule != "" && strings.Count(rule, "(") == strings.Count(rule, ")") && strings.Count(rule, `"`)%2 == 0
	return Object(fields("isValidRule", strconv.FormatBool(valid))), nil
}

// filterState is that filters are on.
func filterState(Tx, *Entity, entity.Object) (Result, *grapherr.Error) {
	return Object(fields("enabled", "true")), nil
}

// payloadLinks tells which of several payloads are assigned by anything.
func payloadLinks(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	result := Result{IsList: true}
	for _, id := range texts(p, "payloadIds") {
		linked := false
		if e, found := tx.Get(tx.Collection(), id); found {
			linked = !isEmpty(tx, Below(e.Ref, "assignments"))
		}
		result.Collection = append(result.Collection, Entity{Object: fields(
			"payloadId", quoted(id), "hasLink", strconv.FormatBool(linked), "error", "null", "sources", "[]")})
	}
	return result, nil
}

// healthSummary counts scripts, and devices that they have mended.
func healthSummary(tx Tx, _ *Entity, _ entity.Object) (Result, *grapherr.Error) {
	scripts, mended := 0, 0
	for script := range tx.All(Root("deviceManagement/deviceHealthScripts")) {
		scripts++
		for state := range tx.All(Below(script.Ref, "deviceRunStates")) {
			if text(state.Object, "remediationState") == "success" {
				mended++
			}
		}
	}
	return Object(fields("scriptCount", strconv.Itoa(scripts), "remediatedDeviceCount", strconv.Itoa(mended))), nil
}

// nonCompliantSettings are those of a device's states that are not as a policy wants.
func nonCompliantSettings(tx Tx, device *Entity, _ entity.Object) (Result, *grapherr.Error) {
	result := Result{IsList: true}
	for state := range tx.All(Below(device.Ref, "deviceCompliancePolicyStates")) {
		for _, setting := range list(state.Object, "settingStates") {
			if s := text(setting, "state"); s == "nonCompliant" || s == "error" || s == "conflict" {
				result.Collection = append(result.Collection, Entity{Object: setting})
			}
		}
	}
	return result, nil
}
