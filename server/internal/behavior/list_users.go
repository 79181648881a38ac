package behavior

// aboutUsers are the behaviours of what services know about users, and of search
// over all that they keep.
func aboutUsers() []Registration {
	all := []Registration{
		{Operation: "GET /groups/{id}/groupLifecyclePolicies", Behavior: LifecyclePolicies{}},
		{Operation: "POST /search/query", Behavior: SearchQuery{}},
		{Type: "microsoft.graph.phoneAuthenticationMethod", Behavior: PhoneMethod{}, Rules: &Rules{Required: []string{"phoneNumber", "phoneType"}}},
		{Type: "microsoft.graph.emailAuthenticationMethod", Behavior: EmailMethod{}, Rules: &Rules{Required: []string{"emailAddress"}}},
		{Type: "microsoft.graph.temporaryAccessPassAuthenticationMethod", Behavior: AccessPass{}, Rules: accessPassRules},
	}
	all = append(all, transitions()...)
	for name, call := range map[string]invoked{
		"microsoft.graph.application/setVerifiedPublisher":                       setVerifiedPublisher,
		"microsoft.graph.groupLifecyclePolicy/addGroup":                          ofPolicy(false),
		"microsoft.graph.groupLifecyclePolicy/removeGroup":                       ofPolicy(true),
		"microsoft.graph.servicePrincipal/addTokenSigningCertificate":            addSigningCertificate,
		"microsoft.graph.authenticationStrengthPolicy/updateAllowedCombinations": updateCombinations,
		"microsoft.graph.user/getMailTips":                                       mailTips,
		"microsoft.graph.driveItem/follow":                                       followItem,
		"microsoft.graph.driveItem/unfollow":                                     unfollowItem,
		"Collection(microsoft.graph.site)/add":                                   followSites(false),
		"Collection(microsoft.graph.site)/remove":                                followSites(true),
		"Collection(microsoft.graph.site)/getAllSites":                           allSites,
		"microsoft.graph.message/permanentDelete":                                deleteForGood,
		"microsoft.graph.event/permanentDelete":                                  deleteForGood,
		"microsoft.graph.contact/permanentDelete":                                deleteForGood,
		"microsoft.graph.contactFolder/permanentDelete":                          deleteForGood,
		"microsoft.graph.mailFolder/permanentDelete":                             deleteForGood,
		"microsoft.graph.calendar/permanentDelete":                               deleteForGood,
	} {
		all = append(all, Registration{Bound: name, Behavior: call})
	}
	for path, among := range map[string]Lister{
		"/people": People{}, "/licenseDetails": LicenseDetails{},
		"/authentication/methods": AuthenticationMethods{}, "/authentication/passwordMethods": PasswordMethods{},
	} {
		for _, whose := range []string{"/users/{id}", "/me"} {
			all = append(all, Registration{Operation: "GET " + whose + path, Behavior: among},
				Registration{Operation: "GET " + whose + path + "/{id}", Behavior: byKey{among, "directory"}})
		}
	}
	return all
}
