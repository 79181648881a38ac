package behavior

// Evidence for deviceManagementConfigurationPolicy (page of the resource, beta,
// 2025):
//   - documented: settingCount is the number of settings, isAssigned tells whether
//     the policy is assigned; both are read-only.
//   - assumed (2026-11): a policy that a fixture plants with a number of settings
//     and without these keeps the number.

import "strconv"

// ConfigurationPolicy is a policy of the settings catalog.
type ConfigurationPolicy struct{}

var _ Reader = ConfigurationPolicy{}

// Computes implements [Computing].
func (ConfigurationPolicy) Computes() []string { return []string{"settingCount", "isAssigned"} }

// Read implements [Reader].
func (ConfigurationPolicy) Read(tx Tx, e *Entity) {
	for name, count := range map[string]int{"settingCount": below(tx, e, "settings"), "isAssigned": below(tx, e, "assignments")} {
		switch {
		case count == 0 && present(e.Object, name):
		case name == "settingCount":
			e.Set(name, []byte(strconv.Itoa(count)))
		default:
			e.Set(name, []byte(strconv.FormatBool(count > 0)))
		}
	}
}

// below is how many entities a collection of an entity has.
func below(tx Tx, e *Entity, navigation string) (n int) {
	if e.Ref == None {
		return 0
	}
	for range tx.All(Below(e.Ref, navigation)) {
		n++
	}
	return n
}
