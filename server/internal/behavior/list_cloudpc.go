package behavior

// cloudPC is the behaviours below /deviceManagement/virtualEndpoint.
func cloudPC() []Registration {
	return []Registration{
		{Type: "microsoft.graph.cloudPcExternalPartnerSetting", Behavior: CloudPCExternalPartnerSetting{}},
		{Type: "microsoft.graph.cloudPcExternalPartner", Behavior: CloudPCExternalPartner{}},
		{Bound: "microsoft.graph.cloudPcExternalPartner/configureAgent", Behavior: ConfigureAgent{}},
		{Bound: "microsoft.graph.cloudPcExternalPartner/deployAgent", Behavior: DeployAgent{}},
		{Bound: "microsoft.graph.cloudPcExternalPartner/retrieveActionReports", Behavior: RetrieveActionReports{}},
	}
}
