package edge

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// The files of an authority. The key is made once and never replaced; the
// certificate is made of it, again when it expires or a name is added. That
// makes a start safe beside another process: whoever creates the key first
// wins, and every certificate of one key vouches for the same leaves.
const (
	// CertificateFile is the name of the CA certificate in its folder.
	CertificateFile = "ca.pem"
	keyFile         = "ca-key.pem"
)

// LoadAuthority returns the authority that lives in dir, and makes it at first
// need: dir with mode 0700, the key with 0600. It can sign for loopback,
// Microsoft's hosts, the machine's own names as they were when it was made,
// and extras; when it lacks one of extras, or has expired at now, its
// certificate is made again. now is the machine's time, not the fake's:
// clients check certificates by it.
//
// A machine that changed its name or address keeps its CA, because users would
// have to trust the new one; such names are asked for as extras.
func LoadAuthority(dir string, extras []string, now time.Time) (*Authority, error) {
	wanted, err := parseNames(extras)
	if err != nil {
		return nil, err
	}
	own, err := parseNames(OwnNames())
	if err != nil {
		return nil, err
	}
	if err := makeFolder(dir); err != nil {
		return nil, err
	}
	key, err := loadKey(dir)
	if err != nil {
		return nil, err
	}
	cert, err := loadCertificate(dir, key)
	if err != nil {
		return nil, err
	}
	if cert == nil || expired(cert, now) || !permittedBy(cert).includes(basicNames().with(wanted)) {
		if cert, err = renew(dir, key, cert, wanted.with(own), now); err != nil {
			return nil, err
		}
	}
	a, err := authorityOf(cert.Raw, key, wanted.with(own))
	if err != nil {
		return nil, err
	}
	a.from, a.until = now.Add(-skew), earlier(now.Add(leafLife), cert.NotAfter)
	return a, nil
}

func expired(cert *x509.Certificate, now time.Time) bool {
	return now.Before(cert.NotBefore) || now.After(cert.NotAfter)
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// renew makes the certificate, with the names that the last one had, and
// writes it.
func renew(dir string, key *ecdsa.PrivateKey, last *x509.Certificate, more names, now time.Time) (*x509.Certificate, error) {
	permitted := basicNames().with(more)
	if last != nil {
		permitted = permitted.with(permittedBy(last))
	}
	der, err := selfSign(key, permitted, now.Add(-skew), now.AddDate(caYears, 0, 0))
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("CA certificate: %w", err)
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return cert, writeFile(filepath.Join(dir, CertificateFile), text, 0o644, os.Rename)
}

func makeFolder(dir string) error {
	if dir == "" {
		return errors.New("CA folder: no path: name one with --ca-dir")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("CA folder %s: %w: make it writable or name another with --ca-dir", dir, cause(err))
	}
	return nil
}

// loadKey reads the key, or makes it when there is neither key nor
// certificate. The certificate is looked for first: it never exists before its
// key, so finding it alone means that the key was lost.
func loadKey(dir string) (*ecdsa.PrivateKey, error) {
	path := filepath.Join(dir, keyFile)
	_, certErr := os.Stat(filepath.Join(dir, CertificateFile))
	text, err := os.ReadFile(path)
	switch {
	case err == nil:
		return parseKey(path, text)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, unusable(path, err)
	case certErr == nil:
		return nil, fmt.Errorf("%s: missing, though %s is there: put the key back, or delete %s to have a new CA made", path, CertificateFile, CertificateFile)
	}
	if err := createKey(path); err != nil {
		return nil, err
	}
	if text, err = os.ReadFile(path); err != nil { // ours, or of a process that was faster
		return nil, unusable(path, err)
	}
	return parseKey(path, text)
}

// createKey writes a new key unless one is there by now.
func createKey(path string) error {
	key, err := newKey()
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return fmt.Errorf("CA key: %w", err)
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	err = writeFile(path, text, 0o600, linkOrCopy)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

// writeFile writes a file beside path and puts it there with place: os.Rename
// replaces what is there, linkOrCopy leaves it. Either way nobody reads half a
// file.
func writeFile(path string, text []byte, mode fs.FileMode, place func(from, to string) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return unusable(path, err)
	}
	defer os.Remove(f.Name()) // gone already after a rename
	_, err = f.Write(text)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err == nil {
		err = place(f.Name(), path)
	}
	if err != nil {
		return unusable(path, err)
	}
	return nil
}

// linkOrCopy gives from a second name unless that is taken. File systems
// without links get a copy, which another process could see half written.
func linkOrCopy(from, to string) error {
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return copyNew(from, to)
}

func copyNew(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}

func parseKey(path string, text []byte) (*ecdsa.PrivateKey, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "PRIVATE KEY" {
		return nil, foreign(path, "no PKCS #8 private key in PEM form")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, foreign(path, "damaged private key")
	}
	key, ok := parsed.(*ecdsa.PrivateKey)
	if !ok || key.Curve != elliptic.P256() {
		return nil, foreign(path, "not an ECDSA P-256 key, so not made by fakegraph")
	}
	return key, nil
}

// loadCertificate reads the certificate and checks that it is ours; nil when
// there is none yet.
func loadCertificate(dir string, key *ecdsa.PrivateKey) (*x509.Certificate, error) {
	path := filepath.Join(dir, CertificateFile)
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, unusable(path, err)
	}
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "CERTIFICATE" {
		return nil, foreign(path, "no certificate in PEM form")
	}
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, foreign(path, "damaged certificate")
	}
	if !cert.IsCA || !slices.Contains(cert.Subject.Organization, organization) {
		return nil, foreign(path, fmt.Sprintf("certificate of %q, not a CA made by fakegraph", cert.Subject))
	}
	if !key.PublicKey.Equal(cert.PublicKey) {
		return nil, foreign(path, "does not belong to the key in "+keyFile)
	}
	return cert, nil
}

// foreign is the error for a file that holds something else than it should.
func foreign(path, what string) error {
	return fmt.Errorf("%s: %s: delete %s and %s there to have a new CA made, or name another folder with --ca-dir", path, what, CertificateFile, keyFile)
}

// unusable is the error for a file that cannot be read or written.
func unusable(path string, err error) error {
	return fmt.Errorf("%s: %w: let this user read and write it, or name another folder with --ca-dir", path, cause(err))
}

// cause leaves out the path that the operating system's errors repeat, and
// the name of the temporary file.
func cause(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
