package identity

type metadataDocument struct {
	Name            string                 `json:"name"`
	ResourceManager string                 `json:"resourceManager"`
	Graph           string                 `json:"microsoftGraphResourceId"`
	Authentication  metadataAuthentication `json:"authentication"`
	Suffixes        struct{}               `json:"suffixes"`
}

type metadataAuthentication struct {
	LoginEndpoint    string   `json:"loginEndpoint"` // clients append "/{tenant}/…": no trailing slash
	Audiences        []string `json:"audiences"`
	Tenant           string   `json:"tenant"`
	IdentityProvider string   `json:"identityProvider"`
}

// cloudMetadata tells Terraform and go-azure-sdk where everything is. They
// refuse an empty name, resourceManager or microsoftGraphResourceId
// (identity-behaviour §1.12).
func (s *Service) cloudMetadata(r *request) (any, *oauthError) {
	document := metadataDocument{
		Name:            s.cloud.metadata,
		ResourceManager: r.Origin,
		Graph:           r.Origin,
		Authentication: metadataAuthentication{
			LoginEndpoint: r.Origin, Audiences: []string{r.Origin}, Tenant: "common", IdentityProvider: "AAD",
		},
	}
	switch r.query["api-version"] {
	case "2019-05-01", "2020-06-01": // the older form is a list of clouds
		return []metadataDocument{document}, nil
	}
	return document, nil
}
