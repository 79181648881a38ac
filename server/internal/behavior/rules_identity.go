package behavior

// Evidence for identity governance and authentication methods:
//   - documented (pages of the resources, 2021 to 2025): an authentication
//     method's configuration shows whom it includes without being asked, so do a
//     mobility policy and the operation that registers a printer; a resource
//     request brings its resource along, and an assignment to a user flow
//     its attribute.

var (
	methodConfigurationRules = &Rules{Shown: []string{"includeTargets"}}
	resourceRequestRules     = &Rules{Deep: []string{"accessPackageResource"}}
	mobilityRules            = &Rules{Shown: []string{"includedGroups"}}
	printerCreateRules       = &Rules{Shown: []string{"printer"}}
	flowAttributeRules       = &Rules{Deep: []string{"userAttribute"}}
)
