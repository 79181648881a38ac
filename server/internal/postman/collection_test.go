package postman

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/openapi"
)

func selection(t *testing.T) Selection {
	c, err := openapi.Default()
	if err != nil {
		t.Fatal(err)
	}
	return Selection{Versions: c.Versions()}
}

func TestCollection(t *testing.T) {
	text, err := json.Marshal(Collection(selection(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"`,
		`"name":"PATCH /deviceManagement/virtualEndpoint/externalPartnerSettings/{cloudPcExternalPartnerSetting-id}"`,
		`"raw":"{\n  \"enableConnection\": true\n}"`, // what is fixed after creation is left out
		`"raw":"{{baseUrl}}/v1.0/users/{{user-id}}"`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %s", want)
		}
	}
	if len(text) > 8<<20 {
		t.Errorf("%d bytes", len(text))
	}
	again, _ := json.Marshal(Collection(selection(t)))
	if string(again) != string(text) {
		t.Error("two collections differ")
	}
}

func TestCollectionOfAnArea(t *testing.T) {
	s := selection(t)
	s.Areas, s.All = []string{"/subscribedSkus"}, true
	text, _ := json.Marshal(Collection(s))
	if !strings.Contains(string(text), "GET /subscribedSkus") || strings.Contains(string(text), "/users") {
		t.Errorf("%.300s", text)
	}
}

func TestEnvironment(t *testing.T) {
	text, _ := json.Marshal(Environment(selection(t), "http://localhost:1", "secret", map[string]string{"user-id": "u"}))
	for _, want := range []string{
		`{"key":"baseUrl","value":"http://localhost:1","enabled":true}`, `{"key":"user-id","value":"u","enabled":true}`,
		`{"key":"cloudPcExternalPartnerSetting-id","value":"b3548526-e615-3785-3118-be70b3968ec5","enabled":true}`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %s in %.400s", want, text)
		}
	}
}
