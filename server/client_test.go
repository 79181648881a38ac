package server_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server"
)

// The client reaches the fake by every name of its, and nobody else: not even
// another server on this machine.
func TestClient_reaches_the_fake_alone(t *testing.T) {
	foreign, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer foreign.Close()
	fake := server.NewTest(t, server.WithAddresses("127.0.0.1:0", "127.0.0.1:0"), server.WithTLSNames("fake.example.test"))
	_, port, _ := strings.Cut(strings.TrimPrefix(fake.URL, "https://"), ":")
	for _, base := range []string{
		fake.URL, fake.Addresses().HTTP, "https://localhost:" + port, "https://fake.example.test:" + port,
		"https://fakegraph", "http://fakegraph", "https://graph.microsoft.com", "http://graph.microsoft.com",
	} {
		request(t, fake.Client(), "GET", base+"/v1.0/users", "").wants(t, 200, "value")
	}
	for _, base := range []string{"http://" + foreign.Addr().String(), "https://example.com", "https://graph.microsoft.com.example.test", "http://localhost"} {
		_, err := fake.Client().Get(base + "/v1.0/users")
		if err == nil || !strings.Contains(err.Error(), "is not the fake, and nothing leaves for a real service") {
			t.Errorf("%s: %v", base, err)
		}
	}
}

// Microsoft's hosts are not dialled for want of a listener.
func TestClient_without_listener(t *testing.T) {
	fake := server.NewTest(t, server.WithAddresses("127.0.0.1:0", ""))
	_, err := fake.Client().Get("https://graph.microsoft.com/v1.0/users")
	if err == nil || !strings.Contains(err.Error(), "has no listener for HTTPS") {
		t.Error(err)
	}
}

func TestClient_unix_socket(t *testing.T) {
	dir := t.TempDir()
	fake := server.NewTest(t, server.WithAddresses("unix:"+filepath.Join(dir, "http"), "unix:"+filepath.Join(dir, "https")))
	if want := "https+unix:" + filepath.Join(dir, "https"); fake.URL != want {
		t.Errorf("URL %s, want %s", fake.URL, want)
	}
	for _, base := range []string{"http://fakegraph", "https://fakegraph", "https://graph.microsoft.com"} {
		request(t, fake.Client(), "GET", base+"/v1.0/users?$top=1", "").wants(t, 200, `"@odata.nextLink":"`+base+"/v1.0/users")
	}
}

func TestWithTLSCertificate(t *testing.T) {
	cert, key := ownCertificate(t, "graph.example.test")
	fake := server.NewTest(t, server.WithTLSCertificate(cert, key), server.WithTLSNames("graph.example.test"))
	_, port, _ := strings.Cut(strings.TrimPrefix(fake.URL, "https://"), ":")
	request(t, fake.Client(), "GET", "https://graph.example.test:"+port+"/v1.0/users", "").wants(t, 200, "value")
	request(t, fake.Client(), "GET", "https://graph.microsoft.com/v1.0/users", "").wants(t, 200, "value") // by the CA's

	if _, err := server.New(server.WithTLSCertificate(cert, "")); err == nil || !strings.Contains(err.Error(), "go together") {
		t.Error(err)
	}
}

// ownCertificate writes a certificate for a name, signed by itself, and its key.
func ownCertificate(t *testing.T, name string) (certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{name}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for file, block := range map[string]*pem.Block{certFile: {Type: "CERTIFICATE", Bytes: der}, keyFile: {Type: "EC PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return certFile, keyFile
}

func TestWithTrustedProxy(t *testing.T) {
	fake := server.NewTest(t, server.WithTrustedProxy())
	request(t, fake.Client(), "GET", fake.URL+"/v1.0/users?$top=1", "", "X-Forwarded-Host", "proxy.example.test", "X-Forwarded-Proto", "http").
		wants(t, 200, `"@odata.nextLink":"http://proxy.example.test/v1.0/users`)
	request(t, fake.Client(), "GET", fake.URL+"/_fake/postman/environment.json", "", "Forwarded", "host=proxy.example.test;proto=https").
		wants(t, 200, `"https://proxy.example.test"`)
	suspicious := server.NewTest(t)
	request(t, suspicious.Client(), "GET", suspicious.URL+"/v1.0/users?$top=1", "", "X-Forwarded-Host", "proxy.example.test").
		wants(t, 200, `"@odata.nextLink":"`+suspicious.URL+"/v1.0/users")
}

// plainWriter hides all but what every http.ResponseWriter has, as middleware
// often does.
type plainWriter struct{ http.ResponseWriter }

// The handler serves behind any router and any middleware; where a fault cannot
// reach the connection, the request is broken off all the same.
func TestNew_behind_a_router(t *testing.T) {
	fake, err := server.New()
	if err != nil {
		t.Fatal(err)
	}
	defer fake.Close()
	router := http.NewServeMux()
	router.HandleFunc("/health", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "mine") })
	router.Handle("/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fake.ServeHTTP(plainWriter{w}, r) }))
	ts := httptest.NewServer(router)
	defer ts.Close()
	request(t, ts.Client(), "GET", ts.URL+"/health", "").wants(t, 200, "mine")
	request(t, ts.Client(), "GET", ts.URL+"/v1.0/users?$top=1", "", "Authorization", "Bearer x").wants(t, 200, `"@odata.nextLink":"`+ts.URL+"/v1.0/users")
	request(t, ts.Client(), "GET", ts.URL+"/_fake/health", "").wants(t, 200, "ok")
	for _, fault := range []string{"reset", "close", "garbage"} {
		r, err := http.NewRequest("POST", ts.URL+"/v1.0/groups", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Fake-Fault", fault)
		if response, err := ts.Client().Do(r); err == nil {
			t.Errorf("%s: %s", fault, response.Status)
		}
	}
}

// A listener of the user's, with a connection in memory behind it.
func ExampleWithListeners() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fake, err := server.New(server.WithListeners(listener, nil), server.WithAuth("off"))
	if err != nil {
		panic(err)
	}
	defer fake.Close()
	if err := fake.Listen(); err != nil {
		panic(err)
	}
	response, err := http.Get("http://" + listener.Addr().String() + "/v1.0/users")
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	fmt.Println(response.Status, fake.URL() == "http://"+listener.Addr().String())
	// Output: 200 OK true
}

func ExampleWithAddresses() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	fake, err := server.New(server.WithAddresses("unix:"+dir+"/graph", ""), server.WithAuth("off"))
	if err != nil {
		panic(err)
	}
	defer fake.Close()
	if err := fake.Listen(); err != nil {
		panic(err)
	}
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", dir+"/graph")
	}}}
	response, err := client.Get("http://graph/v1.0/users")
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	fmt.Println(response.Status)
	// Output: 200 OK
}

func ExampleWithLimits() {
	fake, err := server.New(server.WithLimits(server.Limits{Body: 20}), server.WithAuth("off"))
	if err != nil {
		panic(err)
	}
	defer fake.Close()
	client := &http.Client{Transport: fake.Transport()}
	response, err := client.Post("https://graph.microsoft.com/v1.0/groups", "application/json", strings.NewReader(`{"displayName":"too long for that"}`))
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	fmt.Println(response.Status)
	// Output: 413 Request Entity Too Large
}

func ExampleWithTLSCertificate() {
	fake, err := server.New(server.WithTLSCertificate("server.pem", "server.key"), server.WithAddresses("", "127.0.0.1:0"))
	if err != nil {
		panic(err)
	}
	defer fake.Close()
	fmt.Println(fake.Listen())
	// Output: server.pem: no such file or directory: name a PEM file
}

func ExampleWithTrustedProxy() {
	fake, err := server.New(server.WithTrustedProxy(), server.WithAuth("off"))
	if err != nil {
		panic(err)
	}
	defer fake.Close()
	request, err := http.NewRequest(http.MethodGet, "https://graph.microsoft.com/v1.0/users?$top=1&$select=id", nil)
	if err != nil {
		panic(err)
	}
	request.Header.Set("Forwarded", `for=192.0.2.43;proto=https;host="graph.example.com"`)
	response, err := (&http.Client{Transport: fake.Transport()}).Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%.56s\n", body)
	// Output: {"@odata.context":"https://graph.example.com/v1.0/$metad
}
