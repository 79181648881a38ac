package behavior

// Evidence for deviceManagementConfigurationPolicy (page of the resource, beta,
// 2025):
//   - documented: settingCount is the number of settings, isAssigned tells whether
//     the policy is assigned; both are read-only.
//   - documented (pages intune-mam-targetedmanagedappprotection and
//     intune-mam-targetedmanagedappconfiguration, v1.0, 2024): deployedAppCount is the
//     number of a policy's apps, isAssigned tells whether it is assigned.
//   - reported: settings are known by their place from 0 (microsoft-graph-docs#17478);
//     PUT replaces the policy with its settings, which PATCH does not take
//     (terraform-provider-msgraph#36, IntuneManagement).
//   - assumed (2026-11): a policy of no template has the empty id and the family "none"; a policy that a fixture plants with a number of settings
//     and without these keeps the number.

import "strconv"

// ConfigurationPolicy is a policy of the settings catalog.
type ConfigurationPolicy struct{}

var _ Reader = ConfigurationPolicy{}

var configurationPolicyRules = &Rules{
	Created: []string{"createdDateTime"}, Modified: []string{"lastModifiedDateTime"},
	Defaults: []Default{{"templateReference", `{"templateId":"","templateFamily":"none"}`}, {"roleScopeTagIds", `["0"]`}},
	Numbered: []string{"settings"}, Replaced: []string{"settings", "description"},
}

// Computes implements [Computing].
func (ConfigurationPolicy) Computes() []string { return []string{"settingCount", "isAssigned"} }

// Read implements [Reader].
func (ConfigurationPolicy) Read(tx Tx, e *Entity) {
	if e.Ref == None {
		return
	}
	if n := sizeOf(tx, Below(e.Ref, "settings")); n > 0 || !present(e.Object, "settingCount") {
		e.Set("settingCount", []byte(strconv.Itoa(n)))
	}
	if assigned := !isEmpty(tx, Below(e.Ref, "assignments")); assigned || !present(e.Object, "isAssigned") {
		e.Set("isAssigned", []byte(strconv.FormatBool(assigned)))
	}
}

// AppPolicy is a policy of managed apps.
type AppPolicy struct{}

var _ Reader = AppPolicy{}

// Computes implements [Computing].
func (AppPolicy) Computes() []string { return []string{"deployedAppCount", "isAssigned"} }

// Read implements [Reader].
func (AppPolicy) Read(tx Tx, e *Entity) {
	if e.Ref == None {
		return
	}
	if e.Has("deployedAppCount") {
		if n := sizeOf(tx, Below(e.Ref, "apps")); n > 0 {
			e.Set("deployedAppCount", []byte(strconv.Itoa(n)))
		}
	}
	if e.Has("isAssigned") && !isEmpty(tx, Below(e.Ref, "assignments")) {
		e.Set("isAssigned", []byte("true"))
	}
}
