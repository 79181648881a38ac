package behavior

// directory is the behaviours of users, groups, applications and what else
// Microsoft Entra ID keeps.
func directory() []Registration {
	all := []Registration{
		{Type: "microsoft.graph.user", Behavior: User{}, Rules: userRules},
		{Type: "microsoft.graph.group", Behavior: Group{}, Rules: groupRules},
		{Type: "microsoft.graph.application", Behavior: Application{}, Rules: applicationRules},
		{Type: "microsoft.graph.servicePrincipal", Behavior: ServicePrincipal{}, Rules: servicePrincipalRules},
		{Type: "microsoft.graph.appRoleAssignment", Behavior: AppRoleAssignment{}, Rules: appRoleAssignmentRules},
		{Type: "microsoft.graph.oAuth2PermissionGrant", Behavior: PermissionGrant{}, Rules: permissionGrantRules},
		{Type: "microsoft.graph.device", Rules: deviceRules},
		{Type: "microsoft.graph.directoryRole", Behavior: DirectoryRole{}, Rules: directoryRoleRules},
		{Type: "microsoft.graph.directoryRoleTemplate", Rules: roleTemplateRules},
		{Navigation: "/organization", Behavior: Organization{}},
		{Navigation: "/applicationTemplates", Behavior: Gallery{}},
		{Bound: "Collection(microsoft.graph.identityProviderBase)/availableProviderTypes", Behavior: invoked(availableProviderTypes)},
		{Operation: "GET /reports/authenticationMethods/userRegistrationDetails", Behavior: UserRegistrations{}},
		{Operation: "GET /reports/authenticationMethods/userRegistrationDetails/{id}", Behavior: UserRegistration{}},
		{Navigation: "/directory/subscriptions", Behavior: CompanySubscriptions{}},
		{Navigation: "microsoft.graph.domain/serviceConfigurationRecords", Behavior: ServiceRecords{}},
		{Navigation: "microsoft.graph.domain/verificationDnsRecords", Behavior: VerificationRecords{}},
		{Type: "microsoft.graph.groupSetting", Behavior: GroupSetting{}},
		{Type: "microsoft.graph.directorySetting", Behavior: GroupSetting{}},
		{Type: "microsoft.graph.profileCardProperty", Rules: profileCardRules},
		{Type: "microsoft.graph.organization", Rules: organizationRules},
		{Type: "microsoft.graph.subscribedSku", Rules: subscribedSkuRules},
		{Type: "microsoft.graph.federatedIdentityCredential", Behavior: FederatedCredential{}},
		{Type: "microsoft.graph.administrativeUnit", Behavior: AdministrativeUnit{}, Rules: &Rules{Required: []string{"displayName"}}},
		{Type: "microsoft.graph.scopedRoleMembership", Behavior: ScopedRole{}, Rules: &Rules{Required: []string{"roleId", "roleMemberInfo"}}},
		{Operation: "GET /directoryRoles/{id}/scopedMembers", Behavior: ScopedRoles{}},
		{Operation: "GET /users/{id}/scopedRoleMemberOf", Behavior: ScopedRoles{OfUser: true}},
		{Operation: "GET /me/scopedRoleMemberOf", Behavior: ScopedRoles{OfUser: true}},
		{Operation: "POST /directory/deletedItems/getUserOwnedObjects", Behavior: invoked(ownedDeleted)},
		{Type: "microsoft.graph.domain", Behavior: Domain{}, Rules: domainRules},
		{Type: "microsoft.graph.invitation", Behavior: Invitation{}, Rules: invitationRules},
		{Type: "microsoft.graph.schemaExtension", Behavior: SchemaExtension{}, Rules: schemaExtensionRules},
		{Type: "microsoft.graph.conditionalAccessPolicy", Behavior: ConditionalAccessPolicy{}, Rules: conditionalAccessRules},
		{Type: "microsoft.graph.namedLocation", Behavior: NamedLocation{}, Rules: namedLocationRules},
		{Type: "microsoft.graph.authenticationMethodConfiguration", Behavior: MethodConfiguration{}, Rules: methodConfigurationRules},
		{Type: "microsoft.graph.authenticationMethodsPolicy", Rules: methodsPolicyRules},
		{Type: "microsoft.graph.authenticationStrengthPolicy", Rules: strengthRules},
		{Type: "microsoft.graph.permissionGrantPolicy", Rules: consentPolicyRules},
		{Type: "microsoft.graph.authorizationPolicy", Behavior: AuthorizationPolicy{}},
		{Type: "microsoft.graph.crossTenantAccessPolicyConfigurationDefault", Behavior: DefaultAccess{}},
		{Type: "microsoft.graph.mobilityManagementPolicy", Rules: mobilityRules},
		{Type: "microsoft.graph.printerCreateOperation", Rules: printerCreateRules},
		{Type: "microsoft.graph.trustFrameworkPolicy", Behavior: TrustFrameworkPolicy{}},
	}
	for path, b := range map[string]builtIns{
		"/directoryRoleTemplates": directoryRoleTemplates, "/roleManagement/directory/roleDefinitions": directoryRoleDefinitions,
		"/groupSettingTemplates": groupSettingTemplates, "/directorySettingTemplates": directorySettingTemplates,
	} {
		all = append(all, Registration{Operation: "GET " + path, Behavior: b}, Registration{Operation: "GET " + path + "/{id}", Behavior: builtIn{b}})
	}
	for name, call := range map[string]invoked{
		"user/revokeSignInSessions": revokeSessions, "user/invalidateAllRefreshTokens": revokeSessions,
		"user/changePassword": changePassword, "user/assignLicense": assignLicense, "group/assignLicense": assignLicense,
		"group/renew": renewGroup, "group/validateProperties": validateProperties,
		"group/subscribeByMail": setFlag("isSubscribedByMail", "true"), "group/unsubscribeByMail": setFlag("isSubscribedByMail", "false"),
		"group/addFavorite": setFlag("isFavorite", "true"), "group/removeFavorite": setFlag("isFavorite", "false"),
		"group/resetUnseenCount":          setFlag("unseenCount", "0"),
		"directoryObject/getMemberGroups": memberGroups, "directoryObject/getMemberObjects": memberObjects,
		"directoryObject/checkMemberGroups": checkGroups, "directoryObject/checkMemberObjects": checkObjects,
		"application/addPassword": addPassword, "servicePrincipal/addPassword": addPassword,
		"application/removePassword": removeCredential("passwordCredentials"), "servicePrincipal/removePassword": removeCredential("passwordCredentials"),
		"application/addKey": addKey, "servicePrincipal/addKey": addKey,
		"application/removeKey": removeCredential("keyCredentials"), "servicePrincipal/removeKey": removeCredential("keyCredentials"),
		"applicationTemplate/instantiate":                    instantiateTemplate,
		"tenantRelationship/findTenantInformationByTenantId": tenantByID, "tenantRelationship/findTenantInformationByDomainName": tenantByDomain,
		"crossTenantAccessPolicyConfigurationDefault/resetToSystemDefault": resetDefaultAccess,
		"domain/verify": verifyDomain, "domain/forceDelete": forceDeleteDomain,
	} {
		all = append(all, Registration{Bound: "microsoft.graph." + name, Behavior: call})
	}
	return append(all,
		Registration{Bound: "Collection(microsoft.graph.directoryObject)/getByIds", Behavior: invoked(getByIDs)},
		Registration{Bound: "Collection(microsoft.graph.directoryObject)/validateProperties", Behavior: invoked(validateProperties)})
}
