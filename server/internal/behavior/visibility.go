package behavior

import (
	"maps"
	"slices"
)

// Evidence for what a read shows without being asked (graph-behaviour §2.5):
//   - documented: the resource pages mark properties "returned by default" and
//     "returned only on $select"; read from the model comments of the SDKs for
//     v1.0 and beta of 2026-08, which repeat the pages. Those of user that
//     another service keeps are refused on lists (pages of user: get, list). Left out:
//     toRecipients and ccRecipients of conversationThread, which all examples show.
//   - reported: beta shows nearly all properties of a user.
//   - documented: hasMembersWithLicenseErrors is there for $filter, and isArchived
//     of a group is read of its team.
//   - assumed (2026-11): isFavorite is as the other properties of a group that
//     Outlook keeps; what a group page says to be "supported only on the Get
//     group API" is refused on lists as those of user are, but for
//     membershipRuleProcessingStatus, which an example lists.

// Visibility says which properties of a type a read shows.
type Visibility struct {
	Shown    []string // v1.0 shows these without $select, and no others; nil for all
	OnSelect []string // shown only when $select names them
	Alone    []string // of OnSelect: kept by another service, selected of one entity, never of a list
	Sealed   []Sealed
}

// Sealed is a member of each of a property's values that reads give as null,
// unless the property is selected of one entity.
type Sealed struct{ Property, Member string }

var sealedKeys = []Sealed{{"keyCredentials", "key"}}

// VisibilityOf is that of a type; the zero value, for nearly all types, shows
// everything.
func VisibilityOf(typeName string) Visibility { return visibilities[typeName] }

// VisibleTypes names the types that have a Visibility.
func VisibleTypes() []string { return slices.Sorted(maps.Keys(visibilities)) }

var visibilities = map[string]Visibility{
	"microsoft.graph.user": {
		Shown: []string{
			"businessPhones", "displayName", "givenName", "id", "jobTitle", "mail", "mobilePhone",
			"officeLocation", "preferredLanguage", "surname", "userPrincipalName",
		},
		OnSelect: []string{
			"aboutMe", "birthday", "customSecurityAttributes", "hireDate", "interests", "lastPasswordChangeDateTime",
			"legalAgeGroupClassification", "licenseAssignmentStates", "mailboxSettings", "mySite", "pastProjects", "preferredName",
			"responsibilities", "schools", "signInActivity", "skills",
		},
		Alone: []string{
			"aboutMe", "birthday", "hireDate", "interests", "mailboxSettings", "mySite", "pastProjects", "preferredName",
			"responsibilities", "schools", "skills",
		},
	},
	"microsoft.graph.group": {
		OnSelect: []string{
			"allowExternalSenders", "assignedLabels", "assignedLicenses", "autoSubscribeNewMembers", "hasMembersWithLicenseErrors", "hideFromAddressLists",
			"hideFromOutlookClients", "isArchived", "isFavorite", "isManagementRestricted", "isSubscribedByMail", "licenseProcessingState",
			"membershipRuleProcessingStatus", "unseenConversationsCount", "unseenCount", "unseenMessagesCount",
		},
		Alone: []string{
			"allowExternalSenders", "autoSubscribeNewMembers", "hideFromAddressLists", "hideFromOutlookClients",
			"isSubscribedByMail", "unseenCount",
		},
	},
	"microsoft.graph.teamsTab":                  {OnSelect: []string{"name"}},
	"microsoft.graph.device":                    {OnSelect: []string{"isManagementRestricted", "onPremisesSecurityIdentifier"}},
	"microsoft.graph.application":               {OnSelect: []string{"authenticationBehaviors"}, Sealed: sealedKeys},
	"microsoft.graph.servicePrincipal":          {OnSelect: []string{"customSecurityAttributes", "passwordSingleSignOnSettings"}, Sealed: sealedKeys},
	"microsoft.graph.educationUser":             {OnSelect: []string{"refreshTokensValidFromDateTime"}},
	"microsoft.graph.deviceLocalCredentialInfo": {OnSelect: []string{"credentials"}, Alone: []string{"credentials"}},
	"microsoft.graph.bitlockerRecoveryKey":      {OnSelect: []string{"key"}},
	"microsoft.graph.message":                   {OnSelect: []string{"internetMessageHeaders", "uniqueBody"}},
	"microsoft.graph.event":                     {OnSelect: []string{"cancelledOccurrences"}},
	"microsoft.graph.cloudPcOnPremisesConnection": {
		OnSelect: []string{"alternateResourceUrl", "healthCheckStatusDetail", "healthCheckStatusDetails", "inUse"},
	},
}
