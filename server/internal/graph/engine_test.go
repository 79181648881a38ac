package graph

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/clock"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

//go:embed testdata/model.yaml
var modelDocument []byte

// model is the version that all tests of this package share.
var model = sync.OnceValue(func() *openapi.Version {
	c, problems, err := new(openapi.Catalogue).With("v1.0", "model.yaml", modelDocument)
	if err != nil || len(problems) > 0 {
		panic(fmt.Sprint(err, problems))
	}
	return c.Version("v1.0")
})

const tenant = "t1"

// fake is an engine with a store of its own, called as the request path does.
type fake struct {
	*Engine
	t      testing.TB
	tenant string
	header call.Header

	version *openapi.Version // nil: model
}

// catalogue is the version that is served.
func (f *fake) catalogue() *openapi.Version {
	if f.version != nil {
		return f.version
	}
	return model()
}

func newFake(t testing.TB, behaviors ...behavior.Registration) *fake {
	t.Helper()
	set, err := behavior.NewSet(behaviors)
	if err != nil {
		t.Fatal(err)
	}
	s := newStore(t)
	c := new(clock.Clock)
	c.Freeze(true)
	c.Set(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	last := 0
	next := func() string { last++; return fmt.Sprintf("00000000-0000-4000-8000-%012d", last) }
	return &fake{Engine: &Engine{Store: s, Clock: c, Behaviors: set, NewID: next}, t: t, tenant: tenant, header: call.Header{}}
}

// newStore opens a store that is checked for contradictions after the test.
func newStore(t testing.TB) store.Store {
	t.Helper()
	s, err := store.Open(store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if c, ok := any(s).(interface{ Check() error }); ok {
			if err := c.Check(); err != nil && !errors.Is(err, store.ErrClosed) {
				t.Errorf("store: %v", err)
			}
		}
		s.Close()
	})
	return s
}

// do sends a request through resolving, validation and the engine.
func (f *fake) do(method, url, body string) call.Response {
	f.t.Helper()
	path, query, _ := strings.Cut(url, "?")
	c := &call.Call{
		RequestID: "r", ClientRequestID: "r", Method: method, Origin: "https://graph.microsoft.com",
		Version: "v1.0", Path: path, RawQuery: query, Header: f.header, Tenant: f.tenant, Catalogue: f.catalogue(),
	}
	target, err := f.catalogue().Resolve(path, nil)
	if err != nil {
		f.t.Fatalf("%s: %v", path, err)
	}
	c.Target = target
	if c.Operation = target.Item.Operation(method); c.Operation == nil {
		f.t.Fatalf("%s %s: no such operation", method, path)
	}
	r := Request{Call: c}
	in := openapi.Input{RawQuery: query, Segments: target.Segments}
	if body != "" {
		c.Body = []byte(body)
		in.Body = openapi.Body{MediaType: "application/json", Present: true}
		if err := json.Unmarshal(c.Body, &in.Body.Value); err != nil {
			f.t.Fatalf("%s: %v", body, err)
		}
		if r.Payload, err = entity.Members(c.Body); err != nil {
			f.t.Fatalf("%s: %v", body, err)
		}
		r.HasBody = true
	}
	r.Findings = c.Operation.Validate(in)
	return f.Do(r)
}

// must is do with the status that is wanted; it returns the body.
func (f *fake) must(status int, method, url, body string) string {
	f.t.Helper()
	r := f.do(method, url, body)
	if r.Status != status {
		f.t.Fatalf("%s %s: %d %s %s, want %d", method, url, r.Status, r.Reason, r.Body, status)
	}
	return string(r.Body)
}

// plant stores entities at a path, each with its id in its JSON.
func (f *fake) plant(path string, items ...string) {
	f.t.Helper()
	seed := Seed{Version: f.catalogue(), Path: path}
	for _, item := range items {
		id, _ := entity.Field([]byte(item), "id")
		text, _ := entity.Unquote(id)
		seed.Items = append(seed.Items, SeedItem{ID: text, JSON: []byte(item)})
	}
	err := f.Store.Update(func(tx store.Writer) error { return Plant(tx, f.tenant, []Seed{seed}, nil) })
	if err != nil {
		f.t.Fatal(err)
	}
}

// listed is the answer to a GET of a collection.
type listed struct {
	Count *int             `json:"@odata.count"`
	Next  string           `json:"@odata.nextLink"`
	Value []map[string]any `json:"value"`
}

func (f *fake) list(url string) listed {
	f.t.Helper()
	var l listed
	if err := json.Unmarshal([]byte(f.must(200, http.MethodGet, url, "")), &l); err != nil {
		f.t.Fatal(err)
	}
	return l
}

// ids lists the ids that a GET of a collection yields, page after page.
func (f *fake) ids(url string) []string {
	f.t.Helper()
	ids := []string{}
	for pages := 0; url != ""; pages++ {
		if pages > 1000 {
			f.t.Fatalf("%s: the pages never end", url)
		}
		l := f.list(url)
		for _, e := range l.Value {
			ids = append(ids, e["id"].(string))
		}
		url = strings.TrimPrefix(l.Next, "https://graph.microsoft.com/v1.0")
	}
	return ids
}

// revision is the stored revision of the entity that a path addresses.
func (f *fake) revision(path string) (revision uint64) {
	f.t.Helper()
	err := f.Store.View(func(tx store.Reader) error {
		name, id, _ := strings.Cut(path[1:], "/")
		e, err := tx.Get(store.SetKey{Tenant: f.tenant, Name: name}, id)
		revision = e.Revision
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return revision
}

// message is the text of Graph's error in an answer.
func message(t testing.TB, r call.Response) string {
	t.Helper()
	var v struct{ Error struct{ Message string } }
	if err := json.Unmarshal(r.Body, &v); err != nil || r.Status < 400 {
		t.Fatalf("no error: %d %s", r.Status, r.Body)
	}
	return v.Error.Message
}

func TestClosedStore(t *testing.T) {
	f := newFake(t)
	f.Store.Close()
	for _, method := range []string{"GET", "DELETE"} {
		if r := f.do(method, "/people/a", ""); r.Status != 500 || !strings.Contains(r.Reason, "store") {
			t.Errorf("%s: %d %s", method, r.Status, r.Reason)
		}
	}
}
