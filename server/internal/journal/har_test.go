package journal_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/journal"
)

// harSchema is what the format demands.
func harSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile("testdata/har.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("har.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("har.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestArchive(t *testing.T) {
	j := journal.New(journal.Options{})
	add := func(c *call.Call, a *call.Response) { j.Begin(c).End(a) }
	c := get("/users")
	c.Method, c.RawQuery, c.Body = "POST", "$select=id%2CdisplayName&client_secret=s3cret", []byte(`{"displayName": "Ada", "password": "s3cret"}`)
	c.Header = call.Header{"Authorization": {"Bearer s3cret"}, "Content-Type": {"application/json; charset=utf-8"}}
	add(c, &call.Response{Status: 302, Header: []call.Field{{Name: "Location", Value: "https://elsewhere"}}, Body: []byte(`{"id":"1"}`), Reason: "moved"})
	c = get("/me/photo/$value")
	c.Method, c.Body, c.Header = "PUT", []byte("<p>s3cret</p>"), call.Header{"Content-Type": {"text/html"}}
	add(c, nil)
	c = get("/me/drive/root:/a.txt:/content")
	c.Method, c.Body, c.Header = "PUT", []byte("plain text"), call.Header{"Content-Type": {"text/plain"}}
	add(c, &call.Response{Status: 201, Header: []call.Field{{Name: "Content-Type", Value: "text/plain"}}, Body: []byte("thanks")})

	har := journal.Archive(j.Requests(journal.Filter{}), "1.0", 3)
	text, err := json.Marshal(har)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := harSchema(t).Validate(value); err != nil {
		t.Errorf("%v\n%s", err, text)
	}
	if strings.Contains(string(text), "s3cret") {
		t.Errorf("a secret shows: %s", text)
	}
	first, second, third := har.Log.Entries[0], har.Log.Entries[1], har.Log.Entries[2]
	if got := first.Request; got.Query[0] != (journal.HARPair{Name: "$select", Value: "id,displayName"}) || got.Body.Text != `{"displayName":"Ada","password":"[redacted]"}` {
		t.Errorf("the first request: %+v %+v", got, got.Body)
	}
	if got := first.Response; got.RedirectURL != "https://elsewhere" || got.StatusText != "Found" || got.Content.Text != `{"id":"1"}` || got.Content.MediaType != "application/json" || first.Reason != "moved" {
		t.Errorf("the first answer: %+v", got)
	}
	if second.Response.Status != 0 || second.Request.Body.Text != "" || second.Request.Body.Comment != "the body is not shown" {
		t.Errorf("the second call: %+v %+v", second.Request.Body, second.Response)
	}
	if third.Request.Body.Text != "plain text" || third.Response.Content.Text != "thanks" {
		t.Errorf("the third call: %+v %+v", third.Request.Body, third.Response)
	}
	if har.Log.Comment == "" || journal.Archive(nil, "1.0", 0).Log.Comment != "" {
		t.Error("the archive does not say what it lacks, or says it when it lacks nothing")
	}
}
