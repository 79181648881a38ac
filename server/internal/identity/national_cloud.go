package identity

import (
	"fmt"
	"strings"
)

// checkCloud refuses sign-ins by the authority of a national cloud that this
// server does not stand for: its tenants are of one cloud, and no other gives
// tokens for them (identity-behaviour §7). A client that proves itself is
// refused as such (I).
func (s *Service) checkCloud(r *request, tenant Tenant) *oauthError {
	_, name := hostOf(r.Origin)
	asked, own := instanceOf(name), instanceOf(s.cloud.login)
	if asked == nil || own == nil || asked == own {
		return nil
	}
	e := errOtherCloud(r.tenantName(), s.cloud.instance)
	if r.form["client_secret"] != "" || r.form["client_assertion"] != "" || r.Header.Get("Authorization") != "" {
		e = errCrossCloudClient()
	}
	return e.because("the request came to " + name + ", and this server stands for the cloud " + s.cloud.name +
		" with tenant " + tenant.ID + ": its authority is https://" + s.cloud.login + "; --cloud chooses another")
}

// instanceOf is the authority that a host name of Microsoft's belongs to; nil
// for others, and for the one that no cloud of today has.
func instanceOf(host string) *instance {
	for i := range microsoftInstances {
		if containsFold(microsoftInstances[i].Aliases, host) && microsoftInstances[i].Network != "login-us.microsoftonline.com" {
			return &microsoftInstances[i]
		}
	}
	return nil
}

func errOtherCloud(tenant, instance string) *oauthError { // I
	return &oauthError{name: "invalid_request", code: 90038,
		text: fmt.Sprintf("Tenant '%s' request is being redirected to the National Cloud '%s'.", tenant, instance)}
}

func errCrossCloudClient() *oauthError { // D
	return &oauthError{name: "invalid_request", code: 900382, text: "Confidential Client is not supported in Cross Cloud request."}
}

// otherGraph reports whether a call came to the Graph of a national cloud that
// this server does not stand for. Whatever this server's authority signs is for
// another audience there.
func (s *Service) otherGraph(origin string) (host string, other bool) {
	_, host, _ = strings.Cut(origin, "://")
	host, _, _ = strings.Cut(host, ":")
	if strings.EqualFold(host, s.cloud.graph) || s.cloud.name == clouds[0].name && strings.EqualFold(host, canaryGraph) {
		return host, false
	}
	return host, isMicrosoftGraph(host)
}

// otherCloudReason tells the tester how to have that cloud.
func (s *Service) otherCloudReason(host string) string {
	return "the request came to " + host + ", and this server stands for the cloud " + s.cloud.name +
		", whose Graph is " + s.cloud.graphURL() + ": no cloud takes another's tokens; --cloud chooses another"
}
