package edge

import (
	"context"
	"errors"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestAnswer compares what a client gets in process with what it gets over a
// socket, for handlers that are not ours too.
func TestAnswer(t *testing.T) {
	long := strings.Repeat("long ", 40_000)
	for name, handler := range map[string]http.HandlerFunc{
		"nothing":      func(http.ResponseWriter, *http.Request) {},
		"status only":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) },
		"status twice": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(201); w.WriteHeader(500) },
		"early hints":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(103); w.WriteHeader(202) },
		"sniffed":      func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") },
		"not sniffed": func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			_, _ = io.WriteString(w, "<html>")
		},
		"several parts": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "a")
			_, _ = io.WriteString(w, "b")
		},
		"late header": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(200)
			w.Header().Set("X-Late", "x")
		},
		"body on 204": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(204)
			if _, err := io.WriteString(w, "x"); !errors.Is(err, http.ErrBodyNotAllowed) {
				t.Error(err)
			}
		},
		"too much": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "3")
			_, _ = io.WriteString(w, "abc")
			if _, err := io.WriteString(w, "d"); !errors.Is(err, http.ErrContentLength) {
				t.Error(err)
			}
		},
		"too little": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10")
			_, _ = io.WriteString(w, "abc")
		},
		"flushed": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "a")
			w.(http.Flusher).Flush()
			_, _ = io.WriteString(w, "b")
		},
		"flushed, too little": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10")
			_, _ = io.WriteString(w, "abc")
			w.(http.Flusher).Flush()
		},
		"long": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", strconv.Itoa(len(long)))
			for part := long; part != ""; part = part[5000:] {
				_, _ = io.WriteString(w, part[:5000])
			}
		},
	} {
		s := startServer(t, handler)
		for _, method := range []string{"GET", "HEAD"} {
			if method == "HEAD" && strings.HasPrefix(name, "too") {
				continue // the length of what is not sent
			}
			socket := view(t, newClient(t, false), method, s.plain+"/")
			local := view(t, inProcessClient(handler), method, "https://graph.microsoft.com/")
			if !reflect.DeepEqual(socket, local) {
				t.Errorf("%s %s:\nsocket     %+v\nin process %+v", method, name, socket, local)
			}
		}
	}
}

type viewed struct {
	Status, Proto, Body string
	Length              int64
	Encoding            []string
	Header              http.Header
	Err                 string
}

func view(t *testing.T, c *http.Client, method, url string) viewed {
	t.Helper()
	r := newRequest(method, url, "")
	r.Header.Set("Accept-Encoding", "identity")
	resp, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if _, err := resp.Body.Read(make([]byte, 1)); resp.Body != http.NoBody && err == nil {
		t.Errorf("%s %s: reads after Close", method, url)
	}
	resp.Header.Del("Date")
	return viewed{resp.Status, resp.Proto, string(body), resp.ContentLength, resp.TransferEncoding, resp.Header, errText(err)}
}

// The client has the answer while the handler still works on it.
func TestAnswer_Streams(t *testing.T) {
	for name, first := range map[string]func(w http.ResponseWriter){
		"flush":    func(w http.ResponseWriter) { _, _ = io.WriteString(w, "first"); w.(http.Flusher).Flush() },
		"overflow": func(w http.ResponseWriter) { _, _ = io.WriteString(w, "first"+strings.Repeat(" ", maxHeld)) },
	} {
		synctest.Test(t, func(t *testing.T) {
			second := make(chan struct{})
			c := inProcessClient(func(w http.ResponseWriter, _ *http.Request) {
				first(w)
				<-second
				_, _ = io.WriteString(w, "second")
			})
			resp, err := c.Get("https://graph.microsoft.com/")
			if err != nil {
				t.Fatal(err)
			}
			begin := make([]byte, 5)
			if _, err := io.ReadFull(resp.Body, begin); err != nil || string(begin) != "first" {
				t.Errorf("%s: %q, %v", name, begin, err)
			}
			close(second)
			rest, err := io.ReadAll(resp.Body)
			if err != nil || strings.TrimSpace(string(rest)) != "second" {
				t.Errorf("%s: %.40q, %v", name, rest, err)
			}
			_ = resp.Body.Close()
		})
	}
}

// A client that closes the body ends the handler's context and writes.
func TestAnswer_ClientClosesStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan error, 1)
		c := inProcessClient(func(w http.ResponseWriter, r *http.Request) {
			w.(http.Flusher).Flush()
			<-r.Context().Done()
			_, err := io.WriteString(w, "x")
			ended <- err
		})
		resp, err := c.Get("https://graph.microsoft.com/")
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if err := <-ended; err == nil {
			t.Error("the handler writes to nobody")
		}
		if _, err := resp.Body.Read(make([]byte, 1)); err == nil {
			t.Error("reads after Close")
		}
	})
}

// A deadline ends the reading of a stream whose handler does not look.
func TestAnswer_DeadlineInStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		c := inProcessClient(func(w http.ResponseWriter, _ *http.Request) {
			w.(http.Flusher).Flush()
			<-release
		})
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		resp, err := (door{c, "https://graph.microsoft.com", 1}).get(ctx, "/")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(resp.Body); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		_ = resp.Body.Close()
		close(release)
	})
}

func TestAnswer_Panics(t *testing.T) {
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		want    error
		text    string
	}{
		"abort before": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, io.EOF, ""},
		"abort, nothing flushed": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "x")
			panic(http.ErrAbortHandler)
		}, io.EOF, ""},
		"abort after": {func(w http.ResponseWriter, _ *http.Request) {
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}, io.ErrUnexpectedEOF, ""},
		"mistake":   {func(http.ResponseWriter, *http.Request) { panic("mistake") }, nil, "handler panicked: mistake"},
		"no status": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(0) }, nil, "invalid WriteHeader code 0"},
	} {
		_, _, err := fetch(door{inProcessClient(c.handler), "https://graph.microsoft.com", 1}, "/")
		if err == nil || c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.text) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnswer_LendDoesNotChange(t *testing.T) {
	body := make([]byte, 3, 100)
	copy(body, "abc")
	c := inProcessClient(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(200)
		inProcess(w).lend(body)
		_, _ = io.WriteString(w, "def")
	})
	_, got, err := fetch(door{c, "https://graph.microsoft.com", 1}, "/")
	if err != nil || string(got) != "abcdef" || string(body[:6]) != "abc\x00\x00\x00" {
		t.Errorf("%q, %q, %v", got, body[:6], err)
	}
}
