package control

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gorilla/mux"
)

// request is what a route sees of an HTTP request.
type request struct {
	variables map[string]string // from the path
	query     url.Values        // known parameters, each once
	accept    string
	tenant    string // id of the one in X-Fake-Tenant; "" when absent
	origin    string // scheme and host as the client used them
	body      []byte
	done      <-chan struct{} // closed when the client has gone
}

// adapt makes a handler of a route: the one place where the control plane meets
// net/http.
func (c *control) adapt(r route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, hr *http.Request) {
		c.answer(&r, w, hr).write(w, hr)
	})
}

func (c *control) answer(r *route, w http.ResponseWriter, hr *http.Request) reply {
	m := r.method(hr.Method)
	if m == nil {
		allow := r.allow()
		return problem(http.StatusMethodNotAllowed, "%s: this path takes %s", hr.URL.Path, allow).with("Allow", allow)
	}
	query, err := readQuery(hr.URL.RawQuery, m.query)
	if err != nil {
		return problem(http.StatusBadRequest, "%v", err)
	}
	in := &request{
		variables: mux.Vars(hr),
		query:     query,
		accept:    strings.Join(hr.Header.Values("Accept"), ","),
		tenant:    c.tenant(hr.Header.Get("X-Fake-Tenant")),
		origin:    c.Origin(hr),
		done:      hr.Context().Done(),
	}
	if m.name != http.MethodGet && hr.Body != nil {
		if in.body, err = io.ReadAll(http.MaxBytesReader(w, hr.Body, c.MaxBody)); err != nil {
			return badBody(err)
		}
	}
	return m.handle(in)
}

func badBody(err error) reply {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return problem(http.StatusRequestEntityTooLarge, "the body is larger than %d bytes", large.Limit)
	}
	return problem(http.StatusBadRequest, "the body broke off: %v", err)
}

// readQuery refuses what a route would ignore: a parameter that is misspelt
// must not pass for a filter that finds everything.
func readQuery(raw string, known []string) (url.Values, error) {
	query, err := url.ParseQuery(raw)
	if err != nil {
		return nil, fmt.Errorf("query: %w", err)
	}
	for name, values := range query {
		switch {
		case !slices.Contains(known, name) && len(known) == 0:
			return nil, fmt.Errorf("query: no parameter %q (there are none here)", name)
		case !slices.Contains(known, name):
			return nil, fmt.Errorf("query: no parameter %q (known: %s)", name, strings.Join(known, ", "))
		case len(values) > 1:
			return nil, fmt.Errorf("query: parameter %q stands more than once", name)
		}
	}
	return query, nil
}
