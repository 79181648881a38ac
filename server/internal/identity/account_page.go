package identity

import (
	"html"
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

// adminNeededPage is where somebody ends who cannot consent: back, without.
func (s *Service) adminNeededPage(a *authorizeRequest, u User, e *oauthError) page {
	v := a.values()
	v.Set(accountField, u.UPN)
	return page{title: "Need admin approval", reason: e.reason,
		body: paragraph(a.client.app.Name+" needs permissions that only an administrator can grant.") +
			"<p><code>" + html.EscapeString(s.errorDocument(a.request, e).Description) + "</code></p>" +
			`<form method="POST">` + hidden(v) + button(consentField, "cancel", "Return without granting consent") + `</form>`}
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
