package edge

import (
	"net"
	"net/http"
	"strings"
)

// forwarded replaces scheme and host by what the nearest proxy to the client
// wrote, which is the first of a list: in Forwarded (RFC 7239), else in
// X-Forwarded-Proto, -Host and -Port. Values that cannot stand in a URL are
// left out of account.
func forwarded(h http.Header, scheme, host string) (string, string) {
	proto, name := standardForwarded(h.Get("Forwarded"))
	if proto == "" && name == "" {
		proto, name = firstListed(h.Get("X-Forwarded-Proto")), forwardedHost(h)
	}
	switch proto = strings.ToLower(proto); proto {
	case "http", "https":
		scheme = proto
	}
	if name != "" && plainHost(name) {
		host = name
	}
	return scheme, host
}

// forwardedHost is X-Forwarded-Host with the port that some proxies tell apart.
func forwardedHost(h http.Header) string {
	host, port := firstListed(h.Get("X-Forwarded-Host")), firstListed(h.Get("X-Forwarded-Port"))
	if host == "" || port == "" || port == "80" || port == "443" || strings.LastIndexByte(host, ':') > strings.LastIndexByte(host, ']') {
		return host
	}
	return net.JoinHostPort(strings.Trim(host, "[]"), port)
}

func firstListed(value string) string {
	first, _, _ := strings.Cut(value, ",")
	return strings.TrimSpace(first)
}

// standardForwarded reads proto and host of the first element of Forwarded.
func standardForwarded(value string) (proto, host string) {
	for rest := value; rest != ""; {
		var name, text string
		name, rest, _ = strings.Cut(rest, "=")
		if text, rest = parameterValue(rest); strings.ContainsAny(name, `,"`) {
			return proto, host // the next proxy's element, or nothing that the grammar has
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "proto":
			proto = text
		case "host":
			host = text
		}
		if rest = strings.TrimLeft(rest, " \t"); !strings.HasPrefix(rest, ";") {
			return proto, host
		}
		rest = rest[1:]
	}
	return proto, host
}

// parameterValue cuts a token or a quoted string off.
func parameterValue(text string) (value, rest string) {
	if !strings.HasPrefix(text, `"`) {
		end := strings.IndexAny(text+",", ",; \t")
		return text[:end], text[end:]
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '"':
			return b.String(), text[i+1:]
		case '\\':
			if i++; i == len(text) {
				return "", ""
			}
		}
		b.WriteByte(text[i])
	}
	return "", ""
}

func plainHost(host string) bool {
	for i := range len(host) {
		b := host[i]
		letter := 'a' <= b|0x20 && b|0x20 <= 'z'
		if !letter && (b < '0' || b > '9') && strings.IndexByte("-._~:[]", b) < 0 {
			return false
		}
	}
	return true
}
