package behavior

import "strings"

// Evidence for the tenant's policies:
//   - documented (pages "get" of the policies and of the default cross-tenant access
//     settings, and the PowerShell reference of authorizationPolicy, 2021 to 2026):
//     ids, names and values of a tenant that nobody has configured; security
//     defaults are on in new tenants.
//   - reported (configurations and audits published 2023 to 2026): the consent
//     policies that users are assigned; the providers by which invitations are
//     redeemed; everybody may join up to fifty devices.
//   - documented (page of the Cloud PC security baseline's removal from Intune enrollment,
//     and list-mobiledevicemanagementpolicies, 2022 to 2025): Intune's two mobility
//     policies and their URLs, which apply to nobody before somebody says so.
//   - reported (Microsoft365DSC, 2024 to 2026): a reset password clears a user's risk, or not.
//   - assumed (2026-11): it does; descriptions are empty.

// assignedConsent are the consent policies that users have.
const assignedConsent = `["ManagePermissionGrantsForSelf.microsoft-user-default-legacy",` +
	`"ManagePermissionGrantsForOwnedResource.microsoft-dynamically-managed-permissions-for-team",` +
	`"ManagePermissionGrantsForOwnedResource.microsoft-dynamically-managed-permissions-for-chat"]`

// b2b is who takes part across tenants, and with what: all are allowed or blocked.
func b2b(access string) string {
	return strings.ReplaceAll(`"usersAndGroups":{"accessType":"?","targets":[{"target":"AllUsers","targetType":"user"}]},`+
		`"applications":{"accessType":"?","targets":[{"target":"AllApplications","targetType":"application"}]}`, "?", access)
}

// standingPolicies are the singletons among the policies.
func standingPolicies() []Standing {
	return []Standing{
		alone("/policies/authorizationPolicy", `{"id":"authorizationPolicy","displayName":"Authorization Policy","description":"",`+
			`"allowInvitesFrom":"everyone","allowedToSignUpEmailBasedSubscriptions":true,"allowedToUseSSPR":true,`+
			`"allowEmailVerifiedUsersToJoinOrganization":false,"allowUserConsentForRiskyApps":false,"blockMsolPowerShell":false,`+
			`"guestUserRoleId":"10dae51f-b6af-4016-8d66-8c2a99b929b3","enabledPreviewFeatures":[],`+
			`"permissionGrantPolicyIdsAssignedToDefaultUserRole":`+assignedConsent+`,`+
			`"defaultUserRolePermissions":{"allowedToCreateApps":true,"allowedToCreateSecurityGroups":true,"allowedToCreateTenants":true,`+
			`"allowedToReadBitlockerKeysForOwnedDevice":true,"allowedToReadOtherUsers":true,"permissionGrantPoliciesAssigned":`+assignedConsent+`}}`),
		alone("/policies/identitySecurityDefaultsEnforcementPolicy",
			`{"id":"00000000-0000-0000-0000-000000000005","displayName":"Security Defaults","description":"","isEnabled":true}`),
		alone("/policies/authenticationFlowsPolicy",
			`{"id":"authenticationFlowsPolicy","displayName":"Authentication flows policy","description":"","selfServiceSignUp":{"isEnabled":false}}`),
		alone("/policies/crossTenantAccessPolicy", `{"id":"crossTenantAccessPolicy","displayName":"CrossTenantAccessPolicy","allowedCloudEndpoints":[]}`),
		alone("/policies/crossTenantAccessPolicy/default", `{"id":"default","isServiceDefault":true,`+
			`"inboundTrust":{"isMfaAccepted":false,"isCompliantDeviceAccepted":false,"isHybridAzureADJoinedDeviceAccepted":false},`+
			`"b2bCollaborationInbound":{`+b2b("allowed")+`},"b2bCollaborationOutbound":{`+b2b("allowed")+`},`+
			`"b2bDirectConnectInbound":{`+b2b("blocked")+`},"b2bDirectConnectOutbound":{`+b2b("blocked")+`},`+
			`"tenantRestrictions":{"devices":null,`+b2b("blocked")+`},`+
			`"automaticUserConsentSettings":{"inboundAllowed":false,"outboundAllowed":false},`+
			`"invitationRedemptionIdentityProviderConfiguration":{"fallbackIdentityProvider":"defaultConfiguredIdp",`+
			`"primaryIdentityProviderPrecedenceOrder":["externalFederation","azureActiveDirectory","socialIdentityProviders"]}}`),
		alone("/policies/deviceRegistrationPolicy", `{"id":"deviceRegistrationPolicy","displayName":"Device Registration Policy","description":"",`+
			`"userDeviceQuota":50,"multiFactorAuthConfiguration":"notRequired","localAdminPassword":{"isEnabled":false},`+
			`"azureADRegistration":{"isAdminConfigurable":false,"allowedToRegister":{"@odata.type":"#microsoft.graph.allDeviceRegistrationMembership"}},`+
			`"azureADJoin":{"isAdminConfigurable":true,"allowedToJoin":{"@odata.type":"#microsoft.graph.allDeviceRegistrationMembership"},`+
			`"localAdmins":{"enableGlobalAdmins":true,"registeringUsers":{"@odata.type":"#microsoft.graph.allDeviceRegistrationMembership"}}}}`),
		alone("/policies/defaultAppManagementPolicy", `{"id":"00000000-0000-0000-0000-000000000000",`+
			`"displayName":"Default app management tenant policy","description":"","isEnabled":false,`+
			`"applicationRestrictions":{"passwordCredentials":[],"keyCredentials":[]},"servicePrincipalRestrictions":{"passwordCredentials":[],"keyCredentials":[]}}`),
		alone("/policies/externalIdentitiesPolicy", `{"id":"externalIdentitiesPolicy","displayName":"External Identities Policy","description":"",`+
			`"allowDeletedIdentitiesDataRemoval":false,"allowExternalIdentitiesToLeave":true}`),
		alone("/identityProtection/policy", `{"id":"policy","isUserRiskClearedOnPasswordReset":true}`),
		several("/policies/mobileDeviceManagementPolicies",
			`{"id":"0000000a-0000-0000-c000-000000000000","displayName":"Microsoft Intune",`+mobility+`=Compliance"}`,
			`{"id":"d4ebce55-015a-49b5-a083-c84d1797ae8c","displayName":"Microsoft Intune Enrollment",`+mobility+`"}`),
		several("/policies/mobileAppManagementPolicies", `{"id":"0000000a-0000-0000-c000-000000000000","displayName":"Microsoft Intune",`+
			`"description":"","isValid":true,"appliesTo":"none","discoveryUrl":"https://wip.mam.manage.microsoft.com/Enroll"}`),
	}
}

// mobility is what the policies by which devices get to Intune have alike.
const mobility = `"description":"","isValid":true,"appliesTo":"none","discoveryUrl":"https://enrollment.manage.microsoft.com/enrollmentserver/discovery.svc",` +
	`"termsOfUseUrl":"https://portal.manage.microsoft.com/TermsofUse.aspx","complianceUrl":"https://portal.manage.microsoft.com/?portalAction`
