package identity

import (
	"html"
	"net/http"
	"strings"
)

// devicePage is where verification_uri leads: enter the code, choose who signs
// in, or decline. Whoever opens it with a code takes over from the automatic
// approval.
func (s *Service) devicePage(r *request) (any, *oauthError) {
	sent := r.query
	if r.Method == http.MethodPost {
		sent = r.form
	}
	code := firstOf(sent["otc"], sent["user_code"], sent["code"])
	if code == "" {
		return enterCode(""), nil
	}
	var answer page
	s.device.byUserCode(code, func(d *deviceCode) { answer = s.attend(r, d, sent) })
	return answer, nil
}

func (s *Service) attend(r *request, d *deviceCode, sent form) page {
	if d == nil || d.used || r.now.Sub(d.issued) >= deviceCodeLife {
		return enterCode("That code didn't work. Check the code and try again.")
	}
	d.attended = true
	name := firstOf(sent[otherAccountField], sent[accountField])
	switch {
	case r.Method != http.MethodPost:
	case sent[consentField] == "cancel":
		d.declined = true
		return page{title: "Sign-in declined", body: paragraph("You can close this window now.")}
	case name != "":
		tenant, _ := s.Tenant(d.tenant)
		u, known := s.user(tenant, name)
		if !known && s.config.Mode == Strict {
			return s.devicePick(d, "There is no user "+clip(name)+" in this tenant.")
		}
		d.user = firstOf(u.UPN, u.ID)
		return page{title: "You have signed in", body: paragraph("You have signed in to " + d.name + " as " + d.user + ". You may now close this window.")}
	}
	return s.devicePick(d, "")
}

func enterCode(complaint string) page {
	body := ""
	if complaint != "" {
		body = paragraph(complaint)
	}
	return page{title: "Enter code", reason: complaint,
		body: body + paragraph("Enter the code displayed on your app or device.") +
			`<form method="POST"><input name="otc" placeholder="Code" autocomplete="off" autofocus><button>Next</button></form>`}
}

func (s *Service) devicePick(d *deviceCode, complaint string) page {
	tenant, _ := s.Tenant(d.tenant)
	code := `<input type="hidden" name="otc" value="` + html.EscapeString(d.userCode) + `">`
	var b strings.Builder
	b.WriteString(paragraph("You're signing in to " + d.name + " on another device."))
	if complaint != "" {
		b.WriteString(paragraph(complaint))
	}
	b.WriteString(`<form method="POST">` + code)
	for _, u := range s.accounts(tenant) {
		b.WriteString(button(accountField, u.UPN, firstOf(u.Name, u.UPN)+" — "+u.UPN))
	}
	b.WriteString(`</form><form method="POST">` + code + `<input name="` + otherAccountField + `" placeholder="someone@` + html.EscapeString(tenant.Domain) + `">` +
		`<button>Sign in</button></form><form method="POST">` + code + button(consentField, "cancel", "Cancel") + `</form>`)
	return page{title: "Pick an account", body: b.String(), reason: complaint}
}
