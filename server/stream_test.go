package server

import (
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"
)

// uploadSize is the length of the file of TestUploadIsNotHeld: 1024 for the
// documented claim of 1 GiB.
var uploadSize = flag.Int64("upload-mib", 64, "length in MiB of the file that the upload test sends")

// pattern is bytes that no compression shrinks, without holding them.
type pattern struct{ at, length int64 }

func (p *pattern) Read(b []byte) (int, error) {
	if p.at == p.length {
		return 0, io.EOF
	}
	n := int(min(int64(len(b)), p.length-p.at))
	for i := range b[:n] {
		x := uint64(p.at+int64(i)) * 0x9E3779B97F4A7C15
		b[i] = byte(x >> 56)
	}
	p.at += int64(n)
	return n, nil
}

// peak is by how much the heap grows while fn runs, in bytes. The collector is
// kept tight, so that garbage beside a large heap of other tests does not count.
func peak(fn func()) (most uint64) {
	defer debug.SetGCPercent(debug.SetGCPercent(5))
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		var m runtime.MemStats
		for {
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc-min(m.HeapAlloc, before.HeapAlloc))
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	fn()
	close(done)
	<-ended
	return most
}

func sendAll(t *testing.T, s *Server, method, url string, length int64, body io.Reader, header ...string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequest(method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	r.ContentLength = length
	r.Header.Set("Authorization", "Bearer test")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := s.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.ContentLength > 1<<20 {
		sum := sha256.New()
		if _, err := io.Copy(sum, response.Body); err != nil {
			t.Fatal(err)
		}
		return response, sum.Sum(nil)
	}
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, text
}

// TestUploadIsNotHeld sends one file at once and one in fragments, reads both
// back, and looks that the heap stays small.
func TestUploadIsNotHeld(t *testing.T) {
	size := *uploadSize << 20
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	user := `{"accountEnabled":true,"displayName":"P","mailNickname":"p","userPrincipalName":"p@contoso.com","passwordProfile":{"password":"xWwvJ]6NMw+bWH-d"}}`
	sendAll(t, s, "POST", "https://graph.microsoft.com/v1.0/users", int64(len(user)), strings.NewReader(user), "Content-Type", "application/json")
	const root = "https://graph.microsoft.com/v1.0/me/drive/root:"
	want := sha256.New()
	if _, err := io.Copy(want, &pattern{length: size}); err != nil {
		t.Fatal(err)
	}
	most := peak(func() {
		r, text := sendAll(t, s, "PUT", root+"/one.bin:/content", size, &pattern{length: size}, "Content-Type", "application/octet-stream")
		if r.StatusCode != 201 {
			t.Fatalf("PUT: %d %s", r.StatusCode, text)
		}
		inFragments(t, s, root, size)
		for _, name := range []string{"one.bin", "two.bin"} {
			r, _ := sendAll(t, s, "GET", root+"/"+name+":/content", 0, nil)
			_, sum := sendAll(t, s, "GET", r.Header.Get("Location"), 0, nil)
			if string(sum) != string(want.Sum(nil)) {
				t.Errorf("%s: other bytes came back", name)
			}
		}
	})
	if limit := uint64(48 << 20); most > limit {
		t.Errorf("the heap grew to %d MiB for files of %d MiB, want at most %d", most>>20, *uploadSize, limit>>20)
	}
}

// inFragments uploads two.bin by a session.
func inFragments(t *testing.T, s *Server, root string, size int64) {
	t.Helper()
	r, text := sendAll(t, s, "POST", root+"/two.bin:/createUploadSession", 2, strings.NewReader("{}"), "Content-Type", "application/json")
	var session struct{ UploadURL string }
	if err := json.Unmarshal(text, &session); err != nil || r.StatusCode != 200 {
		t.Fatalf("createUploadSession: %d %s", r.StatusCode, text)
	}
	const fragment = 10 << 20
	for at := int64(0); at < size; at += fragment {
		n := min(fragment, size-at)
		r, text = sendAll(t, s, "PUT", session.UploadURL, n, &pattern{at: at, length: at + n},
			"Content-Range", fmt.Sprintf("bytes %d-%d/%d", at, at+n-1, size), "Content-Type", "application/octet-stream")
	}
	if r.StatusCode != 201 {
		t.Fatalf("last fragment: %d %s", r.StatusCode, text)
	}
}
