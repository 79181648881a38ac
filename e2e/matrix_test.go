package e2e

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"flag"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/e2e/internal/javascript"
	"github.com/fakegraph/fakegraph/server"
)

var update = flag.Bool("update", false, "write the README's table of clients")

// A way points a client at the fake.
type way int

const (
	inProcess way = iota // fake.Transport()
	proxied              // HTTPS_PROXY and the CA's certificate in the environment
	explicit             // authority and base URL in the client's configuration
	realName             // graph.microsoft.com and login.microsoftonline.com lead to the listener
	ways
)

var wayNames = [ways]string{"`Transport()`", "proxy", "by name", "real host name"}

// client is a row of the table. A way that it has no run for does not apply.
type client struct {
	name   string
	module string // whose version is told, in go.mod or js/package.json; "" for none
	runs   [ways]func(t *testing.T, f *fixture)
}

// fixture is the fake that all clients of the matrix share.
type fixture struct {
	*server.Test
	base  string // HTTPS by name: https://localhost:PORT
	plain string // HTTP, and the proxy
	tls   string // address of the HTTPS listener
	ca    string // file of the CA's certificate
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	fake := server.NewTest(t, server.WithAddresses("127.0.0.1:0", "127.0.0.1:0"))
	f := &fixture{Test: fake, plain: fake.Addresses().HTTP, tls: strings.TrimPrefix(fake.Addresses().HTTPS, "https://")}
	_, port, err := net.SplitHostPort(f.tls)
	check(t, err)
	f.base = "https://localhost:" + port
	pem, err := fake.CACertificate()
	check(t, err)
	f.ca = filepath.Join(t.TempDir(), "ca.pem")
	check(t, os.WriteFile(f.ca, pem, 0o600))
	return f
}

// clients are the rows of the table. Go programs are the same in every way but
// for what [target] tells them.
var clients = []client{
	goClient("msgraph-sdk-go", "github.com/microsoftgraph/msgraph-sdk-go", stableSDK),
	goClient("msgraph-beta-sdk-go", "github.com/microsoftgraph/msgraph-beta-sdk-go", betaSDK),
	goClient("azidentity", "github.com/Azure/azure-sdk-for-go/sdk/azidentity", identitySDK),
	goClient("MSAL Go", "github.com/AzureAD/microsoft-authentication-library-for-go", msalGo),
	goClient("x/oauth2", "golang.org/x/oauth2", plainOAuth2),
	nodeClient("@microsoft/microsoft-graph-client", "graph client"),
	nodeClient("@azure/identity", "identity"),
	nodeClient("@azure/msal-node", "msal"),
	{"curl", "", [ways]func(*testing.T, *fixture){proxied: curlProxied, explicit: curlExplicit, realName: curlRealName}},
	{"newman", "newman", [ways]func(*testing.T, *fixture){proxied: newmanProxied, explicit: newmanExplicit, realName: newmanRealName}},
}

// TestMatrix runs each client, unmodified, in each way that it has.
func TestMatrix(t *testing.T) {
	if program := os.Getenv("E2E_PROGRAM"); program != "" {
		check(t, programs[program](context.Background(), target{}))
		return
	}
	f := newFixture(t)
	for _, c := range clients {
		for w, run := range c.runs {
			if run != nil {
				t.Run(c.name+"/"+strings.Trim(wayNames[w], "`()"), func(t *testing.T) {
					before := len(f.Requests())
					run(t, f)
					if len(f.Requests()) == before && !t.Skipped() {
						t.Error("no call to Graph arrived at the fake")
					}
				})
			}
		}
	}
}

// TestMatrix_README holds the README's table against the clients that run.
func TestMatrix_README(t *testing.T) {
	const file, begin, end = "../README.md", "<!-- clients: written by go test ./e2e -run README -update -->\n", "<!-- end of clients -->"
	text, err := os.ReadFile(file)
	check(t, err)
	head, rest, found := strings.Cut(string(text), begin)
	old, tail, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("%s has no lines %q and %q", file, begin, end)
	}
	if want := table(t); old != want {
		if !*update {
			t.Fatalf("%s has\n%swant, by -update,\n%s", file, old, want)
		}
		check(t, os.WriteFile(file, []byte(head+begin+want+end+tail), 0o644))
	}
}

func table(t *testing.T) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| client | %s |\n| --- |%s\n", strings.Join(wayNames[:], " | "), strings.Repeat(" --- |", int(ways)))
	for _, c := range clients {
		fmt.Fprintf(&b, "| %s |", strings.TrimSpace(c.name+" "+version(t, c.module)))
		for _, run := range c.runs {
			b.WriteString(map[bool]string{true: " yes |", false: " – |"}[run != nil])
		}
		b.WriteString("\n")
	}
	return b.String()
}

// version is that of a module or a package in this folder's lists.
func version(t *testing.T, name string) string {
	t.Helper()
	if name == "" {
		return ""
	}
	for _, file := range []string{"go.mod", javascriptDir + "/package.json"} {
		text, err := os.ReadFile(file)
		check(t, err)
		if m := regexp.MustCompile(`(?m)^\s*"?` + regexp.QuoteMeta(name) + `"?:? "?v?([0-9][^", \n]*)`).FindSubmatch(text); m != nil {
			return string(m[1])
		}
	}
	t.Fatalf("no version of %s", name)
	return ""
}

// target is what a Go program is told of the fake; nothing of it in the ways
// that leave the program alone.
type target struct {
	http         *http.Client // nil for the client's own
	login, graph string       // "" for Microsoft's
}

func (o target) loginHost() string { return or(o.login, "https://login.microsoftonline.com") }
func (o target) graphHost() string { return or(o.graph, "https://graph.microsoft.com") }

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// programs are the Go programs by name, for a process of their own.
var programs = map[string]func(context.Context, target) error{}

// goClient is a Go program in all ways. net/http reads HTTPS_PROXY and
// SSL_CERT_FILE once a process, so that way has one of its own.
func goClient(name, module string, program func(context.Context, target) error) client {
	programs[name] = program
	with := func(o func(f *fixture) target) func(*testing.T, *fixture) {
		return func(t *testing.T, f *fixture) { check(t, program(context.Background(), o(f))) }
	}
	return client{name, module, [ways]func(*testing.T, *fixture){
		inProcess: with(func(f *fixture) target { return target{http: &http.Client{Transport: f.Transport()}} }),
		proxied: func(t *testing.T, f *fixture) {
			run(t, []string{"E2E_PROGRAM=" + name, "HTTPS_PROXY=" + f.plain, "SSL_CERT_FILE=" + f.ca}, os.Args[0], "-test.run=^TestMatrix$")
		},
		explicit: with(func(f *fixture) target {
			return target{http: f.trusting(nil), login: f.base, graph: f.base}
		}),
		realName: with(func(f *fixture) target {
			return target{http: f.trusting(func(ctx context.Context, network, _ string) (net.Conn, error) {
				return new(net.Dialer).DialContext(ctx, network, f.tls) // as a hosts file would lead there
			})}
		}),
	}}
}

// trusting is a client that trusts the CA, and nothing else of the fake.
func (f *fixture) trusting(dial func(ctx context.Context, network, address string) (net.Conn, error)) *http.Client {
	pem, err := os.ReadFile(f.ca)
	if err != nil {
		panic(err) // written by newFixture
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, DialContext: dial, ForceAttemptHTTP2: true}}
}

// run runs a program with nothing of the machine's own settings for sign-ins
// and proxies.
func run(t *testing.T, environment []string, program string, args ...string) string {
	t.Helper()
	c := exec.Command(program, args...)
	if program == "node" {
		c.Dir = javascriptDir
	}
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(strings.ToUpper(v), "=")
		if !strings.HasPrefix(name, "AZURE_") && !strings.HasSuffix(name, "_PROXY") && !strings.HasPrefix(name, "IDENTITY_") && !strings.HasPrefix(name, "NODE_") {
			c.Env = append(c.Env, v)
		}
	}
	c.Env = append(c.Env, environment...)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Errorf("%s %s: %v\n%s", program, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// javascriptDir is where the Node programs are.
const javascriptDir = "js"

// nodeClient is a case of js/matrix.mjs.
func nodeClient(name, program string) client {
	with := func(environment func(f *fixture) []string, preload ...string) func(*testing.T, *fixture) {
		return func(t *testing.T, f *fixture) {
			javascript.Install(t, javascriptDir)
			run(t, append(environment(f), "NODE_EXTRA_CA_CERTS="+f.ca), "node", append(slices.Clone(preload), "matrix.mjs", program)...)
		}
	}
	return client{name, name, [ways]func(*testing.T, *fixture){
		proxied:  with(func(f *fixture) []string { return []string{"HTTPS_PROXY=" + f.plain} }, "--import", "./proxy.mjs"),
		explicit: with(func(f *fixture) []string { return []string{"FAKE_URL=" + f.base} }),
		realName: with(func(f *fixture) []string { return []string{"FAKE_TLS=" + f.tls} }, "--import", "./hosts.mjs"),
	}}
}

// The curl lines of a user: a sign-in, then a call with its token.
func curl(t *testing.T, f *fixture, login, graph string, environment []string, flags ...string) {
	t.Helper()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is not installed")
	}
	flags = append([]string{"-sS", "--fail-with-body"}, flags...)
	answer := run(t, environment, "curl", append(slices.Clone(flags), login+"/"+demoTenant+"/oauth2/v2.0/token",
		"-d", "grant_type=client_credentials", "-d", "client_id="+demoApp, "-d", "client_secret="+demoSecret, "-d", "scope=https://graph.microsoft.com/.default")...)
	token := regexp.MustCompile(`"access_token":\s*"([^"]+)"`).FindStringSubmatch(answer)
	if token == nil {
		t.Fatalf("no token: %s", answer)
	}
	users := run(t, environment, "curl", append(slices.Clone(flags), graph+"/v1.0/users?$select=displayName", "-H", "Authorization: Bearer "+token[1])...)
	if !strings.Contains(users, `"@odata.context":"`+graph+"/v1.0/$metadata#users(displayName)\"") {
		t.Errorf("%s", users)
	}
}

func curlProxied(t *testing.T, f *fixture) {
	curl(t, f, target{}.loginHost(), target{}.graphHost(), []string{"HTTPS_PROXY=" + f.plain, "CURL_CA_BUNDLE=" + f.ca})
}

func curlExplicit(t *testing.T, f *fixture) { curl(t, f, f.plain, f.plain, nil) }

func curlRealName(t *testing.T, f *fixture) {
	curl(t, f, target{}.loginHost(), target{}.graphHost(), []string{"CURL_CA_BUNDLE=" + f.ca}, "--connect-to", "::"+f.tls)
}

// newman runs the exported collection's folder of the seed's area.
func newman(t *testing.T, f *fixture, base string, environment []string, node ...string) {
	t.Helper()
	javascript.Install(t, javascriptDir)
	before := len(f.Requests())
	dir := t.TempDir()
	for _, name := range []string{"collection.json", "environment.json"} {
		download(t, f, "/_fake/postman/"+name+"?version=beta&area=deviceManagement/virtualEndpoint/externalPartnerSettings", filepath.Join(dir, name))
	}
	out := run(t, append(environment, "NODE_EXTRA_CA_CERTS="+f.ca), "node", append(node, "node_modules/newman/bin/newman.js", "run", filepath.Join(dir, "collection.json"),
		"-e", filepath.Join(dir, "environment.json"), "--env-var", "baseUrl="+base, "--ssl-extra-ca-certs", f.ca, "--reporter-cli-no-banner")...)
	for _, c := range f.Requests()[before:] {
		if c.Response.Status >= 400 {
			t.Errorf("%s\n%s", c, out)
		}
	}
}

func newmanProxied(t *testing.T, f *fixture) {
	newman(t, f, target{}.graphHost(), []string{"HTTPS_PROXY=" + f.plain})
}
func newmanExplicit(t *testing.T, f *fixture) { newman(t, f, f.plain, nil) }
func newmanRealName(t *testing.T, f *fixture) {
	newman(t, f, target{}.graphHost(), []string{"FAKE_TLS=" + f.tls}, "--import", "./hosts.mjs")
}

func download(t *testing.T, f *fixture, path, file string) {
	t.Helper()
	at, err := url.Parse(f.plain + path)
	check(t, err)
	answer, err := http.Get(at.String())
	check(t, err)
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s", path, answer.Status)
	}
	to, err := os.Create(file)
	check(t, err)
	_, err = to.ReadFrom(answer.Body)
	check(t, err)
	check(t, to.Close())
}
