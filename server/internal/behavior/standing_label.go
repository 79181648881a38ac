package behavior

// Evidence for informationProtectionPolicySetting (page
// security-informationprotectionpolicysetting-get, beta 2022 to 2025):
//   - documented: everybody has the settings of the policy, and so has the tenant.
//   - assumed (2026-11): the values of a tenant that has never made a policy; the id.

// labelPolicy is what a policy says that nobody has made.
const labelPolicy = `{"id":"71F139249895C2F6DC861031DAC47E0C2C37C6595582D4248CC77FD7293681B5DE348BC71AEB44068CB397DB021CADB4",` +
	`"moreInfoUrl":null,"isMandatory":false,"isDowngradeJustificationRequired":false,"defaultLabelId":null}`

func standingLabels() []Standing {
	return []Standing{
		alone("/security/informationProtection/labelPolicySettings", labelPolicy),
		alone("microsoft.graph.security.informationProtection/labelPolicySettings", labelPolicy).under("security/informationProtection/"),
	}
}
