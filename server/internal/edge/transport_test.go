package edge

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

func inProcessClient(h http.HandlerFunc) *http.Client {
	return &http.Client{Transport: Transport(h, nil)}
}

// TestTransport_Request compares what a handler sees in process with what it
// sees over a socket.
func TestTransport_Request(t *testing.T) {
	type seen struct {
		Method, URL, RequestURI, Host, Proto, Body string
		Length                                     int64
		Encoding                                   []string
		Header                                     http.Header
	}
	var got seen
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		h := r.Header.Clone()
		h.Del("Accept-Encoding") // net/http's transport asks for gzip by itself
		got = seen{r.Method, r.URL.String(), r.RequestURI, r.Host, r.Proto, string(body), r.ContentLength, nil, h}
	})
	s := startServer(t, handler)
	base, err := url.Parse(s.plain)
	if err != nil {
		t.Fatal(err)
	}
	local := Transport(handler, func(host string) bool { return host == base.Host })
	for name, change := range map[string]func(r *http.Request){
		"get":           func(*http.Request) {},
		"no method":     func(r *http.Request) { r.Method = "" },
		"no path":       func(r *http.Request) { r.URL.Path = "" },
		"escapes":       func(r *http.Request) { r.URL.Path, r.URL.RawPath = "/v1.0/a/b:/c d", "/v1.0/a%2Fb:/c%20d" },
		"wrong RawPath": func(r *http.Request) { r.URL.Path, r.URL.RawPath = "/v1.0/a b", "/other" },
		"opaque":        func(r *http.Request) { r.URL.Opaque = "/v1.0/a%2Fb" },
		"empty query":   func(r *http.Request) { r.URL.ForceQuery = true },
		"host":          func(r *http.Request) { r.Host = "graph.microsoft.com" },
		"user agent":    func(r *http.Request) { r.Header.Set("User-Agent", "me") },
		"no user agent": func(r *http.Request) { r.Header["User-Agent"] = []string{""} },
		"raw names":     func(r *http.Request) { r.Header["x-ms-a"] = []string{" padded ", "two"} },
		"body":          func(r *http.Request) { setBody(r, "hello", 5) },
		"length unsaid": func(r *http.Request) { setBody(r, "hello", 0) },
		"chunked":       func(r *http.Request) { setBody(r, "hello", -1) },
		"NoBody":        func(r *http.Request) { r.Method, r.Body = "POST", http.NoBody },
	} {
		var views [2]seen
		for i, tr := range []http.RoundTripper{newClient(t, false).Transport, local} {
			r := newRequest("GET", s.plain+"/v1.0/me?$top=1", "")
			r.Body, r.GetBody, r.ContentLength = nil, nil, 0
			change(r)
			got = seen{}
			resp, err := tr.RoundTrip(r)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			_ = resp.Body.Close()
			got.Header.Del("Content-Length") // part of framing on a socket
			views[i] = got
		}
		if !reflect.DeepEqual(views[0], views[1]) {
			t.Errorf("%s:\nsocket     %+v\nin process %+v", name, views[0], views[1])
		}
	}
}

func setBody(r *http.Request, text string, length int64) {
	r.Method, r.Body, r.ContentLength = "POST", io.NopCloser(strings.NewReader(text)), length
}

func TestTransport_TLS(t *testing.T) {
	for base, want := range map[string]bool{"https://graph.microsoft.com": true, "http://graph.microsoft.com": false} {
		c := inProcessClient(func(_ http.ResponseWriter, r *http.Request) {
			if (r.TLS != nil) != want {
				t.Errorf("%s: TLS %v", base, r.TLS)
			}
		})
		if _, _, err := fetch(door{c, base, 1}, "/"); err != nil {
			t.Error(err)
		}
	}
}

func TestTransport_Refuses(t *testing.T) {
	c := inProcessClient(func(http.ResponseWriter, *http.Request) { t.Error("handler called") })
	for name, r := range map[string]*http.Request{
		"not served":                    {Method: "GET", URL: &url.URL{Scheme: "https", Host: "vault.azure.net"}},
		"unsupported protocol":          {Method: "GET", URL: &url.URL{Scheme: "ftp", Host: "graph.microsoft.com"}},
		"invalid method":                {Method: "G T", URL: &url.URL{Scheme: "https", Host: "graph.microsoft.com"}},
		"invalid header field value":    {URL: &url.URL{Scheme: "https", Host: "graph.microsoft.com"}, Header: http.Header{"Authorization": {"secret\n"}}},
		"invalid header field name":     {URL: &url.URL{Scheme: "https", Host: "graph.microsoft.com"}, Header: http.Header{"a b": {"x"}}},
		"in-process transport: request": {},
	} {
		body := &noteClose{Reader: strings.NewReader("x")}
		r.Body = body
		_, err := c.Transport.RoundTrip(r)
		if !strings.Contains(errText(err), name) || strings.Contains(errText(err), "secret") {
			t.Errorf("%s: %v", name, err)
		}
		if !body.closed() {
			t.Errorf("%s: body left open", name)
		}
	}
	_, err := c.Get("https://example.com/")
	if !strings.Contains(errText(err), "nothing is forwarded") || !strings.Contains(errText(err), "graph.microsoft.com") {
		t.Error(err)
	}
}

type noteClose struct {
	io.Reader
	mu sync.Mutex
	n  int
}

func (c *noteClose) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	return nil
}

func (c *noteClose) closed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n == 1
}

// The contract of http.RoundTripper: the body is closed, by whatever way the
// request ends.
func TestTransport_ClosesBody(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"unread": func(http.ResponseWriter, *http.Request) {},
		"read":   func(_ http.ResponseWriter, r *http.Request) { _, _ = io.ReadAll(r.Body); _ = r.Body.Close() },
		"panic":  func(http.ResponseWriter, *http.Request) { panic("mistake") },
		"stall":  func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			defer cancel()
			r := newRequest("POST", "https://graph.microsoft.com/v1.0/users", "x").WithContext(ctx)
			body := &noteClose{Reader: strings.NewReader("x")}
			r.Body = body
			resp, err := Transport(handler, nil).RoundTrip(r)
			if err == nil {
				_ = resp.Body.Close()
			}
			synctest.Wait()
			if !body.closed() {
				t.Errorf("%s: body not closed once", name)
			}
		})
	}
}

// The header that a handler keeps, as the journal does, is not the client's.
func TestTransport_HeaderIsACopy(t *testing.T) {
	var kept *call.Call
	c := &http.Client{Transport: Transport(answering(func(c *call.Call) *call.Response {
		kept = c
		return &call.Response{Status: 204}
	}), nil)}
	r := newRequest("GET", "https://graph.microsoft.com/v1.0/me", "")
	r.Header.Set("Prefer", "a")
	resp, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	r.Header.Set("Prefer", "b")
	r.Header["Prefer"][0] = "c"
	if got := kept.Header.Get("Prefer"); got != "a" {
		t.Errorf("%q", got)
	}
}

func TestTransport_Context(t *testing.T) {
	ignoring := func(_ http.ResponseWriter, r *http.Request) { time.Sleep(time.Hour) } // a handler that does not look
	synctest.Test(t, func(t *testing.T) {
		cause := errors.New("the reason")
		ctx, cancel := context.WithCancelCause(context.Background())
		time.AfterFunc(time.Second, func() { cancel(cause) })
		r := newRequest("GET", "https://graph.microsoft.com/", "").WithContext(ctx)
		begin := time.Now()
		if _, err := Transport(http.HandlerFunc(ignoring), nil).RoundTrip(r); !errors.Is(err, cause) || time.Since(begin) != time.Second {
			t.Errorf("after %s: %v", time.Since(begin), err)
		}
		if _, err := Transport(http.HandlerFunc(ignoring), nil).RoundTrip(r); !errors.Is(err, cause) {
			t.Errorf("ended before: %v", err)
		}
		c := inProcessClient(ignoring)
		c.Timeout = 3 * time.Second
		_, err := c.Get("https://graph.microsoft.com/")
		var timeout interface{ Timeout() bool }
		if !errors.As(err, &timeout) || !timeout.Timeout() {
			t.Errorf("client's timeout: %v", err)
		}
		time.Sleep(2 * time.Hour) // the handlers end
	})
}

// The official clients follow redirects and keep cookies by themselves.
func TestTransport_UnderClient(t *testing.T) {
	c := inProcessClient(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/from" {
			http.Redirect(w, r, "https://login.microsoftonline.com/to", http.StatusFound)
			return
		}
		_, _ = io.WriteString(w, r.Host+r.URL.Path)
	})
	resp, err := c.Get("https://graph.microsoft.com/from")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	if string(body) != "login.microsoftonline.com/to" || resp.Request.URL.Host != "login.microsoftonline.com" {
		t.Errorf("%s", body)
	}
}

func TestTransport_Concurrent(t *testing.T) {
	c := &http.Client{Transport: Transport(answering(func(c *call.Call) *call.Response {
		return &call.Response{Status: 200, Body: c.Body}
	}), nil)}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			text := strings.Repeat(string(rune('a'+i)), 1000*i)
			for range 20 {
				resp, err := c.Post("https://graph.microsoft.com/v1.0/$batch", "application/json", strings.NewReader(text))
				if err != nil {
					t.Error(err)
					return
				}
				body, _ := io.ReadAll(resp.Body)
				_ = resp.Body.Close()
				if string(body) != text {
					t.Errorf("%d bytes of %q", len(body), text[:1])
				}
			}
		})
	}
	wg.Wait()
}
