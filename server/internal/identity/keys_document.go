package identity

import (
	"encoding/base64"
	"math/big"
)

type keysDocument struct {
	Keys []keyEntry `json:"keys"`
}

type keyEntry struct {
	Type        string   `json:"kty"`
	Use         string   `json:"use"`
	ID          string   `json:"kid"`
	Thumbprint  string   `json:"x5t"`
	Modulus     string   `json:"n"`
	Exponent    string   `json:"e"`
	Certificate []string `json:"x5c"`
	Instance    string   `json:"cloud_instance_name"`
	Issuer      string   `json:"issuer"`
}

// keys is the JSON Web Key Set; making the key is put off until it is asked
// for, or a token is.
func (s *Service) keys(r *request) (any, *oauthError) {
	tenant, fault := s.tenantOf(r)
	if fault != nil {
		return nil, fault
	}
	g, err := s.signer.get()
	if err != nil {
		return nil, errNoKey(err)
	}
	return keysDocument{[]keyEntry{{
		Type: "RSA", Use: "sig", ID: g.kid, Thumbprint: g.kid,
		Modulus:     base64.RawURLEncoding.EncodeToString(g.public.N.Bytes()),
		Exponent:    base64.RawURLEncoding.EncodeToString(big.NewInt(int64(g.public.E)).Bytes()),
		Certificate: []string{base64.StdEncoding.EncodeToString(g.certificate)},
		Instance:    s.cloud.instance,
		Issuer:      r.Origin + "/" + issuerTenant(r.tenantName(), tenant) + "/v2.0",
	}}}, nil
}
