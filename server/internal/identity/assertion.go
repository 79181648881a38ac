package identity

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/fakegraph/fakegraph/server/internal/clock"
)

const jwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// exchangeAudience is what a federated assertion is for unless the credential
// says otherwise.
const exchangeAudience = "api://AzureADTokenExchange"

// assertionAlgorithms are what clients sign with: MSAL PS256, go-azure-sdk
// RS256 and ES256. None of them is symmetric, so no key can be confused.
var assertionAlgorithms = []jose.SignatureAlgorithm{jose.PS256, jose.RS256, jose.ES256}

// checkAssertion judges a client assertion. Issued by the client itself it is
// signed with a certificate, else it is somebody's federated token. Outside
// Strict any well-formed one will do for an application that has no such
// credential.
func (s *Service) checkAssertion(r *request, c client, kind, assertion string) *oauthError {
	if kind != jwtBearer {
		return errBadAssertion("client_assertion_type is not " + jwtBearer)
	}
	header, claims, err := readJWT(assertion)
	switch {
	case err != nil:
		return errBadAssertion("it is not a well-formed JWT")
	case claims.Subject == "" || claims.Issuer == "":
		return errBadAssertion("it lacks iss or sub")
	case claims.Issuer != claims.Subject:
		return s.checkFederated(c, claims)
	case !strings.EqualFold(claims.Subject, c.id):
		return errBadAssertion("its sub is not the client_id")
	}
	if len(c.app.Certificates) == 0 && s.config.Mode != Strict {
		return nil
	}
	return s.checkCertificate(r, c, header, claims, assertion)
}

// checkFederated matches issuer, subject and audience with the application's
// federated identity credentials. The foreign signature cannot be verified
// offline.
func (s *Service) checkFederated(c client, claims tokenClaims) *oauthError {
	if len(c.app.Federated) == 0 && s.config.Mode != Strict {
		return nil
	}
	var issuers []FederatedCredential
	for _, f := range c.app.Federated {
		if strings.TrimSuffix(f.Issuer, "/") == strings.TrimSuffix(claims.Issuer, "/") {
			issuers = append(issuers, f)
		}
	}
	if len(issuers) == 0 {
		return errUnmatchedIssuer(claims)
	}
	for _, f := range issuers {
		if f.Subject != claims.Subject {
			continue
		}
		audiences := f.Audiences
		if len(audiences) == 0 {
			audiences = []string{exchangeAudience}
		}
		if slices.ContainsFunc(claims.Audience, func(a string) bool { return slices.Contains(audiences, a) }) {
			return nil
		}
		return errUnmatchedAudience(claims)
	}
	return errUnmatchedFederation(claims)
}

// checkCertificate finds the certificate that an assertion names and verifies.
// Assertions are dated by the client's own clock, not by the fake's.
func (s *Service) checkCertificate(r *request, c client, h tokenHeader, claims tokenClaims, assertion string) *oauthError {
	certificate := c.certificate(h)
	now := new(clock.Clock).Now()
	switch {
	case certificate == nil:
		return errUnregisteredCertificate(h.thumbprint())
	case !verifies(certificate, assertion):
		return errBadSignature(h.thumbprint())
	case claims.Expires == nil || now.After(claims.Expires.time().Add(earlyLeeway)) || now.Add(earlyLeeway).Before(claims.NotBefore.time()):
		return errAssertionExpired()
	case !forThisEndpoint(r, claims.Audience):
		return errBadAssertion("its aud is neither the token endpoint nor the issuer")
	}
	return nil
}

// forThisEndpoint reports whether an assertion is meant for Entra ID. Clients
// name the token endpoint of their authority, which may be spelled by another
// name of the tenant or of the host.
func forThisEndpoint(r *request, audience []string) bool {
	return slices.ContainsFunc(audience, func(a string) bool {
		host, name := hostOf(a)
		own, _ := hostOf(r.Origin)
		return host != "" && strings.EqualFold(host, own) || isMicrosoftLogin(name)
	})
}

// certificate is the registered and unexpired one that a header names by its
// thumbprint.
func (c client) certificate(h tokenHeader) *x509.Certificate {
	for _, known := range c.app.Certificates {
		if !h.names(known.DER) {
			continue
		}
		if parsed, err := x509.ParseCertificate(known.DER); err == nil {
			return parsed
		}
	}
	return nil
}

// names reports whether the header names a certificate: by its SHA-256 (MSAL
// Go, in padded standard base64), its SHA-1, or either in the key id.
func (h tokenHeader) names(der []byte) bool {
	short, long := sha1.Sum(der), sha256.Sum256(der)
	for _, text := range []string{h.Thumbprint, h.Thumbprint256, h.KeyID} {
		digest := looseBase64(text)
		if bytes.Equal(digest, short[:]) || bytes.Equal(digest, long[:]) ||
			strings.EqualFold(text, hex.EncodeToString(short[:])) || strings.EqualFold(text, hex.EncodeToString(long[:])) {
			return true
		}
	}
	return false
}

// thumbprint is what the header names, in the hexadecimal digits of error texts.
func (h tokenHeader) thumbprint() string {
	return strings.ToUpper(hex.EncodeToString(looseBase64(clip(firstOf(h.Thumbprint, h.Thumbprint256, h.KeyID)))))
}

var base64URL = strings.NewReplacer("+", "-", "/", "_")

func looseBase64(text string) []byte {
	plain, err := decodeBase64(base64URL.Replace(text))
	if err != nil {
		return nil
	}
	return plain
}

// verifies reports whether a certificate's key signed a compact JWT.
func verifies(certificate *x509.Certificate, compact string) bool {
	jws, err := jose.ParseSignedCompact(compact, assertionAlgorithms)
	if err != nil || len(jws.Signatures) != 1 {
		return false
	}
	if _, err = jws.Verify(certificate.PublicKey); err == nil {
		return true
	}
	key, ok := certificate.PublicKey.(*ecdsa.PublicKey)
	return ok && jws.Signatures[0].Header.Algorithm == string(jose.ES256) && verifiesASN1(key, compact)
}

// verifiesASN1 takes the form of ECDSA signatures that go-azure-sdk sends.
func verifiesASN1(key *ecdsa.PublicKey, compact string) bool {
	end := strings.LastIndexByte(compact, '.')
	signature, err := decodeBase64(compact[end+1:])
	if err != nil {
		return false
	}
	sum := sha256.Sum256([]byte(compact[:end]))
	return ecdsa.VerifyASN1(key, sum[:], signature)
}

// expired reports whether a credential's end has come; zero means never.
func expired(end, now time.Time) bool { return !end.IsZero() && !now.Before(end) }
