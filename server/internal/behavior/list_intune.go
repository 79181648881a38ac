package behavior

// intune is the behaviours of the rest of /deviceManagement and of
// /deviceAppManagement.
func intune() []Registration {
	stamps := func() *Rules {
		return &Rules{Required: []string{"displayName"}, Defaults: []Default{{"version", "1"}},
			Created: []string{"createdDateTime"}, Modified: []string{"lastModifiedDateTime"}}
	}
	return append(deviceActions(), []Registration{
		{Type: "microsoft.graph.managedDevice", Behavior: ManagedDevice{}},
		{Type: "microsoft.graph.deviceManagementExportJob", Behavior: DeviceExport{}},
		{Type: "microsoft.graph.deviceCompliancePolicy", Rules: stamps()},
		{Type: "microsoft.graph.deviceConfiguration", Rules: stamps()},
		{Type: "microsoft.graph.deviceManagementConfigurationPolicy", Behavior: ConfigurationPolicy{}},
		{Type: "microsoft.graph.targetedManagedAppProtection", Behavior: AppPolicy{}},
		{Type: "microsoft.graph.defaultManagedAppProtection", Behavior: AppPolicy{}},
		{Type: "microsoft.graph.targetedManagedAppConfiguration", Behavior: AppPolicy{}},
		{Type: "microsoft.graph.windowsInformationProtection", Behavior: AppPolicy{}},
		{Type: "microsoft.graph.windowsManagedAppProtection", Behavior: AppPolicy{}},
		{Operation: "GET /deviceManagement/roleDefinitions/{id}/roleAssignments", Behavior: backward{navigation: "roleDefinition"}},
		{Type: "microsoft.graph.mobileLobApp", Behavior: MobileLobApp{}, Rules: mobileLobAppRules},
		{Type: "microsoft.graph.mobileAppContent", Behavior: MobileAppContent{}},
		{Type: "microsoft.graph.mobileAppContentFile", Behavior: MobileAppContentFile{}, Rules: appContentFileRules},
		{Bound: "microsoft.graph.mobileAppContentFile/commit", Behavior: invoked(commitContentFile)},
		{Bound: "microsoft.graph.mobileAppContentFile/renewUpload", Behavior: invoked(renewContentUpload)},
		{Bound: "microsoft.graph.deviceCompliancePolicy/assign", Behavior: assignPolicy("assignments")},
		{Bound: "microsoft.graph.deviceConfiguration/assign", Behavior: assignPolicy("assignments")},
	}...)
}
