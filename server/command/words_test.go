package command

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"go.etcd.io/bbolt"
)

// The words of command scripts.
//
//	start NAME [ARG…]        starts fakegraph, waits for its ready block; then $NAME is its HTTP
//	                         URL, $NAME_TLS its HTTPS URL, $NAME_ADDR host and port, $NAME_CURL
//	                         the curl line, and the block is in NAME.out
//	end NAME SIGNAL          sends TERM, INT or KILL and waits; NAME.out and NAME.err hold what
//	                         it printed; it must exit with 0, unless killed
//	code N PROGRAM [ARG…]    runs a program that must exit with N
//	http METHOD URL STATUS [BODY]   sends a request with $TOKEN, or any token; the answer's body
//	                         is in the file answer. $FAULT is sent as X-Fake-Fault
//	bearer FILE              the file's text is $TOKEN from then on
//	slow URL                 sends a GET with $FAULT in the background and waits until the
//	                         server has it
//	answered STATUS          waits for the answer to slow
//	trusts PEM URL           the URL is served with a certificate of this CA
//	certificate CERT KEY DAYS  makes a certificate for localhost that is valid for so many days from
//	                         now, or ended so many ago, and its key
//	cut FILE BYTES           shortens a file
//	foreign FILE             makes a bbolt file of another program
//	hammer NAME N            creates and changes entities from many clients, kills the server
//	                         in the middle of it, after N acknowledged writes
//	survived NAME            the server has all that hammer saw acknowledged
func scriptWords() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"start": wordStart, "end": wordEnd, "code": wordCode, "http": wordHTTP, "bearer": wordBearer, "slow": wordSlow, "answered": wordAnswered,
		"trusts": wordTrusts, "certificate": wordCertificate, "cut": wordCut, "foreign": wordForeign, "hammer": wordHammer, "survived": wordSurvived,
	}
}

// want ends a script that uses a word wrongly.
func want(ts *testscript.TestScript, neg, ok bool, text string) {
	if neg || !ok {
		ts.Fatalf("usage: %s", text)
	}
}

func wordCode(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, len(args) > 1, "code N PROGRAM [ARG…]")
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// request is a request as the script's $TOKEN and $FAULT have it.
func request(ts *testscript.TestScript, method, url, body string) *http.Request {
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	ts.Check(err)
	token := ts.Getenv("TOKEN")
	if token == "" {
		token = "test"
	}
	r.Header.Set("Authorization", "Bearer "+strings.TrimSpace(token))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if fault := ts.Getenv("FAULT"); fault != "" {
		r.Header.Set("X-Fake-Fault", fault)
	}
	return r
}

func wordHTTP(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, len(args) == 3 || len(args) == 4, "http METHOD URL STATUS [BODY]")
	body := strings.Join(args[3:], "")
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request(ts, args[0], args[1], body))
	ts.Check(err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("answer"), answer, 0o600))
	if strconv.Itoa(response.StatusCode) != args[2] {
		ts.Fatalf("status %d, want %s: %s\n%s", response.StatusCode, args[2], response.Header.Get("X-Fake-Reason"), answer)
	}
}

func wordBearer(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, len(args) == 1, "bearer FILE")
	ts.Setenv("TOKEN", strings.TrimSpace(ts.ReadFile(args[0])))
}

func wordTrusts(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, len(args) == 2, "trusts PEM URL")
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM([]byte(ts.ReadFile(args[0]))) {
		ts.Fatalf("%s holds no certificate", args[0])
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: roots}}}
	response, err := client.Get(args[1])
	ts.Check(err)
	response.Body.Close()
}

func wordCertificate(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, len(args) == 3, "certificate CERT KEY DAYS")
	days, err := strconv.Atoi(args[2])
	ts.Check(err)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ts.Check(err)
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: now.AddDate(-1, 0, 0), NotAfter: now.AddDate(0, 0, days),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	ts.Check(err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600))
}

func wordCut(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, len(args) == 2, "cut FILE BYTES")
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), size))
}

func wordForeign(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, len(args) == 1, "foreign FILE")
	db, err := bbolt.Open(ts.MkAbs(args[0]), 0o600, nil)
	ts.Check(err)
	ts.Check(db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte("jobs"))
		return err
	}))
	ts.Check(db.Close())
}
