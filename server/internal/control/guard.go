package control

import (
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// guard keeps the web pages that a developer visits away from the control
// plane. It can do without a password, because browsers tell where a request
// comes from; any other program that reaches the listener is trusted. No answer
// ever has a CORS header.
type guard struct {
	allow []string // host names in plain form
	next  http.HandlerFunc
}

func newGuard(allow []string, next http.HandlerFunc) *guard {
	g := &guard{next: next}
	for _, name := range allow {
		g.allow = append(g.allow, hostName(name))
	}
	return g
}

// ServeHTTP refuses what may come from a stranger's page, with 403.
func (g *guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	harden(w.Header())
	for _, check := range []func(*http.Request) string{g.checkHost, checkOrigin, checkFetch} {
		if reason := check(r); reason != "" {
			problem(http.StatusForbidden, "%s", reason).write(w, r)
			return
		}
	}
	g.next(w, r)
}

// harden tells the browser what not to do with an answer: guess a type in which
// a stored name becomes a script; show it inside a stranger's page, who then
// places buttons under the visitor's clicks (clickjacking) or reads it from
// memory (Spectre); keep a token or an old state in its cache.
func harden(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// checkHost is against DNS rebinding: a page at evil.example has its name point
// to this machine after it was loaded. The browser then takes the fake for the
// page's own origin, and neither Origin nor Sec-Fetch-Site gives it away; the
// name in Host does. Loopback names, addresses and names without a dot cannot
// be rebound, because nobody can register them.
func (g *guard) checkHost(r *http.Request) string {
	host := hostName(r.Host)
	switch {
	case host == "":
		return "the request names no Host"
	case host == "localhost", strings.HasSuffix(host, ".localhost"), !strings.Contains(host, ".") && !strings.Contains(host, ":"):
		return ""
	case slices.Contains(g.allow, host):
		return ""
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return ""
	}
	return "the control plane does not answer to this Host name (allow it with --allow-host, or use localhost)"
}

// hostName is the host of "host:port" in the form that compares: lower case,
// without port, brackets and the dot of the root. It is "" for what is no host.
func hostName(hostport string) string {
	u, err := url.Parse("//" + hostport)
	if err != nil || u.Host != hostport {
		return ""
	}
	return strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
}

// checkOrigin is against cross-site request forgery: any page may have the
// browser POST a form or a text here without asking first, and it is done when
// the answer is withheld from the page. Browsers name the page's origin in
// every such request. "null" is the origin of sandboxed frames and of files, so
// it is anybody's, and refused too.
func checkOrigin(r *http.Request) string {
	for _, origin := range r.Header.Values("Origin") {
		u, err := url.Parse(origin)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || place(u.Scheme, u.Host) != place(u.Scheme, r.Host) {
			return "the request comes from another Origin; the control plane answers its own pages only"
		}
	}
	return ""
}

// place is a host with its port, in the form that compares.
func place(scheme, hostport string) string {
	port := "80"
	if scheme == "https" {
		port = "443"
	}
	if u, err := url.Parse("//" + hostport); err == nil && u.Port() != "" {
		port = u.Port()
	}
	return hostName(hostport) + ":" + port
}

// checkFetch is against what has no Origin: an image, a script or a frame in a
// stranger's page makes the browser GET here, and the page learns from its size,
// its time or its failure what the fake holds (cross-site leaks). A page on
// another port of this host is "same-site" to browsers; from there only links
// may lead here. Browsers too old for fetch metadata send none and pass: a GET
// changes nothing.
func checkFetch(r *http.Request) string {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return ""
	case "same-site":
		if r.Header.Get("Sec-Fetch-Mode") == "navigate" {
			return ""
		}
	}
	return "the request comes from a page of another site (Sec-Fetch-Site); open the address in a tab of its own"
}
