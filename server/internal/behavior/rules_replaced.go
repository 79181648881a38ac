package behavior

// Evidence for PUT of entities (pages of the operations, 2021 to 2025):
//   - documented as replacing, or as wanting the whole object: shift, schedulingGroup,
//     timeOff, timeOffReason, timeCard, accessReviewScheduleDefinition,
//     trustFrameworkKeySet, customClaimsPolicy.
//   - documented as creating: externalItem, whose pages know no POST; a language of a user
//     flow is created or changed, as are activities and their history (projectrome-put-…).
//     A PATCH creates an authenticationContextClassReference (page
//     authenticationcontextclassreference-update, v1.0).
//   - documented as keeping what is left out: accessPackageAssignmentPolicy, so that
//     it is not here; the template of a team, too.
//   - assumed (2026-11): openShift as its siblings; what is replaced are the
//     properties that their pages call writable; a schedule keeps its other settings.

// putRules are the types whose PUT differs from PATCH.
var putRules = map[string]*Rules{
	"shift":                               {Replaced: []string{"schedulingGroupId", "sharedShift", "draftShift"}},
	"openShift":                           {Replaced: []string{"schedulingGroupId", "sharedOpenShift", "draftOpenShift"}},
	"timeOff":                             {Replaced: []string{"sharedTimeOff", "draftTimeOff"}},
	"timeOffReason":                       {Replaced: []string{"displayName", "iconType", "code"}},
	"schedulingGroup":                     {Replaced: []string{"displayName", "userIds", "code"}},
	"timeCard":                            {Replaced: []string{"breaks", "clockInEvent", "clockOutEvent", "confirmedBy", "notes"}},
	"trustFrameworkKeySet":                {Replaced: []string{"keys"}},
	"userActivity":                        {Upserted: true, Upserts: 201, OwnID: "id"},
	"activityHistoryItem":                 {Upserted: true, Upserts: 201, OwnID: "id"},
	"organizationalBrandingLocalization":  {OwnID: "id", Required: []string{"id"}},
	"targetDeviceGroup":                   {OwnID: "id"},
	"authenticationContextClassReference": {Patched: true, OwnID: "id"},
	"userFlowLanguageConfiguration":       {Upserted: true, OwnID: "id"},
	"externalConnectors.externalItem":     {Upserted: true, Replaced: []string{"acl", "properties", "content"}},
	"customClaimsPolicy":                  {Replaced: []string{"audienceOverride", "claims", "includeApplicationIdInIssuer", "includeBasicClaimSet"}},
	"accessReviewScheduleDefinition":      {Replaced: []string{"displayName", "descriptionForAdmins", "descriptionForReviewers", "fallbackReviewers", "reviewers", "settings"}},
}

// replaced are the registrations of what PUT replaces or creates.
func replaced() (all []Registration) {
	for name, rules := range putRules {
		all = append(all, Registration{Type: "microsoft.graph." + name, Rules: rules})
	}
	return all
}
