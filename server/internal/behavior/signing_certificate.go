package behavior

// Evidence for addTokenSigningCertificate:
//   - documented: makes a self-signed certificate of RSA 2048 for three years unless
//     told otherwise, whose name begins with CN=; the service principal has it as
//     two key credentials, to sign and to verify, and its password as a password
//     credential; the answer is the part that verifies, and its thumbprint.
//   - assumed (2026-11): the key is not kept, for the fake signs with its own.

import (
	"crypto/rsa"
	"crypto/sha1"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/hex"
	"math/big"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

func addSigningCertificate(tx Tx, e *Entity, p entity.Object) (Result, *grapherr.Error) {
	name := text(p, "displayName")
	if !strings.HasPrefix(name, "CN=") {
		return Result{}, &grapherr.Error{Status: 400, Code: "Request_BadRequest", Message: "displayName must begin with CN=."}
	}
	end, err := time.Parse(time.RFC3339Nano, text(p, "endDateTime"))
	if err != nil {
		end = tx.Now().AddDate(3, 0, 0)
	}
	der, err := selfSigned(strings.TrimPrefix(name, "CN="), tx.Now(), end)
	if err != nil {
		return Result{}, grapherr.Internal()
	}
	print := sha1.Sum(der) // what Graph calls a thumbprint
	identifier := quoted(base64.StdEncoding.EncodeToString(print[:]))
	verify := keyCredential(tx, name, "Verify", identifier, end)
	sign := keyCredential(tx, name, "Sign", identifier, end)
	keys := append(list(e.Object, "keyCredentials"), sign, verify)
	e.Set("keyCredentials", arrayOf(keys))
	secret := fields("customKeyIdentifier", identifier, "displayName", quoted(name), "endDateTime", quoted(instant(end)), "hint", "null",
		"keyId", jsonOf(sign, "keyId"), "secretText", "null", "startDateTime", quoted(instant(tx.Now())))
	e.Set("passwordCredentials", arrayOf(append(list(e.Object, "passwordCredentials"), secret)))
	verify = verify.Clone()
	verify.SetString("key", base64.StdEncoding.EncodeToString(der))
	verify.SetString("thumbprint", strings.ToUpper(hex.EncodeToString(print[:])))
	return Object(verify), nil
}

func keyCredential(tx Tx, name, usage, identifier string, end time.Time) entity.Object {
	return fields("customKeyIdentifier", identifier, "displayName", quoted(name), "endDateTime", quoted(instant(end)), "key", "null",
		"keyId", quoted(tx.NewID()), "startDateTime", quoted(instant(tx.Now())), "type", `"AsymmetricX509Cert"`, "usage", quoted(usage))
}

// selfSigned makes a certificate and forgets its key. Where random bytes come
// from is for crypto to say: it takes no reader of ours (Go 1.26).
func selfSigned(name string, from, to time.Time) ([]byte, error) {
	key, err := rsa.GenerateKey(nil, 2048)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(from.UnixNano()), Subject: pkix.Name{CommonName: name}, NotBefore: from, NotAfter: to}
	return x509.CreateCertificate(nil, template, template, &key.PublicKey, key)
}
