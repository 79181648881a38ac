package identity

import (
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
)

const (
	keyBits  = 2048
	pemBlock = "PRIVATE KEY"
)

// NewKey makes a key that signs tokens. It takes about 80 ms.
func NewKey() (*rsa.PrivateKey, error) {
	key, err := rsa.GenerateKey(nil, keyBits) // the reader is ignored since Go 1.26
	if err != nil {
		return nil, fmt.Errorf("make token signing key: %w", err)
	}
	return key, nil
}

// MarshalKey writes a key as PKCS #8 in PEM, so that the tokens it signed
// survive a restart.
func MarshalKey(key *rsa.PrivateKey) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("write token signing key: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: pemBlock, Bytes: der}), nil
}

// ParseKey reads what MarshalKey wrote.
func ParseKey(text []byte) (*rsa.PrivateKey, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type != pemBlock {
		return nil, errors.New("token signing key: want a PEM block of type PRIVATE KEY (PKCS #8)")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("token signing key: %w", err)
	}
	key, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("token signing key: want RSA, got %T", parsed)
	}
	return key, nil
}

// processSigner is the signer of servers that were given no key: one per
// process, because a key per server would cost each test 80 ms.
var processSigner = sync.OnceValues(func() (*signer, error) {
	key, err := NewKey()
	if err != nil {
		return nil, err
	}
	return newSigner(key)
})

// lazySigner makes its signer at the first need of it.
type lazySigner struct{ get func() (*signer, error) }

func newLazySigner(key func() (*rsa.PrivateKey, error)) *lazySigner {
	if key == nil {
		return &lazySigner{processSigner}
	}
	return &lazySigner{sync.OnceValues(func() (*signer, error) {
		k, err := key()
		if err != nil {
			return nil, fmt.Errorf("token signing key: %w", err)
		}
		return newSigner(k)
	})}
}

// signer signs tokens and knows what the keys document says of its key.
type signer struct {
	jose        jose.Signer
	public      *rsa.PublicKey
	kid         string // base64url of the certificate's SHA-1, also x5t
	certificate []byte // DER
	mac         []byte // key of the refresh tokens' MAC, derived so that they survive with the signing key
}

func newSigner(key *rsa.PrivateKey) (*signer, error) {
	certificate, err := selfSigned(key)
	if err != nil {
		return nil, fmt.Errorf("certificate of the token signing key: %w", err)
	}
	sum := sha1.Sum(certificate) // x5t is SHA-1 by definition, RFC 7515 §4.1.7
	kid := base64.RawURLEncoding.EncodeToString(sum[:])
	opts := new(jose.SignerOptions).WithType("JWT").WithHeader("x5t", kid)
	j, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: kid}}, opts)
	if err != nil {
		return nil, fmt.Errorf("token signer: %w", err)
	}
	mac := sha256.Sum256(append([]byte("refresh token\n"), key.D.Bytes()...))
	return &signer{jose: j, public: &key.PublicKey, kid: kid, certificate: certificate, mac: mac[:]}, nil
}

// selfSigned makes the certificate that keys documents carry. It depends on
// the key alone, PKCS #1 v1.5 signatures included, so that the key id stays
// the same after a restart and under a moved clock.
func selfSigned(key *rsa.PrivateKey) ([]byte, error) {
	template := &x509.Certificate{
		SerialNumber:       big.NewInt(1),
		Subject:            pkix.Name{CommonName: "fakegraph token signing"},
		NotBefore:          time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:           time.Date(2049, 12, 31, 0, 0, 0, 0, time.UTC),
		SignatureAlgorithm: x509.SHA256WithRSA,
	}
	return x509.CreateCertificate(nil, template, template, &key.PublicKey, key)
}

// sign returns the compact form of a JWT.
func (g *signer) sign(claims []byte) (string, error) {
	jws, err := g.jose.Sign(claims)
	if err != nil {
		return "", fmt.Errorf("sign token: %w", err)
	}
	return jws.CompactSerialize()
}

// verify reports whether this key signed the compact JWT.
func (g *signer) verify(token string) bool {
	jws, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil || len(jws.Signatures) != 1 || jws.Signatures[0].Header.KeyID != g.kid {
		return false
	}
	_, err = jws.Verify(g.public)
	return err == nil
}

// authenticate returns the MAC of a refresh token's content.
func (g *signer) authenticate(content []byte) []byte {
	m := hmac.New(sha256.New, g.mac)
	m.Write(content)
	return m.Sum(nil)
}
