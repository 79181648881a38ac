package behavior

// governance is the behaviours of identity governance, of multitenant organizations
// and of what sign-up asks.
func governance() []Registration {
	return append(append(billingExports(), trustKeys()...), []Registration{
		{Type: "microsoft.graph.accessReviewScheduleDefinition", Behavior: ReviewDefinition{}},
		{Type: "microsoft.graph.accessPackageCatalog", Behavior: PackageCatalog{}, Rules: packageCatalogRules},
		{Type: "microsoft.graph.accessPackage", Rules: packageRules},
		{Operation: "GET /identityGovernance/entitlementManagement/catalogs/{id}/resourceRoles", Behavior: ResourceRoles{}},
		{Operation: "GET /identityGovernance/entitlementManagement/accessPackageCatalogs/{id}/accessPackageResourceRoles", Behavior: ResourceRoles{}},
		{Bound: "microsoft.graph.accessReviewInstance/batchRecordDecisions", Behavior: invoked(recordDecisions)},
		{Bound: "microsoft.graph.accessReviewInstance/acceptRecommendations", Behavior: invoked(acceptRecommendations)},
		{Bound: "microsoft.graph.accessReviewInstance/resetDecisions", Behavior: invoked(resetDecisions)},
		{Type: "microsoft.graph.attributeSet", Rules: attributeSetRules},
		{Type: "microsoft.graph.allowedValue", Rules: allowedValueRules},
		{Type: "microsoft.graph.customSecurityAttributeDefinition", Behavior: CustomAttribute{}, Rules: attributeRules},
		{Type: "microsoft.graph.identityUserFlowAttribute", Behavior: FlowAttribute{builtIn{"userFlowAttributeType", `"builtIn"`}}, Rules: flowAttributeRules},
		{Type: "microsoft.graph.authenticationEventsFlow", Rules: eventsFlowRules},
		{Type: "microsoft.graph.identityProvider", Behavior: IdentityProvider{"type"}, Rules: providerRules},
		{Type: "microsoft.graph.identityProviderBase", Behavior: IdentityProvider{"identityProviderType"}, Rules: providerRules},
		{Type: "microsoft.graph.synchronizationSchema", Rules: &Rules{Shown: []string{"directories"}}},
		{Type: "microsoft.graph.b2xIdentityUserFlow", Behavior: UserFlow{"B2X_1_"}},
		{Type: "microsoft.graph.b2cIdentityUserFlow", Behavior: UserFlow{"B2C_1_"}},
		{Type: "microsoft.graph.identityUserFlowAttributeAssignment", Behavior: AssignedAttribute{}},
		{Type: "microsoft.graph.certificateBasedAuthConfiguration", Behavior: CertificateConfiguration{}},
		{Type: "microsoft.graph.internalDomainFederation", Behavior: DomainFederation{}, Rules: federationRules},
		{Type: "microsoft.graph.accessReviewHistoryDefinition", Behavior: ReviewHistory{}, Rules: historyRules},
		{Type: "microsoft.graph.agreement", Behavior: Agreement{}, Rules: agreementRules},
		{Type: "microsoft.graph.multiTenantOrganizationMember", Behavior: TenantMember{}, Rules: tenantMemberRules},
		{Type: "microsoft.graph.multiTenantOrganizationJoinRequestRecord", Behavior: JoinRequest{}},
		{Operation: "PUT /tenantRelationships/multiTenantOrganization", Behavior: invoked(foundOrganization)},
		{Type: governanceTypes + "workflow", Behavior: Workflow{}, Rules: workflowRules},
		{Type: governanceTypes + "workflowTemplate", Rules: templateRules},
		{Bound: governanceTypes + "workflow/identityGovernance.createNewVersion", Behavior: invoked(newVersion)},
		{Bound: governanceTypes + "workflow/identityGovernance.activate", Behavior: invoked(activateWorkflow)},
		{Type: "microsoft.graph.accessPackageAssignmentRequest", Behavior: AssignmentRequest{}, Rules: assignmentRequestRules},
		{Type: "microsoft.graph.accessPackageResourceRequest", Behavior: ResourceRequest{}},
		{Operation: "GET /identityGovernance/entitlementManagement/catalogs/{id}/accessPackages", Behavior: backward{navigation: "catalog"}},
		{Operation: "GET /identityGovernance/entitlementManagement/accessPackages/{id}/assignmentPolicies", Behavior: backward{navigation: "accessPackage"}},
		{Operation: "GET /servicePrincipals/{id}/synchronization/secrets", Behavior: invoked(shownSecrets)},
		{Operation: "PUT /servicePrincipals/{id}/synchronization/secrets", Behavior: invoked(keepSecrets)},
	}...)
}
