package identity

import (
	"html"
	"slices"
	"strings"
)

// accountPage lets a person choose who signs in: a button for each user and a
// field for another name.
func (a *authorizeRequest) accountPage(accounts []User, name, complaint string) page {
	var b strings.Builder
	b.WriteString(paragraph("to continue to " + a.client.app.Name))
	if complaint != "" {
		b.WriteString(paragraph(complaint))
	}
	b.WriteString(`<form method="POST">` + hidden(a.values()))
	for _, u := range accounts {
		b.WriteString(button(accountField, u.UPN, firstOf(u.Name, u.UPN)+" — "+u.UPN))
	}
	b.WriteString(`</form><form method="POST">` + hidden(a.values()) +
		`<input name="` + otherAccountField + `" placeholder="someone@` + html.EscapeString(a.tenant.Domain) + `" value="` + html.EscapeString(name) + `">` +
		`<button>Sign in</button></form>`)
	return page{title: "Pick an account", body: b.String(), reason: complaint}
}

// faultPage shows a fault that may not be sent to any redirect URI.
func (s *Service) faultPage(r *request, e *oauthError) page {
	doc := s.errorDocument(r, e)
	return page{status: e.httpStatus(), title: "Sign in", reason: firstOf(e.reason, e.text),
		body: paragraph("Sorry, but we’re having trouble signing you in.") + "<p><code>" + html.EscapeString(doc.Description) + "</code></p>"}
}

// askConsent judges in Strict whether the scopes are granted, and asks whoever
// sits at a browser. Outside it is given silently. A page's answer "accept"
// is consent for this user.
func (s *Service) askConsent(a *authorizeRequest, u User) (any, *oauthError) {
	lacking, fault := s.lacking(a.tenant, a.client, a.scopes, u)
	prompt := strings.ToLower(a.parameters["prompt"])
	asked := s.config.Mode == Strict && (len(lacking) > 0 || prompt == "consent")
	switch {
	case fault != nil:
		return nil, fault
	case a.parameters[consentField] == "cancel":
		return nil, errDeclined()
	case a.parameters[consentField] == "accept":
		return nil, s.consent(a.tenant, a.client, u, lacking)
	case asked && a.wantsPage() && prompt != "none":
		return a.consentPage(u, slices.Concat(a.scopes.names, a.scopes.oidc)), nil
	case len(lacking) > 0 && s.config.Mode == Strict:
		e := errNoConsent(a.client.id, a.client.app.Name)
		e.name = "consent_required"
		return nil, e
	}
	return nil, nil
}

func (a *authorizeRequest) consentPage(u User, names []string) page {
	v := a.values()
	v.Set(accountField, u.UPN)
	list := "<ul>"
	for _, name := range names {
		list += "<li><code>" + html.EscapeString(name) + "</code></li>"
	}
	return page{title: "Permissions requested", body: paragraph(a.client.app.Name+" would like, for "+u.UPN+":") + list + "</ul>" +
		`<form method="POST">` + hidden(v) + button(consentField, "accept", "Accept") + button(consentField, "cancel", "Cancel") + `</form>`}
}
