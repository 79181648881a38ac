package behavior

// aboutUsers are the behaviours of what services know about users, and of search
// over all that they keep.
func aboutUsers() []Registration {
	all := []Registration{
		{Operation: "POST /search/query", Behavior: SearchQuery{}},
		{Type: "microsoft.graph.profile", Rules: profileRules},
		{Type: "microsoft.graph.phoneAuthenticationMethod", Behavior: PhoneMethod{}, Rules: &Rules{Required: []string{"phoneNumber", "phoneType"}}},
		{Type: "microsoft.graph.emailAuthenticationMethod", Behavior: EmailMethod{}, Rules: &Rules{Required: []string{"emailAddress"}}},
		{Type: "microsoft.graph.temporaryAccessPassAuthenticationMethod", Behavior: AccessPass{}, Rules: accessPassRules},
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
	for _, whose := range []string{"/users/{id}", "/me"} {
		all = append(all, Registration{Operation: "POST " + whose + "/authentication/methods/{id}/resetPassword", Behavior: PasswordReset{}})
	}
	return all
}
