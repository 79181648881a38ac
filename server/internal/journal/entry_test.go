package journal_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/journal"
)

func TestRequests_Entry(t *testing.T) {
	now := noon.Add(1500 * time.Microsecond)
	j := journal.New(journal.Options{Now: func() time.Time { return now }})
	c := get("/users/adele@contoso.com")
	c.Method, c.RawQuery, c.InBatch = "PATCH", "$select=id&client_secret=s3cret", true
	c.Header = call.Header{"Authorization": {"Bearer s3cret"}, "Content-Type": {"application/json"}}
	c.Body = []byte(`{ "jobTitle": "HR", "passwordProfile": {"password": "s3cret"} }`)
	c.Operation = &openapi.Operation{ID: "user.UpdateUser", Template: "/users/{user-id}"}
	c.Principal = call.Principal{
		Presented: true, Scheme: call.DelegatedWork, AppID: "app", UPN: "adele@contoso.com",
		Tenant: tenant, Scopes: []string{"User.Read"}, TokenID: "uti",
	}
	r := j.Begin(c)
	r.Decided(journal.Rule{Scenario: "throttle", Rule: 2})
	r.Checked(journal.Permission{Needed: []string{"User.ReadWrite.All"}, Had: []string{"User.Read"}, Source: journal.Documented})
	r.End(&call.Response{
		Status:   403,
		Header:   []call.Field{{Name: "Set-Cookie", Value: "s3cret"}, {Name: "Retry-After", Value: "2"}},
		Body:     []byte(`{"error":{"code":"Authorization_RequestDenied"}}`),
		Delay:    2 * time.Second,
		Fault:    "truncate",
		Reason:   "rule 2 of throttle",
		Warnings: []string{"unknown property"},
		Findings: []openapi.Finding{{In: "body", Path: "/jobTitle", Kind: "type", Text: "jobTitle: want string"}},
	})

	got, err := json.MarshalIndent(j.Requests(journal.Filter{}), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want := `[
  {
    "number": 1,
    "time": "2026-03-01T12:00:00Z",
    "durationMs": 1.5,
    "method": "PATCH",
    "url": "https://graph.microsoft.com/v1.0/users/adele@contoso.com?$select=id\u0026client_secret=[redacted]",
    "path": "/v1.0/users/adele@contoso.com",
    "version": "v1.0",
    "tenant": "f4ce0a11-0000-4000-8000-000000000001",
    "requestId": "0a",
    "clientRequestId": "0b",
    "inBatch": true,
    "operation": {
      "id": "user.UpdateUser",
      "template": "/users/{user-id}"
    },
    "principal": {
      "kind": "user",
      "app": "app",
      "user": "adele@contoso.com",
      "tenant": "f4ce0a11-0000-4000-8000-000000000001",
      "scopes": [
        "User.Read"
      ],
      "tokenId": "uti"
    },
    "decision": {
      "rule": {
        "scenario": "throttle",
        "rule": 2
      },
      "permission": {
        "allowed": false,
        "needed": [
          "User.ReadWrite.All"
        ],
        "had": [
          "User.Read"
        ],
        "source": "documented"
      },
      "findings": [
        {
          "in": "body",
          "path": "/jobTitle",
          "kind": "type",
          "text": "jobTitle: want string"
        }
      ]
    },
    "request": {
      "headers": {
        "Authorization": [
          "[redacted]"
        ],
        "Content-Type": [
          "application/json"
        ]
      },
      "body": {
        "jobTitle": "HR",
        "passwordProfile": {
          "password": "[redacted]"
        }
      },
      "bodyBytes": 63
    },
    "response": {
      "status": 403,
      "headers": {
        "Retry-After": [
          "2"
        ],
        "Set-Cookie": [
          "[redacted]"
        ]
      },
      "body": {
        "error": {
          "code": "Authorization_RequestDenied"
        }
      },
      "bodyBytes": 48,
      "reason": "rule 2 of throttle",
      "warnings": [
        "unknown property"
      ],
      "delayMs": 2000,
      "fault": "truncate"
    }
  }
]`
	if string(got) != want {
		t.Errorf("got %s", got)
	}
}

func TestRequests_Bare(t *testing.T) {
	j := journal.New(journal.Options{})
	j.Begin(&call.Call{Path: "/health", BodyError: &call.BodyError{Text: "the body does not inflate"}}).End(nil)
	e := j.Requests(journal.Filter{})[0]
	if e.Path != "/health" || e.URL != "/health" || e.Response != nil || e.Operation != nil || e.DurationMs != 0 {
		t.Errorf("got %+v", e)
	}
	if e.Principal.Kind != journal.Anonymous || e.Request.BodyError != "the body does not inflate" {
		t.Errorf("got %+v", e)
	}
}

func TestRequests_PrincipalKind(t *testing.T) {
	fault := &call.TokenFault{Reason: "expired"}
	for _, test := range []struct {
		in   call.Principal
		want journal.Principal
	}{
		{call.Principal{}, journal.Principal{Kind: journal.Anonymous}},
		{call.Principal{Presented: true, Opaque: true}, journal.Principal{Kind: journal.Opaque}},
		{call.Principal{Presented: true, Fault: fault}, journal.Principal{Kind: journal.Opaque, Fault: "expired"}},
		{call.Principal{Presented: true, Scheme: call.Application, ObjectID: "sp"}, journal.Principal{Kind: journal.App}},
		{call.Principal{Presented: true, Scheme: call.DelegatedPersonal, ObjectID: "o"}, journal.Principal{Kind: journal.User, User: "o"}},
	} {
		j := journal.New(journal.Options{})
		c := get("/me")
		c.Principal = test.in
		record(j, c, 200)
		if got := j.Requests(journal.Filter{})[0].Principal; fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%+v: got %+v", test.in, got)
		}
	}
}

func TestRequests_Body(t *testing.T) {
	long := strings.Repeat("é", 64<<10)
	for _, test := range []struct {
		name, mediaType, body, want string
		bytes                       int
		truncated                   bool
	}{
		{"none", "", "", "", 0, false},
		{"object", "application/json", "{ \"a\" : 1 }", `{"a":1}`, 11, false},
		{"scalar", "application/json", `1.50`, `1.50`, 4, false},
		{"form", "application/x-www-form-urlencoded", "grant_type=password&Client%5FSecret=x%26y&scope=.default", `"grant_type=password&Client%5FSecret=[redacted]&scope=.default"`, 56, false},
		{"plain text", "text/plain", "<a> & b", `"<a> & b"`, 7, false},
		{"broken JSON", "application/json", `{"a":1,"password":"x`, `"{\"a\":1,\"password\":[redacted]"`, 20, false},
		{"not UTF-8", "image/png", "\x89PNG", "", 4, false},
		{"HTML", "Text/HTML; charset=utf-8", `<input name="code" value="x">`, "", 29, false},
		{"XML", "application/soap+xml", `<o:Password>x</o:Password>`, "", 26, false},
		{"multipart form", "multipart/form-data; boundary=b", "--b", "", 3, false},
		{"long", "text/plain", "a" + long, `"a` + long[:64<<10-2] + `"`, 128<<10 + 1, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			j := journal.New(journal.Options{})
			c := get("/me")
			c.Header = call.Header{"Content-Type": {test.mediaType}}
			c.Body = []byte(test.body)
			j.Begin(c).End(&call.Response{Body: []byte(test.body), Header: []call.Field{{Name: "Content-Type", Value: test.mediaType}}})
			e := j.Requests(journal.Filter{})[0]
			for _, got := range []journal.Content{e.Request.Content, e.Response.Content} {
				if string(got.Body) != test.want || got.BodyBytes != test.bytes || got.BodyTruncated != test.truncated {
					t.Errorf("got %.200s, %d bytes, truncated %v", got.Body, got.BodyBytes, got.BodyTruncated)
				}
			}
			if len(c.Body) != len(test.body) {
				t.Error("the caller's call was changed")
			}
		})
	}
}

func TestEntry_String(t *testing.T) {
	j := journal.New(journal.Options{})
	record(j, get("/users"), 200)
	j.Begin(get("/me")).End(&call.Response{Status: 403, Reason: "needs User.Read"})
	j.Begin(get("/me")).End(nil)
	want := []string{"1: GET /v1.0/users: 200", "2: GET /v1.0/me: 403: needs User.Read", "3: GET /v1.0/me: no answer"}
	for i, e := range j.Requests(journal.Filter{}) {
		if e.String() != want[i] {
			t.Errorf("got %s, want %s", e, want[i])
		}
	}
}
