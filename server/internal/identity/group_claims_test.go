package identity

import (
	"fmt"
	"strings"
	"testing"
)

// crowded is a directory whose user is in so many groups.
func crowded(groups int) Config {
	c := people(Token)
	apps := c.Apps
	c.Apps = func(tenant, id string) (App, bool) {
		app, known := apps(tenant, id)
		app.Claims.Groups = "SecurityGroup"
		return app, known
	}
	c.Groups = func(string, string, string) (list []Group) {
		for i := range groups {
			list = append(list, Group{ID: fmt.Sprint(i), Security: true})
		}
		return list
	}
	return c
}

// Too many groups are not told, but where to ask for them; a token in a URL says
// so of six already.
func TestGroups_overage(t *testing.T) {
	verifier := strings.Repeat("v", 43)
	for _, n := range []int{5, 6, 200, 201} {
		s := newTest(t, crowded(n))
		d := document(t, post(s, "/"+tenantA+"/oauth2/v2.0/token", "grant_type", "password", "client_id", appA, "client_secret", "right",
			"username", "adele@contoso.com", "password", "right", "scope", "openid User.Read", "code_verifier", verifier), 200)
		c := claims(t, d["id_token"])
		told, _ := c["groups"].([]any)
		if n > 200 {
			want(t, "groups", len(told), 0)
			want(t, "source", fmt.Sprint(c["_claim_names"], c["_claim_sources"]), "map[groups:src1] map[src1:map[endpoint:https://graph.windows.net/"+
				tenantA+"/users/00000000-0000-4000-8000-0000000000a1/getMemberObjects]]")
		} else {
			want(t, "groups", len(told), n)
			want(t, "source", c["_claim_names"], nil)
		}
		for mode, short := range map[string]bool{"": true, "fragment": true, "form_post": false} {
			var id map[string]any
			answer := get(s, origin, ask(map[string]string{"response_type": "id_token", "nonce": "n", "response_mode": mode}))
			if mode == "form_post" {
				_, token, _ := strings.Cut(string(answer.Body), `name="id_token" value="`)
				token, _, _ = strings.Cut(token, `"`)
				id = claims(t, token)
			} else {
				id = claims(t, sentTo(t, answer, "http://localhost:5000#").Get("id_token"))
			}
			told, _ := id["groups"].([]any)
			want(t, "hasgroups "+mode, id["hasgroups"] == true, short && n > 5)
			want(t, "groups "+mode, len(told) > 0, n <= 5 || !short && n <= 200)
		}
	}
}

func TestGroup_told(t *testing.T) {
	local, cloud := Group{ID: "1", Name: "N", Account: "acc", Domain: "corp.example", NetBIOS: "CORP"}, Group{ID: "2", Name: "N"}
	for _, c := range []struct {
		properties    string
		ofApplication bool
		local, cloud  string
	}{
		{"", true, "1", "2"},
		{"sam_account_name", false, "acc", "2"},
		{"dns_domain_and_sam_account_name", false, `corp.example\acc`, "2"},
		{"netbios_domain_and_sam_account_name sam_account_name", false, `CORP\acc`, "2"},
		{"cloud_displayname", false, "1", "2"},
		{"cloud_displayname", true, "1", "N"},
		{"sam_account_name cloud_displayname emit_as_roles", true, "acc", "N"},
	} {
		form := OptionalClaim{Properties: strings.Fields(c.properties)}
		want(t, c.properties, local.told(form, c.ofApplication), c.local)
		want(t, c.properties, cloud.told(form, c.ofApplication), c.cloud)
	}
}
