package identity

import "net/url"

func (s *Service) adminConsent(r *request) (any, *oauthError) {
	return s.adminConsentEndpoint(r, false)
}
func (s *Service) adminConsentV2(r *request) (any, *oauthError) {
	return s.adminConsentEndpoint(r, true)
}

// adminConsentEndpoint grants an application, for everybody in the tenant, the
// scopes that are asked; .default, and the endpoint of v1, all that the
// application says it requires (identity-behaviour §1.8).
func (s *Service) adminConsentEndpoint(r *request, v2 bool) (any, *oauthError) {
	a, fault := s.readAuthorize(r, !v2)
	if fault != nil {
		return s.faultPage(r, fault), nil
	}
	a.mode = "query"
	text := a.parameters["scope"]
	if text == "" {
		text = ".default"
	}
	if a.scopes, fault = s.parseScopes(text, r.Origin); fault != nil {
		return a.deliver(s.consentFault(a, fault), fault.text), nil
	}
	if fault := s.findResource(&a.scopes, a.tenant); fault != nil {
		return a.deliver(s.consentFault(a, fault), firstOf(fault.reason, fault.text)), nil
	}
	if fault := s.consentForAll(a); fault != nil {
		return a.deliver(s.consentFault(a, fault), firstOf(fault.reason, fault.text)), nil
	}
	return a.deliver(url.Values{"admin_consent": {"True"}, "tenant": {a.tenant.ID}, "scope": {text}}, ""), nil
}

func (s *Service) consentFault(a *authorizeRequest, e *oauthError) url.Values {
	doc := s.errorDocument(a.request, e)
	return url.Values{"admin_consent": {"True"}, "tenant": {a.tenant.ID}, "error": {doc.Name}, "error_description": {doc.Description}}
}

func (s *Service) consentForAll(a *authorizeRequest) *oauthError {
	switch {
	case !a.client.known:
		s.enrol(a.tenant, a.client)
		return nil
	case a.scopes.all && s.config.AdminConsent != nil:
		if err := s.config.AdminConsent(a.tenant.ID, a.client.app); err != nil {
			return &oauthError{name: "consent_required", code: 65004, text: "The consent could not be given.", reason: err.Error()}
		}
		return nil
	}
	return s.consent(a.tenant, a.client, a.scopes, User{}, a.scopes.names)
}
