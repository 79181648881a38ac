package identity

import (
	"net"
	"net/url"
	"slices"
	"strings"
)

// nativeClient is the redirect URI of SDKs for programs without a server.
const nativeClient = "/common/oauth2/nativeclient"

// redirectKind is under which heading of an application a redirect URI stands.
type redirectKind string

const (
	webRedirect    redirectKind = "web"
	spaRedirect    redirectKind = "spa"
	nativeRedirect redirectKind = "native"
)

// redirectOf finds a redirect URI among those that a client may be sent to
// (identity-behaviour §1.7): what is registered, and outside Strict loopback
// addresses and the SDKs' own page. An open redirect is no feature of a fake
// either.
func (s *Service) redirectOf(c client, uri string) (redirectKind, bool) {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme == "" || u.Fragment != "" || runsCode(u.Scheme) {
		return "", false
	}
	for kind, list := range map[redirectKind][]string{
		webRedirect: c.app.WebRedirects, spaRedirect: c.app.SPARedirects, nativeRedirect: c.app.NativeRedirects,
	} {
		if slices.ContainsFunc(list, func(registered string) bool { return sameRedirect(registered, u, uri) }) {
			return kind, true
		}
	}
	if s.config.Mode != Strict && (isLoopback(u) || isNativeClient(u)) {
		return nativeRedirect, true
	}
	return "", false
}

// runsCode refuses schemes by which a page would run what a link says.
func runsCode(scheme string) bool {
	return slices.Contains([]string{"javascript", "data", "vbscript", "file", "blob"}, strings.ToLower(scheme))
}

// sameRedirect compares exactly, except that the port of a loopback address is
// whatever the client's listener got.
func sameRedirect(registered string, u *url.URL, uri string) bool {
	if registered == uri {
		return true
	}
	r, err := url.Parse(registered)
	if err != nil || !isLoopback(r) || !isLoopback(u) || r.Port() != "" && r.Port() != u.Port() {
		return false
	}
	return r.Scheme == u.Scheme && r.Hostname() == u.Hostname() && strings.TrimSuffix(r.Path, "/") == strings.TrimSuffix(u.Path, "/")
}

func isLoopback(u *url.URL) bool {
	if u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return false
	}
	name := u.Hostname()
	ip := net.ParseIP(name)
	return strings.EqualFold(name, "localhost") || ip != nil && ip.IsLoopback()
}

func isNativeClient(u *url.URL) bool {
	return u.Scheme == "https" && u.Port() == "" && u.User == nil && u.Path == nativeClient && isMicrosoftLogin(u.Hostname())
}
