package journal_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/journal"
)

const marker = "s3cretS3CRETs3cret"

// secretNames are names under which a secret can stand in JSON and in forms.
var secretNames = []string{
	"password", "client_secret", "client_assertion", "refresh_token", "access_token", "id_token",
	"secretText", "assertion", "adDomainPassword", "clientSecret", "accessToken", "PASSWORD",
	"newPassword", "device_code", "code_verifier", "Authorization", "Cookie", "id_token_hint",
	"pass\\u0077ord", "client\\u005Fsecret", "temporaryAccessPass", "passphrase",
}

// shown is the journal as its readers get it, after one call with this body
// both ways.
func shown(t testing.TB, c *call.Call, resp *call.Response) string {
	t.Helper()
	j := journal.New(journal.Options{})
	j.Begin(c).End(resp)
	text, err := json.Marshal(j.Requests(journal.Filter{}))
	if err != nil {
		t.Fatalf("the entry is not JSON: %v", err)
	}
	return string(text)
}

func withBody(t testing.TB, mediaType, body string) string {
	t.Helper()
	c := get("/users")
	c.Header = call.Header{"Content-Type": {mediaType}}
	c.Body = []byte(body)
	return shown(t, c, &call.Response{Body: []byte(body), Header: []call.Field{{Name: "Content-Type", Value: mediaType}}})
}

func TestRedact_Headers(t *testing.T) {
	for _, name := range []string{"Authorization", "Cookie", "Set-Cookie", "Proxy-Authorization", "X-Identity-Header", "X-IDENTITY-HEADER", "Secret"} {
		c := get("/users")
		c.Header = call.Header{name: {"one", "Bearer " + marker}}
		text := shown(t, c, &call.Response{Header: []call.Field{{Name: name, Value: marker}}})
		if strings.Contains(text, marker) || !strings.Contains(text, name) {
			t.Errorf("%s: got %s", name, text)
		}
	}
}

func TestRedact_URLs(t *testing.T) {
	c := get("/authorize")
	c.RawQuery = "state=1&code=" + marker + "&id_token_hint=" + marker
	c.Header = call.Header{"Referer": {"https://app.example/?code=" + marker}}
	text := shown(t, c, &call.Response{Status: 302, Header: []call.Field{
		{Name: "Location", Value: "https://app.example/cb?code=" + marker + "&state=1#id_token=" + marker},
	}})
	if strings.Contains(text, marker) || !strings.Contains(text, "state=1") {
		t.Errorf("got %s", text)
	}
}

// What a tester needs to see stays.
func TestRedact_Keeps(t *testing.T) {
	const body = `{"error":{"code":"Request_BadRequest","innerError":{"code":"x"}},` +
		`"passwordProfile":{"forceChangePasswordNextSignIn":true,"password":null},` +
		`"passwordCredentials":[{"hint":"abc","keyId":"0a"}],"@odata.nextLink":"https://h/v1.0/users?$skiptoken=abc",` +
		`"tokenType":"Bearer","note":"password: none"}`
	text := withBody(t, "application/json", body)
	if got := strings.Count(text, body); got != 2 {
		t.Errorf("got %s", text)
	}
}

// The property of the fuzz targets on its seeds' worst places.
func TestRedact_Anywhere(t *testing.T) {
	for _, name := range secretNames {
		member := `"` + name + `" : "` + marker + `"`
		for _, body := range []string{
			`{` + member + `}`,
			`[{"a":{"b":[1,{` + member + `,"c":2}]}}]`,
			`{"` + name + `":["` + marker + `",{"x":"` + marker + `"}]}`,
			`{"` + name + `":{"value":"` + marker + `]}"}}`,
			`{"requests":[{"id":"1","headers":{` + member + `},"body":{` + member + `}}]}`,
			`{"a":"` + strings.Repeat("x", 70_000) + `",` + member + `}`,
			strings.Repeat(" ", 64<<10-len(member)+5) + member,
			`{` + member,
			`{'` + name + `':'` + marker + `'`,
			`it said "hi: ` + member,
		} {
			if text := withBody(t, "application/json", body); strings.Contains(text, marker[:10]) {
				t.Errorf("%s: shown in %.300s", name, text)
			}
		}
	}
}

// A form that happens to be JSON is read as a form.
func TestRedact_FormInQuotes(t *testing.T) {
	const form = "application/x-www-form-urlencoded; charset=utf-8"
	if text := withBody(t, form, `"&password=`+marker+`&"`); strings.Contains(text, marker) {
		t.Errorf("got %s", text)
	}
}

func FuzzRedact_JSON(f *testing.F) {
	f.Add(`{"a":[`, `]}`, uint8(0))
	f.Add(`{"secret":"`, `"}`, uint8(1))
	f.Add(`{"password":{"x":" }`, `,`, uint8(2))
	f.Add(`'"secret":[`, `&=:`, uint8(3))
	f.Fuzz(func(t *testing.T, before, after string, name uint8) {
		if strings.HasSuffix(before, `\`) {
			t.Skip("escapes the quote that begins the name")
		}
		member := `"` + secretNames[int(name)%len(secretNames)] + `":"` + marker + `"`
		for _, body := range []string{before + member + after, before + "{" + member + "}" + after} {
			if text := withBody(t, "application/json", body); strings.Contains(text, marker) {
				t.Errorf("%q: shown in %s", body, text)
			}
		}
	})
}

func FuzzRedact_Form(f *testing.F) {
	f.Add("grant_type=password", "scope=.default", uint8(0))
	f.Add(`{"a":`, `}`, uint8(1))
	f.Add(`secret="`, `x=y`, uint8(2))
	f.Add(`password:'`, `'`, uint8(3))
	names := append([]string{"code", "CODE"}, secretNames...)
	f.Fuzz(func(t *testing.T, before, after string, pick uint8) {
		name := names[int(pick)%len(names)]
		if strings.Contains(name, `\`) {
			t.Skip("forms have no such escapes")
		}
		percent := strings.ReplaceAll(url.QueryEscape(name), "_", "%5F")
		for _, body := range []string{
			before + "&" + name + "=" + marker + "&" + after,
			before + "&" + percent + "=a+%22" + marker + ";b,}&" + after,
			name + "=" + before + marker, // one value, unless before ends it
		} {
			if strings.HasPrefix(body, name) && strings.Contains(before, "&") {
				continue
			}
			if text := withBody(t, "application/x-www-form-urlencoded", body); strings.Contains(text, marker) {
				t.Errorf("%q: shown in %s", body, text)
			}
		}
	})
}
