package server_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

// What a sign-in hands out stands in no journal either: sign-ins are there when
// a scenario touches them.
func TestSecretsStayOut_ofSignIns(t *testing.T) {
	file := filepath.Join(t.TempDir(), "slow.yaml")
	if err := os.WriteFile(file, []byte("name: slow\nrules:\n  - match: {path: \"/*/oauth2/**\"}\n    delay: 1ms\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	fake, err := server.New(server.WithScenario(file))
	if err != nil {
		t.Fatal(err)
	}
	defer fake.Close()
	s := signIns{t: t, client: &http.Client{Transport: fake.Transport(), CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}

	for _, mode := range []string{"query", "fragment", "form_post"} {
		r := s.ask("GET", "/oauth2/v2.0/authorize?client_id="+demoApp+"&response_type=code&scope=openid+offline_access+User.Read&redirect_uri=http://localhost&response_mode="+mode, nil)
		s.keep(r, `code(?:=|" value=")([^&"]+)`)
	}
	code := s.kept[0]
	tokens := s.ask("POST", "/oauth2/v2.0/token", url.Values{"grant_type": {"authorization_code"}, "client_id": {demoApp}, "code": {code}, "redirect_uri": {"http://localhost"}})
	s.keep(tokens, `"access_token":"([^"]+)`)
	s.keep(tokens, `"refresh_token":"([^"]+)`)
	s.keep(tokens, `"id_token":"([^"]+)`)
	hybrid := s.ask("GET", "/oauth2/v2.0/authorize?client_id="+demoApp+"&response_type=id_token+token&nonce=n&scope=openid+User.Read&redirect_uri=http://localhost&response_mode=form_post", nil)
	s.keep(hybrid, `name="access_token" value="([^"]+)`)
	s.keep(hybrid, `name="id_token" value="([^"]+)`)
	device := s.ask("POST", "/oauth2/v2.0/devicecode", url.Values{"client_id": {demoApp}, "scope": {"User.Read"}})
	s.keep(device, `"device_code":"([^"]+)`)
	s.keep(s.ask("POST", "/oauth2/v2.0/token", url.Values{"grant_type": {"refresh_token"}, "client_id": {demoApp}, "refresh_token": {s.kept[4]}}), `"access_token":"([^"]+)`)

	shown, err := json.Marshal(fake.Requests())
	if err != nil {
		t.Fatal(err)
	}
	for i, secret := range s.kept {
		if strings.Contains(string(shown), secret) || strings.Contains(string(shown), url.QueryEscape(secret)) {
			t.Errorf("secret %d, %s…, is in the journal", i, secret[:8])
		}
	}
	if n := len(fake.Requests()); n != 7 {
		t.Errorf("%d sign-ins in the journal: %s", n, shown)
	}
}

const demoApp = "f4ce0a11-0000-4000-8000-0000000000a1"

// signIns calls Entra ID and keeps what it hands out.
type signIns struct {
	t      *testing.T
	client *http.Client
	kept   []string
}

// ask returns everything that an answer says.
func (s *signIns) ask(method, path string, form url.Values) string {
	s.t.Helper()
	r, err := http.NewRequest(method, "https://login.microsoftonline.com/contoso.onmicrosoft.com"+path, strings.NewReader(form.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := s.client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	return answer.Header.Get("Location") + "\n" + string(body)
}

func (s *signIns) keep(answer, pattern string) {
	s.t.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(answer)
	if found == nil || len(found[1]) < 20 {
		s.t.Fatalf("no %s in %s", pattern, answer)
	}
	plain, err := url.QueryUnescape(found[1])
	if err != nil {
		s.t.Fatal(err)
	}
	s.kept = append(s.kept, plain)
}
