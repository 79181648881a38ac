package behavior

import (
	"slices"
	"strings"
)

// intune is the behaviours of the rest of /deviceManagement and of
// /deviceAppManagement.
func intune() []Registration {
	stamps := func() *Rules {
		return &Rules{Required: []string{"displayName"}, Defaults: []Default{{"version", "1"}},
			Created: []string{"createdDateTime"}, Modified: []string{"lastModifiedDateTime"}}
	}
	return append(slices.Concat(deviceActions(), intuneReports(), summaries(), intuneFunctions()), []Registration{
		{Type: "microsoft.graph.managedDevice", Behavior: ManagedDevice{}},
		{Bound: "Collection(microsoft.graph.managedDevice)/executeAction", Behavior: invoked(executeAction)},
		{Bound: "microsoft.graph.managedDevice/createDeviceLogCollectionRequest", Behavior: invoked(requestDeviceLogs)},
		{Bound: "microsoft.graph.deviceLogCollectionResponse/createDownloadUrl", Behavior: invoked(logsURL)},
		{Type: "microsoft.graph.deviceLogCollectionResponse", Behavior: DeviceLogs{}},
		{Type: "microsoft.graph.importedWindowsAutopilotDeviceIdentity", Behavior: ImportedAutopilotDevice{}},
		{Type: "microsoft.graph.windows10CustomConfiguration", Behavior: CustomConfiguration{}},
		{Bound: "microsoft.graph.deviceConfiguration/getOmaSettingPlainTextValue", Behavior: invoked(plainOmaValue)},
		{Bound: "microsoft.graph.deviceManagementTemplate/createInstance", Behavior: invoked(instanceOfTemplate)},
		{Type: "microsoft.graph.roleScopeTag", Behavior: ScopeTag{}},
		{Type: "microsoft.graph.deviceManagementExportJob", Behavior: DeviceExport{}},
		{Type: "microsoft.graph.groupPolicyDefinition", Rules: &Rules{Believed: true}},
		{Type: "microsoft.graph.groupPolicyPresentation", Rules: &Rules{Believed: true}},
		{Type: "microsoft.graph.deviceManagementTemplate", Rules: &Rules{Believed: true}},
		{Type: "microsoft.graph.deviceCompliancePolicy", Rules: stamps()},
		{Type: "microsoft.graph.deviceConfiguration", Rules: stamps()},
		{Type: "microsoft.graph.deviceManagementConfigurationPolicy", Behavior: ConfigurationPolicy{}, Rules: configurationPolicyRules},
		{Type: "microsoft.graph.targetedManagedAppProtection", Behavior: AppPolicy{}},
		{Type: "microsoft.graph.defaultManagedAppProtection", Behavior: AppPolicy{}},
		{Type: "microsoft.graph.targetedManagedAppConfiguration", Behavior: AppPolicy{}},
		{Type: "microsoft.graph.windowsInformationProtection", Behavior: AppPolicy{}},
		{Type: "microsoft.graph.windowsManagedAppProtection", Behavior: AppPolicy{}},
		{Type: "microsoft.graph.mobileLobApp", Behavior: MobileLobApp{}, Rules: mobileLobAppRules},
		{Type: "microsoft.graph.mobileAppContent", Behavior: MobileAppContent{}},
		{Type: "microsoft.graph.mobileAppContentFile", Behavior: MobileAppContentFile{}, Rules: appContentFileRules},
		{Bound: "microsoft.graph.mobileAppContentFile/commit", Behavior: invoked(commitContentFile)},
		{Bound: "microsoft.graph.mobileAppContentFile/renewUpload", Behavior: invoked(renewContentUpload)},
		{Bound: "microsoft.graph.deviceCompliancePolicy/assign", Behavior: assignPolicy("assignments")},
		{Bound: "microsoft.graph.deviceConfiguration/assign", Behavior: assignPolicy("assignments")},
	}...)
}

// intuneFunctions are the functions and actions that answer from what there is.
func intuneFunctions() []Registration {
	var all []Registration
	for name, call := range map[string]invoked{
		"deviceManagement/getEffectivePermissions": intunePermissions, "deviceManagement/getAssignedRoleDetails": assignedRoleDetails,
		"deviceManagement/verifyWindowsEnrollmentAutoDiscovery": discoverable, "managedDevice/getNonCompliantSettings": nonCompliantSettings,
		"user/getManagedAppPolicies":                                        managedAppPolicies,
		"Collection(auditEvent)/getAuditCategories":                         intuneAuditCategories,
		"Collection(auditEvent)/getAuditActivityTypes":                      intuneActivityTypes,
		"Collection(roleScopeTag)/hasCustomRoleScopeTag":                    hasCustomScopeTag,
		"Collection(deviceHealthScript)/getRemediationSummary":              healthSummary,
		"Collection(deviceAndAppManagementAssignmentFilter)/validateFilter": validFilter,
		"Collection(deviceAndAppManagementAssignmentFilter)/getState":       filterState,
	} {
		all = append(all, Registration{Bound: boundIn(name), Behavior: call})
	}
	for _, name := range []string{
		"mobileApp", "deviceConfiguration", "deviceCompliancePolicy", "deviceEnrollmentConfiguration", "deviceManagementScript",
		"windowsAutopilotDeploymentProfile", "androidManagedAppProtection", "iosManagedAppProtection", "mdmWindowsInformationProtectionPolicy",
		"targetedManagedAppConfiguration", "iosLobAppProvisioningConfiguration",
	} {
		all = append(all, Registration{Bound: boundIn("Collection(" + name + ")/hasPayloadLinks"), Behavior: invoked(payloadLinks)})
	}
	return append(all, Registration{Operation: "GET /deviceAppManagement/managedAppPolicies", Behavior: AppPolicies{}})
}

// boundIn completes the name of a type in that of an operation.
func boundIn(name string) string {
	if of, ok := strings.CutPrefix(name, "Collection("); ok {
		return "Collection(microsoft.graph." + of
	}
	return "microsoft.graph." + name
}
