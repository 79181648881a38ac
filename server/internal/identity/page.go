package identity

import (
	"html"
	"net/http"
	"net/url"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// page is an answer for a person: what a browser shows. It needs no script.
type page struct {
	status int // 0 means 200
	title  string
	body   string // HTML, all that came from outside escaped
	reason string
}

// redirect sends the browser on.
type redirect struct {
	to     string
	reason string
}

const style = "body{font:16px/1.5 system-ui,sans-serif;max-width:28rem;margin:4rem auto;padding:0 1rem}" +
	"button,input{font:inherit;display:block;width:100%;box-sizing:border-box;margin:.4rem 0;padding:.5rem;text-align:left}" +
	"code{word-break:break-all}"

// response writes a page. Its policy keeps scripts and other origins out,
// except for the form that posts itself (see [formPost]).
func (p page) response(r *request) call.Response {
	return p.guarded(r, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'")
}

func (p page) guarded(r *request, policy string) call.Response {
	if p.status == 0 {
		p.status = http.StatusOK
	}
	text := "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + html.EscapeString(p.title) +
		"</title><style>" + style + "</style></head><body><h1>" + html.EscapeString(p.title) + "</h1>" + p.body + "</body></html>\n"
	response := call.Response{Status: p.status, Body: []byte(text), Reason: oneLine(p.reason)}
	response.Header = append(privateFields(r),
		call.Field{Name: "Content-Type", Value: "text/html; charset=utf-8"},
		call.Field{Name: "Content-Security-Policy", Value: policy},
		call.Field{Name: "Referrer-Policy", Value: "no-referrer"},
		call.Field{Name: "X-Content-Type-Options", Value: "nosniff"})
	return response
}

func (d redirect) response(r *request) call.Response {
	response := call.Response{Status: http.StatusFound, Reason: oneLine(d.reason)}
	response.Header = append(privateFields(r),
		call.Field{Name: "Location", Value: d.to},
		call.Field{Name: "Referrer-Policy", Value: "no-referrer"})
	return response
}

// privateFields are those of answers that only the browser's own window may
// read: another origin's script must not get at a code.
func privateFields(r *request) []call.Field {
	return []call.Field{
		{Name: "Cache-Control", Value: "no-store, no-cache"},
		{Name: "Pragma", Value: "no-cache"},
		{Name: "X-Ms-Request-Id", Value: r.RequestID},
		{Name: "Client-Request-Id", Value: r.correlation},
	}
}

// hidden are the fields of a form that repeat parameters, in a fixed order.
func hidden(parameters url.Values) string {
	var b strings.Builder
	for _, name := range sortedKeys(parameters) {
		for _, value := range parameters[name] {
			b.WriteString(`<input type="hidden" name="` + html.EscapeString(name) + `" value="` + html.EscapeString(value) + `">`)
		}
	}
	return b.String()
}

// button is a submit button that sends a name and a value.
func button(name, value, label string) string {
	return `<button name="` + html.EscapeString(name) + `" value="` + html.EscapeString(value) + `">` + html.EscapeString(label) + `</button>`
}

func paragraph(text string) string { return "<p>" + html.EscapeString(text) + "</p>" }

// wantsPage reports whether a person's browser asks: HTTP clients of tests do
// not name text/html.
func (r *request) wantsPage() bool {
	return strings.Contains(strings.ToLower(r.Header.Get("Accept")), "text/html")
}
