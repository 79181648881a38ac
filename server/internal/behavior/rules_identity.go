package behavior

// Evidence for identity governance and authentication methods:
//   - documented (pages of the resources, 2021 to 2025): an authentication
//     method's configuration shows whom it includes without being asked, and a
//     change may bring that; a mobility policy shows its groups, the operation
//     that registers a printer the printer.

var (
	methodConfigurationRules = &Rules{Shown: []string{"includeTargets"}}
	mobilityRules            = &Rules{Shown: []string{"includedGroups"}}
	printerCreateRules       = &Rules{Shown: []string{"printer"}}
)
