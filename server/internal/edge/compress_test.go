package edge

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

func TestTakesGzip(t *testing.T) {
	for value, want := range map[string]bool{
		"gzip": true, "GZIP": true, "gzip, deflate, br": true, "br;q=1.0, gzip;q=0.8": true, "*": true, "x-gzip": true, "deflate,gzip ; q=0.5": true,
		"": false, "identity": false, "deflate, br": false, "gzip;q=0": false, "gzip;q=0.000, *": false, "*;q=0": false, "gzipped": false,
	} {
		if got := takesGzip([]string{value}); got != want {
			t.Errorf("%q: %v", value, got)
		}
	}
	if takesGzip(nil) || !takesGzip([]string{"br", "gzip"}) {
		t.Error("no field, or two of them")
	}
}

// answeredWith serves a response over a connection and returns what a client sees
// that neither asks for compression by itself nor undoes it.
func answeredWith(t *testing.T, h2 bool, method, accept string, resp *call.Response) (*http.Response, []byte) {
	t.Helper()
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		Write(w, r, &call.Call{RequestID: "r", ClientRequestID: "c", Origin: "http://127.0.0.1", Received: time.Now()}, resp)
	}))
	srv.EnableHTTP2 = h2
	srv.StartTLS()
	defer srv.Close()
	client := srv.Client()
	client.Transport.(*http.Transport).DisableCompression = true
	r, err := http.NewRequest(method, srv.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	if accept != "" {
		r.Header.Set("Accept-Encoding", accept)
	}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, body
}

// What is sent decompresses to what was answered, and its length is told, over
// both versions of HTTP; HEAD tells the same fields.
func TestCompressedAnswer(t *testing.T) {
	long := []byte(`{"value":"` + strings.Repeat("abcdefgh ", 4000) + `"}`)
	for _, h2 := range []bool{false, true} {
		for _, method := range []string{"GET", "HEAD"} {
			answer, body := answeredWith(t, h2, method, "gzip", &call.Response{Status: 200, Body: long})
			h := answer.Header
			if h.Get("Content-Encoding") != "gzip" || h.Get("Vary") != "Accept-Encoding" || h.Get("Content-Type") != "application/json" {
				t.Errorf("h2 %v %s: %v", h2, method, h)
			}
			if n, err := strconv.Atoi(h.Get("Content-Length")); err != nil || n <= 0 || n > len(long)/10 || method == "GET" && n != len(body) {
				t.Errorf("h2 %v %s: Content-Length %q, %d bytes", h2, method, h.Get("Content-Length"), len(body))
			}
			if method == "HEAD" {
				continue
			}
			from, err := gzip.NewReader(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if plain, err := io.ReadAll(from); err != nil || !bytes.Equal(plain, long) {
				t.Errorf("h2 %v: %v, %d bytes", h2, err, len(plain))
			}
		}
	}
}

func TestNotCompressed(t *testing.T) {
	long := strings.Repeat("x", leastCompressed)
	sent := func(to io.Writer) error { _, err := io.WriteString(to, long); return err }
	for name, c := range map[string]struct {
		accept string
		resp   call.Response
	}{
		"not asked for":   {"", call.Response{Status: 200, Body: []byte(long)}},
		"another coding":  {"br, deflate", call.Response{Status: 200, Body: []byte(long)}},
		"short":           {"gzip", call.Response{Status: 200, Body: []byte(long[1:])}},
		"a stream":        {"gzip", call.Response{Status: 200, Stream: sent, Length: int64(len(long))}},
		"compressed":      {"gzip", call.Response{Status: 200, Body: []byte(long), Header: []call.Field{{Name: "Content-Encoding", Value: "br"}}}},
		"a range of them": {"gzip", call.Response{Status: 206, Body: []byte(long), Header: []call.Field{{Name: "Content-Range", Value: "bytes 0-9/10"}}}},
	} {
		answer, body := answeredWith(t, false, "GET", c.accept, &c.resp)
		if answer.Header.Get("Content-Encoding") == "gzip" || !strings.HasPrefix(long, string(body)) || answer.Header.Get("Content-Length") != strconv.Itoa(len(body)) {
			t.Errorf("%s: %v, %d bytes", name, answer.Header, len(body))
		}
	}
}

// An answer of Entra ID and of the control plane is not Graph's.
func TestPlainIsNotCompressed(t *testing.T) {
	w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	WritePlain(w, r, &call.Call{}, &call.Response{Status: 200, Body: make([]byte, 2*leastCompressed)})
	if w.Header().Get("Content-Encoding") != "" || w.Body.Len() != 2*leastCompressed {
		t.Errorf("%v", w.Header())
	}
}

func BenchmarkZip(b *testing.B) {
	body := []byte(`{"value":[` + strings.Repeat(`{"id":"02bd9fd6-8f93-4758-87c3-1fb73740a315","displayName":"HR","mail":null},`, 400) + `]}`)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		zip(body)
	}
}
