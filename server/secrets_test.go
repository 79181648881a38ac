package server_test

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/fakegraph/fakegraph/server"
)

// Secrets, passwords, codes and tokens stand in no log line, no reason and no
// journal, whether they were right or wrong.
func TestSecretsStayOut(t *testing.T) {
	var log bytes.Buffer
	fake, err := server.New(server.WithLogger(zerolog.New(zerolog.SyncWriter(&log))), server.WithAuth("strict"))
	if err != nil {
		t.Fatal(err)
	}
	defer fake.Close()
	client := &http.Client{Transport: fake.Transport()}
	secrets := []string{"fakegraph-demo-secret", "s3cret-wrong", "p4ssword-wrong", "bearer-s3cret", "assertion-s3cret", "c0de-s3cret", "refresh-s3cret"}
	const app = "f4ce0a11-0000-4000-8000-0000000000a1"
	var reasons string
	send := func(form url.Values) {
		r, err := client.PostForm("https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token", form)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(r.Body)
		r.Body.Close()
		reasons += r.Header.Get("X-Fake-Reason") + "\n"
		if r.StatusCode >= 400 {
			reasons += string(body) + "\n"
		}
	}
	scope := "https://graph.microsoft.com/.default"
	send(url.Values{"grant_type": {"client_credentials"}, "client_id": {app}, "client_secret": {secrets[0]}, "scope": {scope}})
	send(url.Values{"grant_type": {"client_credentials"}, "client_id": {app}, "client_secret": {secrets[1]}, "scope": {scope}})
	send(url.Values{"grant_type": {"password"}, "client_id": {app}, "username": {"x@y.z"}, "password": {secrets[2]}, "scope": {scope}})
	send(url.Values{"grant_type": {"client_credentials"}, "client_id": {app}, "client_assertion": {secrets[4]}, "scope": {scope},
		"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}})
	send(url.Values{"grant_type": {"authorization_code"}, "client_id": {app}, "code": {secrets[5]}})
	send(url.Values{"grant_type": {"refresh_token"}, "client_id": {app}, "refresh_token": {secrets[6]}})
	request, err := http.NewRequest("GET", "https://graph.microsoft.com/v1.0/users", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+secrets[3])
	for _, r := range []*http.Request{request, mustGet(t, "https://fakegraph/_fake/requests")} {
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		reasons += answer.Header.Get("X-Fake-Reason") + string(body)
	}
	for _, secret := range secrets {
		if strings.Contains(log.String(), secret) || strings.Contains(reasons, secret) {
			t.Errorf("%s is shown", secret)
		}
	}
	if log.Len() == 0 || !strings.Contains(reasons, "AADSTS7000215") {
		t.Errorf("nothing was logged or refused: %s %s", log.String(), reasons)
	}
}

func mustGet(t *testing.T, url string) *http.Request {
	t.Helper()
	r, err := http.NewRequest("GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
