package behavior

// Evidence for the keys of a key set (pages trustframeworkkeyset-generatekey,
// -uploadsecret, -uploadcertificate and -uploadpkcs12 of beta, 2019 to 2023):
//   - documented: each adds a key to the set and answers with its public part; a key of
//     RSA has e and n, no secret is told.
//   - assumed (2026-11): the key id is a random one; n is no real modulus.

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// addTrustKey adds a key to a key set.
func addTrustKey(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	sum := sha256.Sum256([]byte(tx.NewID()))
	random := base64.RawURLEncoding.EncodeToString(sum[:])
	modulus := base64.RawURLEncoding.EncodeToString(bytes.Repeat(sum[:], 8))
	key := fields("k", "null", "x5c", "[]", "x5t", "null", "kty", `"RSA"`, "use", `"sig"`, "exp", "null", "nbf", "null",
		"kid", quoted(random), "e", `"AQAB"`, "n", quoted(modulus))
	for _, name := range []string{"use", "kty", "exp", "nbf"} {
		if present(p, name) {
			key.Set(name, []byte(jsonOf(p, name)))
		}
	}
	if text(key, "kty") != "RSA" || present(p, "k") {
		key.Set("e", []byte("null"))
		key.Set("n", []byte("null"))
		if !present(p, "kty") {
			key.SetString("kty", "oct")
		}
	}
	bound.Set("keys", arrayOf(append(list(bound.Object, "keys"), key)))
	return Result{Value: json.RawMessage(key.JSON())}, nil
}

// activeTrustKey answers with the key of a key set that was added last.
func activeTrustKey(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	keys := list(bound.Object, "keys")
	if len(keys) == 0 {
		return Result{}, grapherr.NotFound(tx.Family(), tx.Key())
	}
	return Result{Value: json.RawMessage(keys[len(keys)-1].JSON())}, nil
}

func trustKeys() (all []Registration) {
	for _, action := range []string{"generateKey", "uploadCertificate", "uploadPkcs12", "uploadSecret"} {
		all = append(all, Registration{Bound: "microsoft.graph.trustFrameworkKeySet/" + action, Behavior: invoked(addTrustKey)})
	}
	return append(all, Registration{Bound: "microsoft.graph.trustFrameworkKeySet/getActiveKey", Behavior: invoked(activeTrustKey)})
}
