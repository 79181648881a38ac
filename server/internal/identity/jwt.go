package identity

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
)

// tokenClaims are the claims that the fake reads of a JWT, its own or
// anybody's. Pointers tell a claim that is empty from one that is absent.
type tokenClaims struct {
	Audience  stringList   `json:"aud"`
	Issuer    string       `json:"iss"`
	Subject   string       `json:"sub"`
	Expires   *numericDate `json:"exp"`
	NotBefore *numericDate `json:"nbf"`
	IssuedAt  *numericDate `json:"iat"`

	Scopes *stringList `json:"scp"`
	Roles  *stringList `json:"roles"`

	TenantID          string `json:"tid"`
	ObjectID          string `json:"oid"`
	AppID             string `json:"appid"`
	AuthorizedParty   string `json:"azp"`
	AppName           string `json:"app_displayname"`
	UPN               string `json:"upn"`
	PreferredUsername string `json:"preferred_username"`
	Kind              string `json:"idtyp"`
	UniqueID          string `json:"uti"`
	JWTID             string `json:"jti"`

	Capabilities stringList `json:"xms_cc"`
}

type tokenHeader struct {
	Algorithm     string `json:"alg"`
	KeyID         string `json:"kid"`
	Thumbprint    string `json:"x5t"`
	Thumbprint256 string `json:"x5t#S256"`
}

var errNotJWT = errors.New("not a JWT")

// readJWT decodes the three parts of a JWT and verifies nothing.
func readJWT(raw string) (tokenHeader, tokenClaims, error) {
	var h tokenHeader
	var c tokenClaims
	parts := strings.Split(raw, ".")
	if len(parts) != 3 {
		return h, c, errNotJWT
	}
	if decodePart(parts[0], &h) != nil || decodePart(parts[1], &c) != nil {
		return h, c, errNotJWT
	}
	if _, err := decodeBase64(parts[2]); err != nil {
		return h, c, errNotJWT
	}
	return h, c, nil
}

// decodePart reads one part, which must be a JSON object.
func decodePart(part string, into any) error {
	plain, err := decodeBase64(part)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(strings.TrimLeft(string(plain), " \t\r\n"), "{") {
		return errNotJWT
	}
	return json.Unmarshal(plain, into)
}

// decodeBase64 takes padding, which some hand-made tokens have.
func decodeBase64(s string) ([]byte, error) {
	return base64.RawURLEncoding.DecodeString(strings.TrimRight(s, "="))
}

// stringList is a claim that is a string of words or a list of strings.
type stringList []string

func (l *stringList) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		var words string
		if err := json.Unmarshal(b, &words); err != nil {
			return err
		}
		*l = strings.Fields(words)
		return nil
	}
	return json.Unmarshal(b, (*[]string)(l))
}

// numericDate is a time in seconds since 1970, a fraction allowed (RFC 7519
// §2); strings of digits occur in hand-made tokens.
type numericDate int64

// lastSecond is the end of the year 9999: what lies beyond never expires.
const lastSecond = 253402300799

func (d *numericDate) UnmarshalJSON(b []byte) error {
	f, err := strconv.ParseFloat(strings.Trim(string(b), `"`), 64)
	if err != nil || math.IsNaN(f) {
		return errors.New("not a time in seconds")
	}
	*d = numericDate(math.Max(-lastSecond, math.Min(lastSecond, f)))
	return nil
}
