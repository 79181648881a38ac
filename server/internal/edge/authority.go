package edge

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"time"
)

const (
	organization = "fakegraph" // in the subject of our CAs, by which they are known again
	caYears      = 10
	// leafLife is below what Apple's systems take of a CA that a user added.
	leafLife = 820 * 24 * time.Hour
	// skew is how far a client's clock may be behind.
	skew = 24 * time.Hour
)

// Authority is a certificate authority that clients of the fake trust. What it
// may sign is constrained to this machine's names and Microsoft's login and
// Graph hosts, and to server certificates, so that a leaked key is worth
// nothing elsewhere. It is safe for concurrent use; servers may share one.
type Authority struct {
	cert      *x509.Certificate
	pem       []byte
	key       *ecdsa.PrivateKey
	from      time.Time // validity of leaves
	until     time.Time
	permitted names
	local     names       // in the leaf that clients without a known name get
	config    *tls.Config // of tunnels, so that their sessions resume
	leaves    leaves
}

// NewAuthority makes an authority that lives in memory, for tests. Beyond
// loopback and Microsoft's hosts it signs for extras, host names and IP
// addresses.
//
// Its certificates are valid from 1999 to 2049: a process may share one between
// tests whose clocks differ, and testing/synctest begins in the year 2000.
func NewAuthority(extras []string) (*Authority, error) {
	local, err := parseNames(extras)
	if err != nil {
		return nil, err
	}
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	from := time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)
	until := time.Date(2049, 12, 31, 0, 0, 0, 0, time.UTC)
	der, err := selfSign(key, basicNames().with(local), from, until)
	if err != nil {
		return nil, err
	}
	a, err := authorityOf(der, key, local)
	if err != nil {
		return nil, err
	}
	a.from, a.until = from, until
	return a, nil
}

// authorityOf makes a ready authority of its certificate and key. local is
// what the default leaf covers beside loopback.
func authorityOf(der []byte, key *ecdsa.PrivateKey, local names) (*Authority, error) {
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("CA certificate: %w", err)
	}
	a := &Authority{
		cert:      cert,
		pem:       pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		key:       key,
		permitted: permittedBy(cert),
		local:     local,
	}
	a.config = &tls.Config{
		MinVersion:     tls.VersionTLS12,
		NextProtos:     []string{"h2", "http/1.1"},
		GetCertificate: a.certificateFor,
	}
	return a, nil
}

// PEM returns the CA certificate, which clients must trust. The slice is the
// caller's.
func (a *Authority) PEM() []byte { return append([]byte(nil), a.pem...) }

// Certificate returns the CA certificate. It must not be changed.
func (a *Authority) Certificate() *x509.Certificate { return a.cert }

// Pool returns a new pool that holds the CA certificate alone.
func (a *Authority) Pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	return pool
}

// TLSConfig returns the configuration of a server that this authority vouches
// for: TLS 1.2 and later, HTTP/2 and HTTP/1.1, a leaf for the name that the
// client asks for. It is the caller's, since net/http changes what it is given.
func (a *Authority) TLSConfig() *tls.Config { return a.config.Clone() }

func newKey() (*ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("key for a certificate: %w", err)
	}
	return key, nil
}

// selfSign makes a CA certificate. Its subject depends on the key alone, so
// that leaves of one key chain to every certificate that was ever made of it:
// a client that trusts an earlier one need not be told of the next.
func selfSign(key *ecdsa.PrivateKey, permitted names, from, until time.Time) ([]byte, error) {
	public, err := key.PublicKey.Bytes()
	if err != nil {
		return nil, fmt.Errorf("CA key: %w", err)
	}
	id := sha256.Sum256(public)
	template := &x509.Certificate{
		Subject: pkix.Name{
			Organization: []string{organization},
			CommonName:   organization + " CA " + hex.EncodeToString(id[:4]),
		},
		SubjectKeyId:                id[:20],
		NotBefore:                   from,
		NotAfter:                    until,
		IsCA:                        true,
		BasicConstraintsValid:       true,
		MaxPathLenZero:              true,
		KeyUsage:                    x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		ExtKeyUsage:                 []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		PermittedDNSDomainsCritical: true,
		PermittedDNSDomains:         permitted.dns,
		PermittedIPRanges:           permitted.nets,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, fmt.Errorf("CA certificate: %w", err)
	}
	return der, nil
}
