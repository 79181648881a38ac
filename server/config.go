package server

import (
	"errors"
	"fmt"
	"net"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/rs/zerolog"
)

// config is all that can be set about a server. Its zero value is completed by
// [defaults] to what a Go test wants; the command line fills the same struct.
type config struct {
	addr      string        // HTTP listener; "" for none
	tlsAddr   string        // HTTPS listener; "" for none
	data      string        // bbolt file; "" keeps the state in memory
	caDir     string        // where the CA lives; "" makes one for this process
	tlsNames  []string      // further names in the certificate
	fixtures  []string      // built-in sets, files or folders; nil means demo
	scenarios []string      // built-in scenarios, files or folders
	reload    time.Duration // between two looks at the scenarios' files; 0 for none
	openapi   []string      // VERSION=FILE
	compiling func(file string, done, total int)
	auth      string   // off, token, strict
	lenient   bool     // --validation lenient
	cloud     string   // global, usgov, usgovdod, china
	hosts     []string // further Host names of the control plane
	notify    []string // host patterns of endpoints, beside loopback
	now       time.Time
	frozen    bool // now is set and the clock stands there
	seed      [32]byte
	log       zerolog.Logger
	journal   int // entries that the journal keeps; 0 for its default
	limits    Limits

	tlsCert string       // certificate of the HTTPS listener instead of the CA's; "" for none
	tlsKey  string       // and its key
	http    net.Listener // instead of addr; nil for none
	https   net.Listener // instead of tlsAddr
	trusted bool         // forwarded headers are believed
	pprof   bool         // the control plane serves profiles
}

func defaults() config {
	return config{auth: "token", cloud: "global", log: zerolog.Nop()}
}

// check refuses values that mean nothing; all of them are named.
func (c *config) check() error {
	var errs []error
	if !slices.Contains([]string{"off", "token", "strict"}, c.auth) {
		errs = append(errs, fmt.Errorf("auth %q: want off, token or strict", c.auth))
	}
	if !slices.Contains([]string{"global", "usgov", "usgovdod", "china"}, c.cloud) {
		errs = append(errs, fmt.Errorf("cloud %q: want global, usgov, usgovdod or china", c.cloud))
	}
	if (c.tlsCert == "") != (c.tlsKey == "") {
		errs = append(errs, errors.New("a certificate and its key go together: one of the two is missing"))
	}
	for _, pattern := range c.notify {
		if _, err := path.Match(pattern, ""); err != nil || pattern == "" || strings.ContainsAny(pattern, "/@") {
			errs = append(errs, fmt.Errorf("notify %q: want a host name, an address or a pattern such as *.example.com", pattern))
		}
	}
	return errors.Join(append(errs, c.limits.check())...)
}

// Option changes one thing about a server.
type Option func(*config)

// WithFixtures loads fixtures instead of the demo set: a built-in set's name, a
// file or a folder each; "none" starts empty.
func WithFixtures(names ...string) Option {
	return func(c *config) { c.fixtures = append(c.fixtures, names...) }
}

// WithScenario loads scenarios: a built-in one's name, a file or a folder each.
func WithScenario(names ...string) Option {
	return func(c *config) { c.scenarios = append(c.scenarios, names...) }
}

// WithClock freezes the fake's clock at an instant; [Server.Advance] and
// [Server.SetTime] move it.
func WithClock(now time.Time) Option {
	return func(c *config) { c.now, c.frozen = now, true }
}

// WithAuth sets how tokens are judged: "off", "token" (the default) or
// "strict".
func WithAuth(mode string) Option { return func(c *config) { c.auth = mode } }

// WithLenientValidation stores unknown properties and reports them in Warning
// headers instead of refusing them.
func WithLenientValidation() Option { return func(c *config) { c.lenient = true } }

// WithCloud sets the cloud that the server stands for: "global" (the default),
// "usgov", "usgovdod" or "china".
func WithCloud(name string) Option { return func(c *config) { c.cloud = name } }

// WithData keeps the state in a bbolt file that survives a restart. Writes are
// answered once they are on disk.
func WithData(file string) Option { return func(c *config) { c.data = file } }

// WithOpenAPI serves an OpenAPI document (YAML or JSON) for a version instead
// of the embedded catalogue.
func WithOpenAPI(version, file string) Option {
	return func(c *config) { c.openapi = append(c.openapi, version+"="+file) }
}

// WithCompileProgress is told how far the compilation of an OpenAPI document of
// [WithOpenAPI] is: how many of its paths and components are done. A document
// that an earlier server compiled is not compiled again.
func WithCompileProgress(told func(file string, done, total int)) Option {
	return func(c *config) { c.compiling = told }
}

// WithLogger sends the server's log lines to a logger; the default is none.
func WithLogger(log zerolog.Logger) Option { return func(c *config) { c.log = log } }

// WithSeed makes the ids that the server hands out repeatable.
func WithSeed(seed uint64) Option {
	return func(c *config) {
		for i := range 8 {
			c.seed[i] = byte(seed >> (8 * i))
		}
		c.seed[8] = 1
	}
}

// WithAddresses sets the listeners that [Server.Listen] opens: HTTP and HTTPS,
// host and port or "unix:/path" each; port 0 picks a free one, "" opens none.
func WithAddresses(http, https string) Option {
	return func(c *config) { c.addr, c.tlsAddr = http, https }
}

// WithListeners serves on listeners of your own instead of addresses: plain HTTP
// on the first, HTTPS on the second; nil for none. [Server.Listen] begins, and
// the server closes them.
func WithListeners(http, https net.Listener) Option {
	return func(c *config) { c.http, c.https = http, https }
}

// WithTLSCertificate serves HTTPS with a certificate of your own, PEM files of
// the certificate with its chain and of its key, instead of one that the fake's
// CA signs.
func WithTLSCertificate(certFile, keyFile string) Option {
	return func(c *config) { c.tlsCert, c.tlsKey = certFile, keyFile }
}

// WithTrustedProxy believes the header fields Forwarded and X-Forwarded-Proto,
// -Host and -Port: links in answers then begin with what the proxy's client
// used. Any client can send them, so this is for servers behind a proxy alone.
func WithTrustedProxy() Option { return func(c *config) { c.trusted = true } }

// WithPprof serves profiles of the process under /_fake/pprof, for go tool pprof.
func WithPprof() Option { return func(c *config) { c.pprof = true } }

// WithCADir keeps the certificate authority in a folder, so that several
// processes speak of the same one.
func WithCADir(dir string) Option { return func(c *config) { c.caDir = dir } }

// WithTLSNames adds names to the certificate of the HTTPS listener.
func WithTLSNames(names ...string) Option {
	return func(c *config) { c.tlsNames = append(c.tlsNames, names...) }
}

// WithAllowedHosts adds Host names that the control plane answers to.
func WithAllowedHosts(names ...string) Option {
	return func(c *config) { c.hosts = append(c.hosts, names...) }
}

// WithNotify allows change notifications to be delivered to hosts whose names
// match a pattern such as "receiver" or "*.example.com", beside loopback. What
// counts is the address that is dialled.
func WithNotify(patterns ...string) Option {
	return func(c *config) { c.notify = append(c.notify, patterns...) }
}

// WithOpenAPISetting is [WithOpenAPI] for "VERSION=FILE" in one text.
func WithOpenAPISetting(setting string) Option {
	return func(c *config) { c.openapi = append(c.openapi, setting) }
}
