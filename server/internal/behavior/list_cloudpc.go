package behavior

import "slices"

// cloudPC is the behaviours below /deviceManagement/virtualEndpoint.
func cloudPC() []Registration {
	return slices.Concat([]Registration{
		{Type: "microsoft.graph.cloudPcExternalPartnerSetting", Behavior: CloudPCExternalPartnerSetting{}},
		{Type: "microsoft.graph.cloudPcExternalPartner", Behavior: CloudPCExternalPartner{}},
		{Bound: "microsoft.graph.cloudPcExternalPartner/configureAgent", Behavior: ConfigureAgent{}},
		{Bound: "microsoft.graph.cloudPcExternalPartner/deployAgent", Behavior: DeployAgent{}},
		{Bound: "microsoft.graph.cloudPcExternalPartner/retrieveActionReports", Behavior: RetrieveActionReports{}},
		{Type: "microsoft.graph.cloudPC", Behavior: CloudPC{}},
		{Type: "microsoft.graph.cloudPcProvisioningPolicy", Behavior: ProvisioningPolicy{}, Rules: provisioningPolicyRules},
		{Type: "microsoft.graph.cloudPcUserSetting", Rules: userSettingRules},
		{Type: "microsoft.graph.cloudPcOnPremisesConnection", Behavior: DomainConnection{}, Rules: connectionRules},
		{Type: "microsoft.graph.cloudPcDeviceImage", Behavior: DeviceImage{}, Rules: deviceImageRules},
		{Type: "microsoft.graph.cloudPcExportJob", Behavior: ExportJob{}, Rules: &Rules{Required: []string{"reportName"}}},
		{Type: "microsoft.graph.cloudPcBulkAction", Behavior: BulkAction{}},
		{Type: "microsoft.graph.cloudPcCloudApp", Behavior: CloudApp{}},
		{Type: "microsoft.graph.cloudPcPool", Rules: poolRules},
		{Type: "microsoft.graph.cloudPcAgentPool", Behavior: AgentPool{}, Rules: agentPoolRules},
		{Type: "microsoft.graph.cloudPcAgentPoolUserAssignment", Rules: poolAssignmentRules},
		{Type: "microsoft.graph.cloudPcManagedLicense", Rules: managedLicensesRules},
	}, remoteActions(), cloudPCCalls(), cloudPCReports())
}

// cloudPCCalls are the functions and actions beside those on one Cloud PC.
func cloudPCCalls() []Registration {
	var all []Registration
	for name, call := range map[string]invoked{
		"cloudPC/retrieveReviewStatus": retrieveReviewStatus, "cloudPC/retrieveCloudPcLaunchDetail": launchDetail, "cloudPC/getCloudPcLaunchInfo": launchDetail,
		"cloudPC/getSupportedCloudPcRemoteActions": supportedActions, "cloudPC/retrieveSnapshots": snapshotsOf,
		"cloudPC/retrieveCloudPCRemoteActionResults": remoteActionResults, "cloudPC/getFrontlineCloudPcAccessState": accessState,
		"virtualEndpoint/getEffectivePermissions": effectivePermissions, "virtualEndpoint/retrieveScopedPermissions": scopedPermissions,
		"cloudPC/retrieveFrontlineCloudPcDetail":          frontlineDetail,
		"virtualEndpoint/retrieveTenantEncryptionSetting": encryptionSetting,
		"virtualEndpoint/organizationAction":              organizationAction, "virtualEndpoint/retrieveOrganizationActionDetail": organizationActionDetail,
		"cloudPcProvisioningPolicy/assign": assignToGroups, "cloudPcUserSetting/assign": assignToGroups,
		"cloudPcProvisioningPolicy/apply":                    applyPolicy,
		"cloudPcOnPremisesConnection/runHealthChecks":        runHealthChecks,
		"cloudPcOnPremisesConnection/updateAdDomainPassword": updateDomainPassword,
		"cloudPcDeviceImage/reupload":                        uploadAgain, "cloudPcDeviceImage/retryUpload": uploadAgain, "cloudPcBulkAction/retry": retryBulkAction,
	} {
		all = append(all, Registration{Bound: "microsoft.graph." + name, Behavior: call})
	}
	for name, call := range map[string]invoked{
		"cloudPcProvisioningPolicy)/applyConfig": applyConfig,
		"cloudPC)/retrieveCloudPcCountByStatus":  countByStatus, "cloudPcSnapshot)/purgeImportedSnapshot": purgeSnapshots,
		"cloudPcSnapshot)/importSnapshot": importSnapshot, "cloudPcSnapshot)/retrieveSnapshotImportResult": snapshotImportResult,
		"cloudPcCloudApp)/publish": onCloudApps(publishApp), "cloudPcCloudApp)/unpublish": onCloudApps(unpublishApp),
		"cloudPcCloudApp)/reset":      onCloudApps(resetApp),
		"cloudPC)/validateBulkResize": validateBulkResize, "cloudPC)/getProvisionedCloudPCs": provisionedCloudPCs,
		"cloudPcAuditEvent)/getAuditActivityTypes": auditActivityTypes, "cloudPcDeviceImage)/getSourceImages": sourceImages,
	} {
		all = append(all, Registration{Bound: "Collection(microsoft.graph." + name, Behavior: call})
	}
	return all
}

func cloudPCReports() []Registration {
	var all []Registration
	for _, name := range []string{
		"getActionStatusReports", "getCloudPcPerformanceReport", "getCloudPcRecommendationReports", "getConnectionQualityReports",
		"getDailyAggregatedRemoteConnectionReports", "getFrontlineReport", "getInaccessibleCloudPcReports", "getRawRemoteConnectionReports",
		"getRealTimeRemoteConnectionLatency", "getRealTimeRemoteConnectionStatus", "getRemoteConnectionHistoricalReports",
		"getTotalAggregatedRemoteConnectionReports", "retrieveBulkActionStatusReport", "retrieveCloudPcRecommendationReports",
		"retrieveCloudPcTenantMetricsReport", "retrieveCloudPcTroubleshootReports", "retrieveConnectionQualityReports",
		"retrieveCrossRegionDisasterRecoveryReport", "retrieveFrontlineReports",
	} {
		all = append(all, Registration{Bound: "microsoft.graph.cloudPcReports/" + name, Behavior: invoked(report)})
	}
	return append(all, Registration{Bound: "microsoft.graph.cloudPcReport/retrieveCloudPcRecommendationReports", Behavior: invoked(report)})
}
