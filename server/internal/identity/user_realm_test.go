package identity

import "testing"

// MSAL Go fails when one of the four is empty.
func TestUserRealm(t *testing.T) {
	s := newTest(t, Config{Key: noKey})
	for path, domain := range map[string]string{"/common/UserRealm/adele%40contoso.com": "contoso.com", "/common/userrealm/adele": tenantDomain} {
		d := document(t, get(s, origin, path+"?api-version=1.0"), 200)
		for name, value := range map[string]string{"account_type": "Managed", "domain_name": domain,
			"cloud_instance_name": "microsoftonline.com", "cloud_audience_urn": "urn:federation:MicrosoftOnline"} {
			want(t, path+" "+name, d[name], value)
		}
	}
}
