package behavior

// List is every behaviour that the fake has; what is not here follows the
// general rules.
func List() []Registration {
	return []Registration{
		{Type: "microsoft.graph.cloudPcExternalPartnerSetting", Behavior: CloudPCExternalPartnerSetting{}},
		{Type: "microsoft.graph.cloudPcExternalPartner", Behavior: CloudPCExternalPartner{}},
		{Type: "microsoft.graph.profilePhoto", Behavior: ProfilePhoto{}},
		{Operation: "POST /deviceManagement/virtualEndpoint/externalPartners/{id}/configureAgent", Behavior: ConfigureAgent{}},
		{Operation: "POST /deviceManagement/virtualEndpoint/externalPartners/{id}/deployAgent", Behavior: DeployAgent{}},
		{Operation: "GET /deviceManagement/virtualEndpoint/externalPartners/{id}/retrieveActionReports()", Behavior: RetrieveActionReports{}},
	}
}
