package server

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"time"
)

// read asks for lists, entities and what is not there, over HTTP/1.1 and 2.
func (s *soak) read(_ context.Context, r *rand.Rand, _ int) {
	client := s.http
	if r.IntN(2) == 0 {
		client = s.http2
	}
	switch r.IntN(5) {
	case 0:
		s.send(client, "GET", "/v1.0/users?$top=3&$select=displayName", "")
	case 1:
		s.send(client, "GET", "/v1.0/users/none-"+number(r, 100), "")
	case 2:
		s.send(client, "GET", listsPath+"?$top=20&$filter=startswith(displayName,'name-"+number(r, 9)+"')", "")
	case 3:
		s.send(client, "GET", "/v1.0/groups?$expand=members", "")
	case 4:
		s.send(client, "GET", "/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration", "")
	}
}

// keptLists are those that stay to the end; all others are deleted, so that
// what the server has to hold does not grow.
const keptLists = 200

// write makes a task list, changes it some times and deletes it, but for the first.
func (s *soak) write(_ context.Context, r *rand.Rand, writer int) {
	change := func(method, path, body string) (int, []byte) {
		id := fmt.Sprintf("%s%d-%d", awaitedPrefix, writer, r.Uint64())
		status, text := s.send(s.http, method, path, body, "client-request-id", id)
		if status >= 200 && status < 300 {
			s.model.acknowledged(id)
		}
		return status, text
	}
	status, text := change("POST", listsPath, named(r))
	if status != http.StatusCreated {
		s.fail("POST: %d %s", status, text)
		return
	}
	var made struct{ ID string }
	if err := json.Unmarshal(text, &made); err != nil {
		s.fail("POST: %v: %s", err, text)
		return
	}
	for range r.IntN(4) {
		if status, text := change("PATCH", listsPath+"/"+made.ID, named(r)); status != http.StatusOK {
			s.fail("PATCH: %d %s", status, text)
		}
	}
	if s.kept.Add(1) > keptLists {
		if status, text := change("DELETE", listsPath+"/"+made.ID, ""); status != http.StatusNoContent {
			s.fail("DELETE: %d %s", status, text)
		}
	}
}

func named(r *rand.Rand) string {
	return fmt.Sprintf(`{"displayName":"name-%s-%d"}`, number(r, 9), r.Uint32())
}

// stray is a task list of a client that does not learn what becomes of it; sweep
// deletes it.
func stray(r *rand.Rand) string { return strings.Replace(named(r), "name-", "stray-", 1) }

// manyStrays are so many that clients which make more wait for sweep.
const manyStrays = 500

// crowded reports whether there are too many strays, and waits a little then.
func (s *soak) crowded() bool {
	many := s.model.size() > keptLists+manyStrays
	if many {
		time.Sleep(5 * time.Millisecond)
	}
	return many
}

// sweep deletes strays.
func (s *soak) sweep(ctx context.Context, _ *rand.Rand, _ int) {
	for id, name := range s.lists() {
		if strings.HasPrefix(name, "stray-") && ctx.Err() == nil {
			if status, text := s.send(s.http, "DELETE", listsPath+"/"+id, ""); status != http.StatusNoContent {
				s.fail("DELETE of a stray: %d %s", status, text)
			}
		}
	}
	select {
	case <-ctx.Done():
	case <-time.After(20 * time.Millisecond):
	}
}

// batch makes task lists and deletes them, several at once.
func (s *soak) batch(_ context.Context, r *rand.Rand, _ int) {
	step := func(i int, method, path, body string) string {
		if body != "" {
			body = `,"headers":{"Content-Type":"application/json"},"body":` + body
		}
		return fmt.Sprintf(`{"id":"%d","method":"%s","url":"%s"%s}`, i, method, strings.TrimPrefix(path, "/v1.0"), body)
	}
	var steps []string
	for i := range 5 {
		steps = append(steps, step(i, "POST", listsPath, named(r)), step(10+i, "GET", "/v1.0/users?$top=2", ""))
	}
	status, text := s.send(s.http2, "POST", "/v1.0/$batch", `{"requests":[`+strings.Join(steps, ",")+`]}`)
	var answers struct {
		Responses []struct {
			Status int
			Body   struct{ ID string }
		}
	}
	if err := json.Unmarshal(text, &answers); err != nil || status != http.StatusOK {
		s.fail("$batch: %d %v %s", status, err, text)
		return
	}
	steps = steps[:0]
	for i, a := range answers.Responses {
		if a.Status == http.StatusCreated {
			steps = append(steps, step(i, "DELETE", listsPath+"/"+a.Body.ID, ""))
		}
	}
	if len(steps) != 5 {
		s.fail("$batch: %d of 5 made: %s", len(steps), text)
		return
	}
	status, text = s.send(s.http2, "POST", "/v1.0/$batch", `{"requests":[`+strings.Join(steps, ",")+`]}`)
	if deleted := strings.Count(string(text), `"status":204`); status != http.StatusOK || deleted != 5 {
		s.fail("$batch: %d, %d of 5 deleted: %s", status, deleted, text)
	}
}

// fault writes what a scenario disturbs: whether it was done, the journal says.
func (s *soak) fault(_ context.Context, r *rand.Rand, _ int) {
	if s.crowded() {
		return
	}
	client := s.http
	if r.IntN(2) == 0 {
		client = s.risky
	}
	kinds := []string{"reset", "close", "truncate", "garbage", "503; retry-after=1", "429; retry-after=1", "500", "delay=5ms"}
	s.send(client, "POST", listsPath, stray(r), "X-Fake-Fault", kinds[r.IntN(len(kinds))]+"; always")
}

// upload replaces a photo and reads it back.
func (s *soak) upload(_ context.Context, r *rand.Rand, _ int) {
	picture := "\xff\xd8\xff\xe0" + strings.Repeat(string(rune('a'+r.IntN(20))), 200_000)
	if status, text := s.send(s.http, "PUT", "/v1.0/me/photo/$value", picture, "Content-Type", "image/jpeg"); status != 200 && status != 204 {
		s.fail("photo: %d %s", status, text)
	}
	if status, text := s.send(s.http2, "GET", "/v1.0/me/photo/$value", ""); status != 200 || string(text) != picture {
		s.fail("photo: %d, %d bytes", status, len(text))
	}
}

// open dials a listener by hand; nil when it fails.
func (s *soak) open(withTLS bool) net.Conn {
	s.sent.Add(1)
	address := strings.TrimPrefix(s.plain, "http://")
	if withTLS {
		address = strings.TrimPrefix(s.tls, "https://")
	}
	c, err := net.DialTimeout("tcp", address, 10*time.Second)
	if err != nil {
		s.fail("dial: %v", err)
		return nil
	}
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	if !withTLS {
		return c
	}
	config := s.fake.clientTLS()
	config.ServerName = "localhost"
	return tls.Client(c, config)
}

// stall is a client that begins and does not go on; the server must let it go.
func (s *soak) stall(_ context.Context, r *rand.Rand, _ int) {
	c := s.open(r.IntN(2) == 0)
	if c == nil {
		return
	}
	defer c.Close()
	begun := []string{
		"", "GET /v1.0/us", "POST /v1.0/me/todo/lists HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{",
		"PUT /v1.0/me/photo/$value HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\nContent-Type: image/jpeg\r\nContent-Length: 90000\r\n\r\nxx",
	}
	begin := time.Now()
	_, _ = io.WriteString(c, begun[r.IntN(len(begun))])
	_, _ = io.Copy(io.Discard, c)
	if held := time.Since(begin); held > 15*time.Second {
		s.fail("a client that stalls was held for %s", held)
	}
}

// abuse sends what is no request, or goes in the middle.
func (s *soak) abuse(_ context.Context, r *rand.Rand, _ int) {
	c := s.open(false)
	if c == nil {
		return
	}
	defer c.Close()
	sent := []string{
		"\x00\x01\x02\xff\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\x16\x03\x01\x00\x05hello", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
		"CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost: graph.microsoft.com:443\r\n\r\nno TLS", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"POST /v1.0/$batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n{{{",
		"GET " + strings.Repeat("/x", 9000) + " HTTP/1.1\r\nHost: x\r\n\r\n", "GET /v1.0/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n\r\n",
	}
	_, _ = io.WriteString(c, sent[r.IntN(len(sent))])
	if r.IntN(2) == 0 {
		_, _ = c.Read(make([]byte, 100))
	}
}

// leave asks and does not wait: whether the write was done, the journal says.
func (s *soak) leave(ctx context.Context, r *rand.Rand, _ int) {
	if s.crowded() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, time.Duration(r.IntN(1500))*time.Microsecond)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, "POST", s.tls+listsPath, strings.NewReader(stray(r)))
	if err != nil {
		s.fail("%v", err)
		return
	}
	request.Header.Set("Authorization", "Bearer soak")
	request.Header.Set("Content-Type", "application/json")
	s.sent.Add(1)
	if response, err := s.http2.Do(request); err == nil {
		_, _ = io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
}
