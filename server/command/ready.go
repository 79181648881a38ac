package command

import (
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server"
)

// ready prints where the server listens, what it holds, a call to try, and how
// an SDK comes here.
func ready(out io.Writer, s *settings, fake *server.Server) error {
	a := fake.Addresses()
	p := &printer{out: out}
	p.line("fakegraph %s is ready", server.BuildInfo().Version)
	p.line("")
	switch {
	case isProxy(a):
		p.line("  HTTP       %s  (also the proxy for unmodified clients)", a.HTTP)
	case a.HTTP != "":
		p.line("  HTTP       %s", a.HTTP)
	}
	if a.HTTPS != "" {
		p.line("  HTTPS      %s", a.HTTPS)
	}
	for _, line := range fake.Loaded() {
		p.line("  %s", line)
	}
	p.line("  data       %s", s.keeps())
	p.line("")
	p.line("Try it:")
	p.line("")
	p.line("  %s", s.sample(a))
	s.redirect(p, a)
	return p.err
}

// keeps says what becomes of the state.
func (s *settings) keeps() string {
	if s.data == "" {
		return "until exit"
	}
	return s.data
}

// isProxy reports whether HTTPS_PROXY can name the HTTP listener: clients know
// no proxies on sockets.
func isProxy(a server.Addresses) bool { return strings.HasPrefix(a.HTTP, "http://") }

// redirect says how an SDK comes here.
func (s *settings) redirect(p *printer, a server.Addresses) {
	p.line("")
	if !isProxy(a) {
		p.line("Without an HTTP port there is no proxy for unmodified clients; a Go test has fake.Transport().")
		return
	}
	p.line("Official SDKs send no token to a host they do not know. Point them here with")
	p.line("")
	file := s.caFile()
	if s.caDir == "" {
		file = "fakegraph-ca.pem"
		p.line("  curl -s -o %s %s/_fake/ca.pem", file, a.HTTP)
	}
	p.line("  export HTTPS_PROXY=%s SSL_CERT_FILE=%s", a.HTTP, quoted(file))
	p.line("")
	p.line("or, as a managed identity that needs no certificate, with %s as Graph's base URL and", a.HTTP)
	p.line("")
	p.line("  export IDENTITY_ENDPOINT=%s/msi/token IDENTITY_HEADER=any", a.HTTP)
	p.line("")
	p.line("or, in a Go test, with fake.Transport().")
}

func (s *settings) caFile() string { return filepath.Join(s.caDir, server.CAFile) }

// Where the demo set has its first entity; the collection is served with any
// fixtures.
const (
	sampleSet    = "/beta/deviceManagement/virtualEndpoint/externalPartnerSettings"
	sampleEntity = "/b3548526-e615-3785-3118-be70b3968ec5"
)

// sample is a curl line that works as pasted: an update of the demo set's first
// entity where that is there.
func (s *settings) sample(a server.Addresses) string {
	base, trust := s.reach(a)
	parts := []string{"curl -s" + trust}
	switch {
	case len(s.openapi) > 0 || s.cloud != "global":
		return parts[0] + " " + base + "/_fake/info" // the operation may not be served
	case slices.Contains(s.fixtures, "demo"):
		parts = append(parts, "-X PATCH "+base+sampleSet+sampleEntity, s.bearer(base, trust),
			"-H 'Content-Type: application/json'", `-d '{"enableConnection": true}'`)
	default:
		parts = append(parts, base+sampleSet, s.bearer(base, trust))
	}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " ")
}

// reach is where curl finds the server, and the flags that it needs for that.
func (s *settings) reach(a server.Addresses) (base, flags string) {
	base = a.HTTP
	if base == "" {
		base, flags = a.HTTPS, " -k"
		switch {
		case s.tlsCert != "":
			flags = " --cacert " + quoted(s.tlsCert)
		case s.caDir != "":
			flags = " --cacert " + quoted(s.caFile())
		}
	}
	if scheme, socket, ok := strings.Cut(base, "+unix:"); ok {
		return scheme + "://localhost", flags + " --unix-socket " + quoted(socket)
	}
	return base, flags
}

// bearer is the header that the server asks for: any word, a token of its own
// with --auth strict, nothing with --auth off.
func (s *settings) bearer(base, trust string) string {
	switch s.auth {
	case "off":
		return ""
	case "strict":
		return fmt.Sprintf(`-H "Authorization: Bearer $(curl -s%s -X POST %s/_fake/tokens | sed 's/.*"access_token": *"\([^"]*\)".*/\1/')"`, trust, base)
	}
	return "-H 'Authorization: Bearer test'"
}

var plainWord = regexp.MustCompile(`^[\w@%+=:,./-]+$`)

// quoted is a word as a shell takes it.
func quoted(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
