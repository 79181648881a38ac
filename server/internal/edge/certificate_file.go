package edge

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// LoadCertificate reads a certificate, with its chain, and its key, as they are
// given for the HTTPS listener instead of the authority's. now is what clients
// will hold it against.
func LoadCertificate(certFile, keyFile string, now time.Time) (*tls.Certificate, error) {
	chain, err := readPEM(certFile, "CERTIFICATE")
	if err != nil {
		return nil, err
	}
	key, err := readPEM(keyFile, "PRIVATE KEY")
	if err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(chain, key)
	if err != nil {
		return nil, fmt.Errorf("certificate %s and key %s: %w: name the key that the certificate was made for, and the certificate before its chain", certFile, keyFile, err)
	}
	return &pair, inForce(pair.Leaf, certFile, now)
}

// readPEM reads a file with a block of a kind in it.
func readPEM(file, kind string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		var path *fs.PathError
		if errors.As(err, &path) {
			err = path.Err // the name stands in front already
		}
		return nil, fmt.Errorf("%s: %w: name a PEM file", file, err)
	}
	for rest := text; ; {
		var block *pem.Block
		switch block, rest = pem.Decode(rest); {
		case block == nil:
			return nil, fmt.Errorf("%s: no %s in it: want PEM, as in -----BEGIN %s-----", file, kind, kind)
		case block.Type == kind, kind == "PRIVATE KEY" && (block.Type == "EC PRIVATE KEY" || block.Type == "RSA PRIVATE KEY"):
			return text, nil
		case block.Type == "ENCRYPTED PRIVATE KEY" && kind == "PRIVATE KEY":
			return nil, fmt.Errorf("%s: the key is encrypted: decrypt it first, as with openssl pkey", file)
		}
	}
}

func inForce(cert *x509.Certificate, file string, now time.Time) error {
	switch {
	case now.After(cert.NotAfter):
		return fmt.Errorf("certificate %s: expired on %s: renew it, or leave it out for one of the fake's own CA", file, cert.NotAfter.Format(time.DateOnly))
	case now.Before(cert.NotBefore):
		return fmt.Errorf("certificate %s: not valid before %s: check this machine's clock, or leave it out for one of the fake's own CA", file, cert.NotBefore.Format(time.DateOnly))
	}
	return nil
}

// tlsConfig is that of the HTTPS listeners: the given certificate, if there is
// one. Microsoft's hosts still get the authority's, as a client that finds them
// here by its hosts file trusts the authority for them.
func (s *Server) tlsConfig() *tls.Config {
	config := s.Authority.TLSConfig()
	if own := s.Certificate; own != nil {
		config.GetCertificate = func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
			if KnownHost(hello.ServerName) && own.Leaf.VerifyHostname(hello.ServerName) != nil {
				return s.Authority.certificateFor(hello)
			}
			return own, nil
		}
	}
	return config
}
