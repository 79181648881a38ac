package edge

import (
	"context"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// TestWrite compares what clients get, through every door.
func TestWrite(t *testing.T) {
	var answer *call.Response
	for name, d := range doors(t, answering(func(*call.Call) *call.Response { return answer })) {
		for _, c := range []struct {
			name   string
			answer call.Response
			want   map[string][]string // nil value: the field is absent
			body   string
		}{
			{"every answer", call.Response{Status: 200, Body: []byte(patch)}, map[string][]string{
				"Request-Id": {testID}, "Client-Request-Id": {testID}, "X-Ms-Ags-Diagnostic": {diagnostic},
				"Odata-Version": {"4.0"}, "Cache-Control": {"no-cache"}, "Vary": {"Accept-Encoding"},
				"Date": {"Tue, 04 Mar 2031 05:06:07 GMT"}, "Content-Type": {"application/json"},
				"Content-Length": {"29"}, "X-Fake-Reason": nil, "Warning": nil, "Access-Control-Allow-Origin": nil,
			}, patch},
			{"own fields win", call.Response{Status: 201, Body: []byte("x"), Header: []call.Field{
				{Name: "ETag", Value: `W/"1"`}, {Name: "Cache-Control", Value: "private"},
				{Name: "Link", Value: "<a>"}, {Name: "Link", Value: "<b>"}, {Name: "Content-Type", Value: "text/plain"},
			}}, map[string][]string{
				"Etag": {`W/"1"`}, "Cache-Control": {"private"}, "Link": {"<a>", "<b>"}, "Content-Type": {"text/plain"},
			}, "x"},
			{"no content", call.Response{Status: 204, Body: []byte("x"), Header: []call.Field{{Name: "Content-Type", Value: "text/plain"}}},
				map[string][]string{"Content-Type": nil, "Content-Length": nil, "Request-Id": {testID}}, ""},
			{"not modified", call.Response{Status: 304, Body: []byte("x")}, map[string][]string{"Content-Type": nil}, ""},
			{"accepted without body", call.Response{Status: 202, Header: []call.Field{{Name: "Content-Type", Value: "text/plain"}}},
				map[string][]string{"Content-Type": nil, "Content-Length": {"0"}}, ""},
			{"reason and warnings", call.Response{Status: 403, Reason: "rule 1:\nneeds User.Read", Warnings: []string{"a", "b"}},
				map[string][]string{
					"X-Fake-Reason": {"rule 1: needs User.Read"},
					"Warning":       {`299 fakegraph "a"`, `299 fakegraph "b"`},
				}, ""},
			{"long", call.Response{Status: 200, Body: []byte(strings.Repeat("x", 300_000))},
				map[string][]string{"Content-Type": {"application/json"}}, strings.Repeat("x", 300_000)}, // compressed where net/http asks for that by itself
		} {
			answer = &c.answer
			resp, err := d.get(context.Background(), "/v1.0/me")
			if err != nil {
				t.Fatalf("%s, %s: %v", name, c.name, err)
			}
			body, err := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if err != nil || resp.StatusCode != c.answer.Status || string(body) != c.body || resp.ProtoMajor != d.major {
				t.Errorf("%s, %s: %s %s, %.40q, %v", name, c.name, resp.Proto, resp.Status, body, err)
			}
			for field, want := range c.want {
				if got := resp.Header[field]; !reflect.DeepEqual(got, want) {
					t.Errorf("%s, %s: %s: %q, want %q", name, c.name, field, got, want)
				}
			}
		}
	}
}

func TestWrite_Head(t *testing.T) {
	handler := answering(func(*call.Call) *call.Response {
		return &call.Response{Status: 200, Body: []byte(patch)}
	})
	for name, d := range doors(t, handler) {
		resp, err := d.Head(d.base + "/v1.0/me")
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if len(body) != 0 || resp.Header.Get("Content-Type") != "application/json" || resp.ContentLength != int64(len(patch)) {
			t.Errorf("%s: %q, %v, length %d", name, body, resp.Header, resp.ContentLength)
		}
	}
}

func TestWrite_OtherOrigin(t *testing.T) {
	d := doors(t, answering(func(*call.Call) *call.Response { return &call.Response{Status: 200} }))["in process"]
	r := newRequest("GET", d.base+"/v1.0/me", "")
	r.Header.Set("Origin", "https://app.example.test")
	resp, err := d.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.Header.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(resp.Header.Get("Access-Control-Expose-Headers"), "Retry-After") {
		t.Errorf("%v", resp.Header)
	}
}

func TestPinsTransport(t *testing.T) {
	for origin, want := range map[string]bool{
		"https://graph.microsoft.com":    true,
		"https://127.0.0.1:8843":         true,
		"https://[::1]:8843":             true,
		"https://localhost:8843":         false,
		"https://fakegraph:8843":         false,
		"http://graph.microsoft.com":     true,
		"http://127.0.0.1:8880":          true,
		"https://login.microsoft.com:99": true,
	} {
		if got := pinsTransport(origin); got != want {
			t.Errorf("%s: %v", origin, got)
		}
	}
}

func TestWritePlain(t *testing.T) {
	rd := testReader()
	client := http.Client{Transport: Transport(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		WritePlain(w, r, rd.Read(r, testTime), &call.Response{Status: 200, Body: []byte("{}"), Reason: "why"})
	}), nil)}
	resp, err := client.Get("https://login.microsoftonline.com/common/discovery/keys")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	want := http.Header{"Content-Type": {"application/json"}, "Content-Length": {"2"},
		"Date": {"Tue, 04 Mar 2031 05:06:07 GMT"}, "X-Fake-Reason": {"why"}}
	if !reflect.DeepEqual(resp.Header, want) {
		t.Errorf("%v", resp.Header)
	}
}
