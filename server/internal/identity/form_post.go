package identity

import (
	"html"
	"maps"
	"net/url"
	"slices"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// formPost hands parameters to a redirect URI in a POST: a form that submits
// itself, with a button for whoever runs no scripts. MSAL Go's interactive
// login takes nothing else (identity-behaviour §1.7).
type formPost struct {
	to         string
	parameters url.Values
	reason     string
}

func (f formPost) response(r *request) call.Response {
	p := page{title: "Signing you in", reason: f.reason,
		body: `<form name="hiddenform" method="POST" action="` + html.EscapeString(f.to) + `">` + hidden(f.parameters) +
			`<button>Continue</button></form><script>document.forms[0].submit()</script>`}
	return p.guarded(r, "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'")
}

func sortedKeys(v url.Values) []string { return slices.Sorted(maps.Keys(v)) }
