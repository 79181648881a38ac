package server_test

import (
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
	"math/big"
	"strings"
	"testing"
	"time"
)

// Notifications with resource data are encrypted for the subscriber, and carry
// a token that says who they are for.
func TestRichNotification(t *testing.T) {
	s, r := newNotified(t), newReceiver(t)
	key, certificate := newCertificate(t)
	subscribe(t, s, map[string]any{
		"changeType": "created,deleted", "notificationUrl": r.URL, "resource": "me/mailFolders('Drafts')/messages?$select=subject",
		"expirationDateTime": in(time.Hour), "includeResourceData": true, "encryptionCertificate": certificate, "encryptionCertificateId": "mine",
	})
	message := api(t, s, "POST", "/me/messages", `{"subject":"hello"}`, 201)["id"].(string)
	delivered(t, s)
	got := r.take()
	if len(got) != 1 || len(got[0].ValidationTokens) != 1 {
		t.Fatalf("%s %+v", kinds(got), got)
	}
	var content map[string]any
	if err := json.Unmarshal(decrypt(t, key, got[0].EncryptedContent), &content); err != nil {
		t.Fatal(err)
	}
	if content["subject"] != "hello" || content["id"] != message || content["body"] != nil {
		t.Errorf("%v", content)
	}
	parts := strings.Split(got[0].ValidationTokens[0], ".")
	claims, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil || !strings.Contains(string(claims), `"appid":"0bf30f3b-4a52-48df-9a82-234910c4a086"`) || !strings.Contains(string(claims), got[0].TenantID) {
		t.Errorf("%s", claims)
	}
	for _, d := range s.Deliveries() {
		if strings.Contains(string(d.Request.Body), got[0].ValidationTokens[0]) {
			t.Errorf("the journal shows the validation token: %s", d.Request.Body)
		}
	}
	api(t, s, "DELETE", "/me/messages/"+message, "", 204)
	delivered(t, s)
	if got := r.take(); kinds(got) == "" || got[0].EncryptedContent != nil {
		t.Errorf("what is gone has no content: %+v", got)
	}
}

func newCertificate(t *testing.T) (*rsa.PrivateKey, string) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return key, base64.StdEncoding.EncodeToString(der)
}

// decrypt follows the documented steps.
func decrypt(t *testing.T, key *rsa.PrivateKey, raw json.RawMessage) []byte {
	t.Helper()
	var e struct{ Data, DataSignature, DataKey []byte }
	if err := json.Unmarshal(raw, &e); err != nil {
		t.Fatal(err)
	}
	secret, err := rsa.DecryptOAEP(sha1.New(), nil, key, e.DataKey, nil)
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write(e.Data)
	if !hmac.Equal(mac.Sum(nil), e.DataSignature) {
		t.Fatal("the signature is wrong")
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		t.Fatal(err)
	}
	plain := make([]byte, len(e.Data))
	cipher.NewCBCDecrypter(block, secret[:16]).CryptBlocks(plain, e.Data)
	return plain[:len(plain)-int(plain[len(plain)-1])]
}
