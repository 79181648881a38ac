package control_test

import (
	"net/http/httptest"
	"testing"
)

func TestGuard(t *testing.T) {
	for _, test := range []struct {
		name   string
		host   string
		header []string
		status int
	}{
		{"loopback name", "localhost:8880", nil, 200},
		{"without port, in capitals", "LOCALHOST", nil, 200},
		{"below localhost", "fake.localhost:1", nil, 200},
		{"root's dot", "localhost.", nil, 200},
		{"IPv4", "127.0.0.1:8880", nil, 200},
		{"IPv4 of a network", "192.168.1.20:8880", nil, 200},
		{"IPv6", "[::1]:8880", nil, 200},
		{"IPv6 without port", "[fe80::1]", nil, 200},
		{"service name", "fakegraph:8880", nil, 200},
		{"service name with underscore", "fake_graph_1:8880", nil, 200},
		{"allowed, other case and port", "fake.EXAMPLE.com:443", nil, 200},

		{"rebound name", "evil.example:8880", nil, 403},
		{"rebound name with the root's dot", "evil.example.", nil, 403},
		{"looks like an address", "127.0.0.1.evil.example", nil, 403},
		{"looks like loopback", "localhost.evil.example", nil, 403},
		{"ends like an allowed name", "xfake.example.com", nil, 403},
		{"below an allowed name", "a.fake.example.com", nil, 403},
		{"with a user", "localhost@evil.example", nil, 403},
		{"loopback name with a user", "evil.example@localhost", nil, 403},
		{"with a path", "evil.example/localhost", nil, 403},
		{"no host", "", nil, 403},
		{"only a port", ":8880", nil, 403},

		{"own origin", "localhost:8880", []string{"Origin: http://localhost:8880"}, 200},
		{"own origin, default port", "localhost", []string{"Origin: http://LOCALHOST:80"}, 200},
		{"own origin behind TLS", "fake.example.com", []string{"Origin: https://fake.example.com"}, 200},
		{"foreign origin", "localhost:8880", []string{"Origin: https://evil.example"}, 403},
		{"foreign port", "localhost:8880", []string{"Origin: http://localhost:3000"}, 403},
		{"other loopback name", "localhost:8880", []string{"Origin: http://127.0.0.1:8880"}, 403},
		{"null origin", "localhost:8880", []string{"Origin: null"}, 403},
		{"empty origin", "localhost:8880", []string{"Origin: "}, 403},
		{"extension", "localhost:8880", []string{"Origin: chrome-extension://localhost:8880"}, 403},
		{"second origin", "localhost:8880", []string{"Origin: http://localhost:8880", "Origin: https://evil.example"}, 403},

		{"typed address", "localhost:8880", []string{"Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate"}, 200},
		{"script of its own page", "localhost:8880", []string{"Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: no-cors"}, 200},
		{"link on another port", "localhost:8880", []string{"Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: navigate"}, 200},
		{"image on another port", "localhost:8880", []string{"Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: no-cors"}, 403},
		{"image in a stranger's page", "localhost:8880", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"}, 403},
		{"link in a stranger's page", "localhost:8880", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"}, 403},
		{"unknown relation", "localhost:8880", []string{"Sec-Fetch-Site: galactic"}, 403},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, method := range []string{"GET", "POST"} {
				p := newPlane()
				path := map[string]string{"GET": "/_fake/health", "POST": "/_fake/reset"}[method]
				r := httptest.NewRequest(method, path, nil)
				r.Host = test.host
				w := p.send(r, test.header)
				if refused := w.Code == 403; refused != (test.status == 403) {
					t.Errorf("%s: got %d %s", method, w.Code, w.Body)
				}
				if w.Code == 403 && len(p.fake.asked) > 0 {
					t.Error("refused, but done")
				}
				checkForm(t, w)
			}
		})
	}
}

// A preflight gets no leave.
func TestGuard_Preflight(t *testing.T) {
	w := newPlane().call("OPTIONS", "/_fake/reset", "", "Access-Control-Request-Method: POST")
	want(t, w, 405, "…this path takes POST")
	checkForm(t, w)
}
