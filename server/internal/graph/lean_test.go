package graph

import (
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// graphType is a type of Graph itself.
func graphType(t *testing.T, version, name string) *openapi.Type {
	t.Helper()
	c, err := openapi.Default()
	if err != nil {
		t.Fatal(err)
	}
	found := c.Version(version).Type("microsoft.graph." + name)
	if found == nil {
		t.Fatalf("no type %s", name)
	}
	return found
}

func TestLean(t *testing.T) {
	user := graphType(t, "v1.0", "user")
	for in, want := range map[string]string{
		`{}`:                         `{}`,
		`{"id":"1","jobTitle":null}`: `{"id":"1"}`,
		`{"displayName":"D","accountEnabled":true,"id":"1"}`: `{"id":"1","accountEnabled":true,"displayName":"D"}`,
		`{"businessPhones":[],"otherMails":["a"]}`:           `{"otherMails":["a"]}`,
		`{"extension_x":null,"id":"1"}`:                      `{"id":"1","extension_x":null}`,
		`{"businessPhones":null,"jobTitle":[]}`:              `{"businessPhones":null,"jobTitle":[]}`,
	} {
		o, err := entity.Parse([]byte(in))
		if err != nil {
			t.Fatal(err)
		}
		if got := string(lean(user, o).JSON()); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestFresh(t *testing.T) {
	o, _ := entity.Parse([]byte(`{"id": "1", "businessPhones": [ "1", "2" ]}`))
	want := `{"id":"1","birthday":"0001-01-01T00:00:00Z","businessPhones":["1","2"],"deviceEnrollmentLimit":0,"hireDate":"0001-01-01T00:00:00Z"}`
	if got := string(fresh(graphType(t, "v1.0", "user"), o).JSON()); got != want {
		t.Errorf("wide: %s, want %s", got, want)
	}
	o, _ = entity.Parse([]byte(`{"id":"1"}`))
	want = `{"id":"1","displayName":null,"parentFolderId":null}`
	if got := string(fresh(graphType(t, "v1.0", "contactFolder"), o).JSON()); got != want {
		t.Errorf("narrow: %s, want %s", got, want)
	}
}

// Whatever order and blanks an object was stored with, as by an earlier version
// of the fake or through another version of Graph, it is shown the same.
func TestTemplate(t *testing.T) {
	user := graphType(t, "v1.0", "user")
	x := newTemplate(user, map[string]bool{"jobTitle": true})
	shown := func(object string) string {
		return string(x.append([]byte("{"), []byte(object), map[string]bool{"newer": true}))
	}
	want := shown(`{"id":"1","accountEnabled":true,"displayName":"D","userType":null,"extension_x":1}`)
	for _, object := range []string{
		`{"id":"1","accountEnabled":true,"city":null,"displayName":"D","jobTitle":"hidden","userType":null,"extension_x":1}`,
		`{"displayName":"D","extension_x":1,"id":"1","accountEnabled":true}`,
		`{"id":"1","accountEnabled":true,"businessPhones":[],"displayName":"D","newer":1,"userType":null,"extension_x":1}`,
	} {
		if got := shown(object); got != want {
			t.Errorf("%s:\n%s, want\n%s", object, got, want)
		}
	}
	o, err := entity.Parse([]byte(want))
	if err != nil {
		t.Fatalf("%s: %v", want, err)
	}
	if !o.IsNull("city") || o.Has("jobTitle") || o.Has("manager") || !strings.HasSuffix(want, `"extension_x":1}`) {
		t.Error(want)
	}
	if raw, _ := o.Get("businessPhones"); string(raw) != "[]" {
		t.Errorf("businessPhones: %s", raw)
	}
}
