package notify

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"testing"
	"time"
)

// The subscriber reads what was encrypted, by the documented steps.
func TestEncrypt(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	certificate := base64.StdEncoding.EncodeToString(der)
	for _, content := range []string{"{}", `{"id":"0123456789"}`, string(bytes.Repeat([]byte("x"), 5000))} {
		e, err := encrypt(rand.Reader, []byte(content), certificate, "mine")
		if err != nil {
			t.Fatal(err)
		}
		if got := decrypt(t, key, e); got != content {
			t.Errorf("got %q", got)
		}
		if e.ID != "mine" || len(e.Thumbprint) != 40 {
			t.Errorf("%+v", e)
		}
	}
	if _, err := encrypt(rand.Reader, nil, "!", "mine"); err == nil {
		t.Error("a certificate that is none was taken")
	}
}

func decrypt(t *testing.T, key *rsa.PrivateKey, e *encrypted) string {
	t.Helper()
	secret, err := rsa.DecryptOAEP(sha1.New(), nil, key, e.Key, nil)
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write(e.Data)
	if !hmac.Equal(mac.Sum(nil), e.Signature) {
		t.Fatal("signature")
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		t.Fatal(err)
	}
	plain := make([]byte, len(e.Data))
	cipher.NewCBCDecrypter(block, secret[:16]).CryptBlocks(plain, e.Data)
	return string(plain[:len(plain)-int(plain[len(plain)-1])])
}
