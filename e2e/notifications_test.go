package e2e

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/microsoftgraph/msgraph-beta-sdk-go/models"

	"github.com/fakegraph/fakegraph/server"
)

// subscriber is a receiver as an application writes it: it answers the
// handshake, takes what it is told with 202, and looks at it afterwards.
type subscriber struct {
	key   *rsa.PrivateKey
	keys  jwt.Keyfunc // of the authority
	state string
	told  chan map[string]any // resources, decrypted
	t     *testing.T
}

func (s *subscriber) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if token := r.URL.Query().Get("validationToken"); token != "" {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, token)
		return
	}
	var body struct {
		Value []struct {
			ClientState      string
			EncryptedContent struct {
				Data, DataSignature, DataKey []byte
				EncryptionCertificateID      string `json:"encryptionCertificateId"`
			}
		}
		ValidationTokens []string
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		s.t.Error(err)
	}
	w.WriteHeader(http.StatusAccepted)
	for _, token := range body.ValidationTokens {
		s.validate(token)
	}
	if len(body.ValidationTokens) == 0 {
		s.t.Error("no validation token")
	}
	for _, one := range body.Value {
		c := one.EncryptedContent
		if one.ClientState != s.state || c.EncryptionCertificateID != "mine" {
			s.t.Errorf("clientState %q, certificate %q", one.ClientState, c.EncryptionCertificateID)
		}
		s.told <- s.open(c.DataKey, c.Data, c.DataSignature)
	}
}

// validate follows the documented steps: signature, audience, publisher.
func (s *subscriber) validate(token string) {
	claims := jwt.MapClaims{}
	_, err := jwt.ParseWithClaims(token, claims, s.keys, jwt.WithAudience("app1"), jwt.WithValidMethods([]string{"RS256"}))
	if err != nil || claims["appid"] != "0bf30f3b-4a52-48df-9a82-234910c4a086" {
		s.t.Errorf("validation token %v: %v", claims, err)
	}
}

func (s *subscriber) open(wrapped, data, signature []byte) (resource map[string]any) {
	secret, err := rsa.DecryptOAEP(sha1.New(), nil, s.key, wrapped, nil)
	if err != nil {
		s.t.Error(err)
		return nil
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write(data)
	if !hmac.Equal(mac.Sum(nil), signature) {
		s.t.Error("the content was tampered with")
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		s.t.Error(err)
		return nil
	}
	plain := make([]byte, len(data))
	cipher.NewCBCDecrypter(block, secret[:16]).CryptBlocks(plain, data)
	plain = plain[:len(plain)-int(plain[len(plain)-1])]
	if err := json.Unmarshal(plain, &resource); err != nil {
		s.t.Error(err)
	}
	return resource
}

// TestSDK_Notifications subscribes with the SDK; the receiver validates,
// receives and decrypts.
func TestSDK_Notifications(t *testing.T) {
	fake := server.NewTest(t)
	client := newClient(t, fake.Transport())
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	key, certificate := selfSigned(t)
	s := &subscriber{key: key, state: "secret", told: make(chan map[string]any, 10), t: t, keys: keysOf(fake)}
	receiver := httptest.NewTLSServer(s)
	defer receiver.Close()

	id := userID(ctx, t, client)
	kind, resource, state, certificateID, rich := "created,updated", "users/"+id+"/messages", "secret", "mine", true
	until := time.Now().Add(time.Hour)
	url := receiver.URL + "/api/notifications"
	body := models.NewSubscription()
	body.SetChangeType(&kind)
	body.SetResource(&resource)
	body.SetNotificationUrl(&url)
	body.SetClientState(&state)
	body.SetExpirationDateTime(&until)
	body.SetIncludeResourceData(&rich)
	body.SetEncryptionCertificate(&certificate)
	body.SetEncryptionCertificateId(&certificateID)
	subscription, err := client.Subscriptions().Post(ctx, body, nil)
	check(t, err)

	subject := "hello"
	message := models.NewMessage()
	message.SetSubject(&subject)
	created, err := client.Users().ByUserId(id).Messages().Post(ctx, message, nil)
	check(t, err)
	check(t, fake.WaitDelivered(ctx))
	if got := <-s.told; got["subject"] != subject || got["id"] != *created.GetId() {
		t.Errorf("told of %v", got)
	}

	renewal := models.NewSubscription()
	later := until.Add(time.Hour)
	renewal.SetExpirationDateTime(&later)
	renewed, err := client.Subscriptions().BySubscriptionId(*subscription.GetId()).Patch(ctx, renewal, nil)
	check(t, err)
	if got := renewed.GetExpirationDateTime(); got == nil || !got.Equal(later.UTC().Truncate(time.Nanosecond)) && got.Sub(later).Abs() > time.Second {
		t.Errorf("renewed until %v, want %v", got, later)
	}
	check(t, client.Subscriptions().BySubscriptionId(*subscription.GetId()).Delete(ctx, nil))
	for _, d := range fake.Deliveries() {
		if d.Response == nil || d.Response.Status >= 300 {
			t.Errorf("%v", d)
		}
	}
}

func selfSigned(t *testing.T) (*rsa.PrivateKey, string) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	check(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	check(t, err)
	return key, base64.StdEncoding.EncodeToString(der)
}

// keysOf finds the authority's keys where applications do.
func keysOf(fake *server.Test) jwt.Keyfunc {
	return func(token *jwt.Token) (any, error) {
		answer, err := (&http.Client{Transport: fake.Transport()}).Get("https://login.microsoftonline.com/common/discovery/v2.0/keys")
		if err != nil {
			return nil, err
		}
		defer answer.Body.Close()
		var document struct{ Keys []struct{ Kid, N, E string } }
		if err := json.NewDecoder(answer.Body).Decode(&document); err != nil {
			return nil, err
		}
		for _, k := range document.Keys {
			if k.Kid == token.Header["kid"] {
				return rsaKey(k.N, k.E)
			}
		}
		return nil, jwt.ErrTokenUnverifiable
	}
}

func rsaKey(n, e string) (*rsa.PublicKey, error) {
	modulus, err := base64.RawURLEncoding.DecodeString(n)
	if err != nil {
		return nil, err
	}
	exponent, err := base64.RawURLEncoding.DecodeString(e)
	return &rsa.PublicKey{N: new(big.Int).SetBytes(modulus), E: int(new(big.Int).SetBytes(exponent).Int64())}, err
}
