package server_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/fakegraph/fakegraph/server"
)

// The words of conformance scripts. A script has a tenant of its own, with the
// demo fixtures, on a server of its own or on the one that -base names.
//
//	server OPTION…             a server of its own: auth=strict, validation=lenient, fixtures=none,
//	                           scenario=NAME, cloud=NAME, limit=1k; such a script begins with
//	                           "[external] skip"
//	fixtures FILE              adds a fixture document
//	scenario FILE              adds a scenario document
//	clock JSON                 PUT /_fake/clock; all tenants share it, so such a script begins with
//	                           "[external] skip"
//	token JSON                 mints a token; it is in $TOKEN from then on
//	with 'Name: value'         header of the next request; an empty value leaves out a usual one
//	GET URL, POST URL [FILE], …  sends a request, with the file as JSON body; blanks in the URL are encoded
//	form URL 'a=b&c=d'         POST of a form without a token; blanks are encoded, "&" stands between parameters
//	status CODE
//	[!] header Name [REGEXP]   the response has the header (and it matches)
//	[!] reason REGEXP          X-Fake-Reason matches
//	json FILE                  the body equals the file's JSON: any order of members; "<guid>", "<time>",
//	                           "<any>" stand for such values, "<base>" for the server's URL
//	[!] member POINTER [JSON]  the body has the member (and it is that value)
//	empty                      the body is empty
//	[!] text REGEXP            the body matches
//	gzip FILE FILE             compresses the first into the second
//	keep NAME POINTER          keeps a member of the body in $NAME
//	keepheader NAME Header     keeps a header field in $NAME
//	claims TOKEN               the token's payload is the body from then on
//	receiver NAME              an endpoint for change notifications on loopback; its URL is in $NAME
//	post URL 'JSON'            POST of JSON in which $NAME is replaced
//	answers CODE               what the receiver answers to notifications from now on
//	refused N                  waits until the receiver has refused N deliveries
//	attempted N                waits until the journal has N deliveries of changes, or more
//	notified N                 waits for N notifications since the last time; the body is their JSON list
func scriptWords() map[string]func(*testscript.TestScript, bool, []string) {
	words := map[string]func(*testscript.TestScript, bool, []string){
		"server": wordServer, "fixtures": wordFixtures, "scenario": wordScenario, "clock": wordClock,
		"token": wordToken, "with": wordWith, "status": wordStatus, "header": wordHeader, "reason": wordReason,
		"json": wordJSON, "member": wordMember, "empty": wordEmpty, "text": wordText, "keep": wordKeep, "keepheader": wordKeepHeader, "gzip": wordGzip, "form": wordForm, "claims": wordClaims,
		"receiver": wordReceiver, "post": wordPost, "answers": wordAnswers, "refused": wordRefused, "attempted": wordAttempted, "notified": wordNotified,
	}
	for _, method := range []string{"GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS", "HEAD"} {
		words[method] = wordRequest(method)
	}
	return words
}

// script is the state of one running script.
type script struct {
	client *http.Client
	base   string
	tenant string
	next   http.Header // of the next request
	status int
	header http.Header
	body   []byte

	receiver *receiver // nil until a script asks for one
}

func wordKeepHeader(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: keepheader NAME Header")
	}
	ts.Setenv(args[0], of(ts).header.Get(args[1]))
}

type scriptKey struct{}

func setupScript(env *testscript.Env) error {
	s := &script{tenant: filepathName(env.WorkDir), next: http.Header{}}
	env.Values[scriptKey{}] = s
	env.Setenv("TENANT", s.tenant)
	if *baseURL != "" {
		s.client, s.base = &http.Client{CheckRedirect: noRedirect}, strings.TrimSuffix(*baseURL, "/")
		return nil
	}
	return s.start(env.Defer)
}

func filepathName(dir string) string {
	return strings.ReplaceAll(dir[strings.LastIndexByte(dir, os.PathSeparator)+1:], "script-", "")
}

func (s *script) start(deferred func(func()), options ...server.Option) error {
	fake, err := server.New(options...)
	if err != nil {
		return err
	}
	deferred(func() { fake.Close() })
	s.client, s.base = &http.Client{Transport: fake.Transport(), CheckRedirect: noRedirect}, "https://graph.microsoft.com"
	return nil
}

func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func of(ts *testscript.TestScript) *script { return ts.Value(scriptKey{}).(*script) }

// host is the server as Graph's clients name it; the control plane answers to
// the fake's own name only.
func (s *script) host(path string) string {
	if *baseURL == "" && strings.HasPrefix(path, "/_fake") {
		return "https://fakegraph"
	}
	return s.base
}

// send sends a request and keeps its answer.
func (s *script) send(ts *testscript.TestScript, method, url, contentType string, body []byte) {
	if strings.HasPrefix(url, "/") {
		url = s.host(url) + url
	}
	r, err := http.NewRequest(method, strings.ReplaceAll(url, " ", "%20"), bytes.NewReader(body))
	ts.Check(err)
	if body == nil {
		r.Body, r.ContentLength = nil, 0
	} else {
		r.Header.Set("Content-Type", contentType)
	}
	r.Header.Set("Authorization", "Bearer test")
	r.Header.Set("X-Fake-Tenant", s.tenant)
	for name, values := range s.next {
		r.Header[name] = values
		if values[0] == "" {
			delete(r.Header, name)
		}
	}
	s.next = http.Header{}
	response, err := s.client.Do(r)
	ts.Check(err)
	defer response.Body.Close()
	s.status, s.header = response.StatusCode, response.Header
	s.body, err = io.ReadAll(response.Body)
	ts.Check(err)
	ts.Logf("%d %s\n%s", s.status, s.header.Get("X-Fake-Reason"), s.body)
}

// control calls the control plane, which must agree.
func (s *script) control(ts *testscript.TestScript, method, path, contentType string, body []byte) {
	s.send(ts, method, path, contentType, body)
	if s.status >= 300 {
		ts.Fatalf("%s %s: %d %s", method, path, s.status, s.body)
	}
}

func wordRequest(method string) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		usage(ts, neg, len(args) == 1 || len(args) == 2, method+" URL [FILE]")
		var body []byte
		if len(args) == 2 {
			body = []byte(ts.ReadFile(args[1]))
		}
		of(ts).send(ts, method, args[0], "application/json", body)
	}
}

func wordForm(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2, "form URL PARAMETERS")
	of(ts).next["Authorization"] = []string{""}
	of(ts).send(ts, "POST", args[0], "application/x-www-form-urlencoded", []byte(strings.ReplaceAll(args[1], " ", "%20")))
}

func wordServer(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) > 0, "server OPTION…")
	if *baseURL != "" {
		ts.Fatalf("server: needs a server of its own: begin the script with '[external] skip'")
	}
	var options []server.Option
	for _, arg := range args {
		options = append(options, scriptOption(ts, arg))
	}
	ts.Check(of(ts).start(ts.Defer, options...))
	for _, arg := range args {
		if host := cloudGraph[strings.TrimPrefix(arg, "cloud=")]; host != "" {
			of(ts).base = "https://" + host
		}
	}
}

// cloudGraph is Graph's host in the clouds other than the global one.
var cloudGraph = map[string]string{
	"usgov": "graph.microsoft.us", "usgovdod": "dod-graph.microsoft.us", "china": "microsoftgraph.chinacloudapi.cn",
}

func scriptOption(ts *testscript.TestScript, arg string) server.Option {
	name, value, _ := strings.Cut(arg, "=")
	switch name {
	case "auth":
		return server.WithAuth(value)
	case "validation":
		return server.WithLenientValidation()
	case "fixtures":
		return server.WithFixtures(value)
	case "scenario":
		return server.WithScenario(value)
	case "cloud":
		return server.WithCloud(value)
	case "limit":
		return server.WithLimits(server.Limits{Body: 1 << 10})
	}
	ts.Fatalf("server: unknown option %q", arg)
	return nil
}

func wordFixtures(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "fixtures FILE")
	of(ts).control(ts, "POST", "/_fake/fixtures", "application/yaml", []byte(ts.ReadFile(args[0])))
}

func wordScenario(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "scenario FILE")
	of(ts).control(ts, "POST", "/_fake/scenarios", "application/yaml", []byte(ts.ReadFile(args[0])))
}

func wordClock(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "clock JSON")
	of(ts).control(ts, "PUT", "/_fake/clock", "application/json", []byte(args[0]))
}

func wordToken(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "token JSON")
	s := of(ts)
	s.control(ts, "POST", "/_fake/tokens", "application/json", []byte(args[0]))
	token, _ := pointer(ts, s.body, "/access_token")
	ts.Setenv("TOKEN", token.(string))
}

func wordWith(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "with 'Name: value'")
	name, value, ok := strings.Cut(args[0], ":")
	if !ok {
		ts.Fatalf("with: want 'Name: value'")
	}
	of(ts).next[http.CanonicalHeaderKey(name)] = []string{strings.TrimSpace(value)}
}

func wordStatus(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "status CODE")
	if got := of(ts).status; jsonText(got) != args[0] {
		ts.Fatalf("status %d, want %s: %s\n%s", got, args[0], of(ts).header.Get("X-Fake-Reason"), of(ts).body)
	}
}

func wordHeader(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 && len(args) != 2 {
		ts.Fatalf("usage: [!] header Name [REGEXP]")
	}
	values := of(ts).header.Values(args[0])
	ok := len(values) > 0
	if ok && len(args) == 2 {
		ok = regexp.MustCompile(args[1]).MatchString(strings.Join(values, "\n"))
	}
	if ok == neg {
		ts.Fatalf("header %s: %q", args[0], values)
	}
}

func wordReason(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: [!] reason REGEXP")
	}
	reason := of(ts).header.Get("X-Fake-Reason")
	if regexp.MustCompile(args[0]).MatchString(reason) == neg {
		ts.Fatalf("reason is %q", reason)
	}
}

func wordEmpty(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 0, "empty")
	if len(of(ts).body) > 0 {
		ts.Fatalf("body: %s", of(ts).body)
	}
}

func wordText(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, false, len(args) == 1, "[!] text REGEXP")
	if regexp.MustCompile(args[0]).Match(of(ts).body) == neg {
		ts.Fatalf("body: %s", of(ts).body)
	}
}

func wordKeep(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2, "keep NAME POINTER")
	v, ok := pointer(ts, of(ts).body, args[1])
	if !ok {
		ts.Fatalf("keep: no %s in %s", args[1], of(ts).body)
	}
	if text, isText := v.(string); isText {
		ts.Setenv(args[0], text)
		return
	}
	ts.Setenv(args[0], jsonText(v))
}

func usage(ts *testscript.TestScript, neg, ok bool, text string) {
	if neg || !ok {
		ts.Fatalf("usage: %s", text)
	}
}

func jsonText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func wordGzip(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2, "gzip FILE FILE")
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o644))
}
