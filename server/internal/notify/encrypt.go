package notify

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
)

// encrypted is resource data that only the subscriber can read (D,
// graph-behaviour §9.5).
type encrypted struct {
	Data       []byte `json:"data"`
	Signature  []byte `json:"dataSignature"`
	Key        []byte `json:"dataKey"`
	ID         string `json:"encryptionCertificateId"`
	Thumbprint string `json:"encryptionCertificateThumbprint"`
}

// encrypt hides content behind the key of a certificate: a new AES key for
// each, whose first half is the initialization vector too, encrypted by
// RSA-OAEP with SHA-1 as the service does it.
func encrypt(random io.Reader, content []byte, certificate, id string) (*encrypted, error) {
	der, err := base64.StdEncoding.DecodeString(certificate)
	if err != nil {
		return nil, fmt.Errorf("encryptionCertificate: %w", err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("encryptionCertificate: %w", err)
	}
	public, ok := parsed.PublicKey.(*rsa.PublicKey)
	if !ok {
		return nil, errors.New("encryptionCertificate: want an RSA key")
	}
	key := make([]byte, 32)
	if _, err := io.ReadFull(random, key); err != nil {
		return nil, err
	}
	data, err := seal(key, content)
	if err != nil {
		return nil, err
	}
	wrapped, err := rsa.EncryptOAEP(sha1.New(), random, public, key, nil)
	if err != nil {
		return nil, fmt.Errorf("encrypt the key of a notification: %w", err)
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	sum := sha1.Sum(der)
	return &encrypted{
		Data: data, Signature: mac.Sum(nil), Key: wrapped, ID: id, Thumbprint: strings.ToUpper(hex.EncodeToString(sum[:])),
	}, nil
}

// seal is AES-CBC with the padding of PKCS #7.
func seal(key, content []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	n := aes.BlockSize - len(content)%aes.BlockSize
	padded := append(bytes.Clone(content), bytes.Repeat([]byte{byte(n)}, n)...)
	cipher.NewCBCEncrypter(block, key[:aes.BlockSize]).CryptBlocks(padded, padded)
	return padded, nil
}
