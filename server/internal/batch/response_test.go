package batch

import (
	"encoding/json"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

func TestAppend(t *testing.T) {
	common := []call.Field{{Name: "Cache-Control", Value: "no-cache"}}
	got := Append(nil, []Answer{
		{"1", &call.Response{Status: 200, Body: []byte(`{"id":"x"}`)}, common, false},
		{"2", &call.Response{Status: 204, Header: []call.Field{{Name: "Content-Type", Value: "application/json"}}}, common, false},
		{"3", &call.Response{Status: 200, Body: []byte("7"), Header: []call.Field{{Name: "Content-Type", Value: "text/plain"}, {Name: "Cache-Control", Value: "private"}}}, common, false},
		{"4", &call.Response{Status: 200, Body: []byte{0xfb, 0xff}, Header: []call.Field{{Name: "Content-Type", Value: "image/png"}}}, nil, false},
		{"5", &call.Response{Status: 302, Header: []call.Field{{Name: "Location", Value: "https://x"}, {Name: "Link", Value: "a"}, {Name: "Link", Value: "b"}}, Reason: "why"}, nil, false},
		{"6", &call.Response{Status: 200, Body: []byte(`{broken`)}, nil, false},
	})
	want := `{"responses":[` +
		`{"id":"1","status":200,"headers":{"Cache-Control":"no-cache","Content-Type":"application/json"},"body":{"id":"x"}},` +
		`{"id":"2","status":204,"headers":{"Cache-Control":"no-cache"}},` +
		`{"id":"3","status":200,"headers":{"Cache-Control":"private","Content-Type":"text/plain"},"body":"7"},` +
		`{"id":"4","status":200,"headers":{"Content-Type":"image/png"},"body":"+/8="},` +
		`{"id":"5","status":302,"headers":{"Location":"https://x","Link":"a, b","X-Fake-Reason":"why"}},` +
		`{"id":"6","status":200,"headers":{"Content-Type":"application/json"},"body":"e2Jyb2tlbg=="}]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if !json.Valid(got) {
		t.Error("no JSON")
	}
}
