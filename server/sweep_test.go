package server

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/graph"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// sweepEvery is how many operations there are for each one that the plain test
// run calls. FAKEGRAPH_SWEEP=all calls every one, as CI does.
const sweepEvery = 41

// sweepID is the key of an entity that the sweep plants, by the parameter that
// stands for it: no two on one path are alike.
func sweepID(parameter string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(parameter))
	return fmt.Sprintf("5ee90000-0000-4000-8000-0000%08x", h.Sum32())
}

// TestSweep calls operations of both versions with requests made up from their
// descriptions, on a tenant that holds what they address, and judges status and
// body by the description. The store starts empty and each area has a tenant.
func TestSweep(t *testing.T) {
	every := sweepEvery
	if os.Getenv("FAKEGRAPH_SWEEP") == "all" {
		every = 1
	}
	fake, err := New(WithFixtures("none"), WithAuth("off"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { fake.Close() })
	s := &sweep{fake: fake, sampled: every > 1, unlike: map[string]int{}}
	for _, v := range fake.catalogue.Versions() {
		areas := map[string][]*openapi.Operation{}
		n := 0
		for op := range v.Operations() {
			if n++; n%every == 0 {
				area, _, _ := strings.Cut(op.Template[1:], "/")
				areas[area] = append(areas[area], op)
			}
		}
		t.Run(v.Name(), func(t *testing.T) {
			for _, area := range slices.Sorted(maps.Keys(areas)) {
				t.Run(area, func(t *testing.T) {
					t.Parallel()
					for _, op := range areas[area] {
						s.call(t, v, op, tenantID("sweep "+v.Name()+" "+area))
					}
				})
			}
		})
	}
	t.Cleanup(func() { s.report(t) })
}

// sweep is what all the calls share.
type sweep struct {
	fake    *Server
	sampled bool // not all operations are called

	mu     sync.Mutex
	calls  int
	unlike map[string]int // 4xx answers by status and kind of operation
}

func (s *sweep) call(t *testing.T, v *openapi.Version, op *openapi.Operation, tenant string) {
	path := sweepPath(op)
	if err := s.plant(v, op, path, tenant); err != nil {
		t.Errorf("%s %s: plant: %v", op.Method, op.Template, err)
		return
	}
	r := sweepRequest(v, op, path, tenant, s.body(v, op, path, tenant))
	w := httptest.NewRecorder()
	s.fake.ServeHTTP(w, r)
	s.mu.Lock()
	s.calls++
	s.mu.Unlock()
	if w.Code >= 400 {
		s.refused(t, v, op, w)
		return
	}
	for _, f := range op.ValidateAnswer(openapi.Answer{Status: w.Code, MediaType: w.Header().Get("Content-Type"), Body: w.Body.Bytes()}) {
		t.Errorf("%s %s %s: %s (%s)", v.Name(), op.Method, op.Template, f.Text, w.Header().Get("X-Fake-Reason"))
	}
}

// refused notes an answer that is no success. Those of 5xx are never right, and
// 405 only where the coverage table says so.
func (s *sweep) refused(t *testing.T, v *openapi.Version, op *openapi.Operation, w *httptest.ResponseRecorder) {
	if w.Code == 405 && graph.Serves(s.fake.graph.Behaviors, v, op) == graph.Refused {
		return
	}
	if w.Code >= 500 || w.Code == 405 {
		t.Errorf("%s %s: %d %s", op.Method, op.Template, w.Code, w.Header().Get("X-Fake-Reason"))
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unlike[fmt.Sprintf("%d kind %d %s", w.Code, op.Kind, op.Method)]++
	if os.Getenv("FAKEGRAPH_SWEEP_SHOW") != "" {
		t.Logf("%s %s: %d %s", op.Method, op.Template, w.Code, w.Header().Get("X-Fake-Reason"))
	}
}

// report holds the refusals to what is known: requests that a description
// alone cannot make right.
func (s *sweep) report(t *testing.T) {
	refused := 0
	for _, kind := range slices.Sorted(maps.Keys(s.unlike)) {
		t.Logf("%6d refused: %s", s.unlike[kind], kind)
		refused += s.unlike[kind]
	}
	t.Logf("%6d calls, %d refused", s.calls, refused)
	most := 9 // in a hundred
	if s.sampled {
		most = 28 // calls find less that others have put there
	}
	if refused*100 > s.calls*most {
		t.Errorf("%d of %d calls were refused: more than %d in a hundred", refused, s.calls, most)
	}
	for kind, n := range s.unlike {
		if most := allowedRefusals[kind]; n > most.count {
			t.Errorf("%d of %s, at most %d are known (%s)", n, kind, most.count, most.reason)
		}
	}
}

// refusals are those of one status and kind that are known, of all operations.
type refusals struct {
	count  int
	reason string
}

// allowedRefusals are all the refusals there may be, and why a request that is
// made of a description alone, or a tenant that is planted by paths alone, does
// not get further. Counts are of the whole sweep with a little room.
var allowedRefusals = map[string]refusals{
	"400 kind 1 GET":     {40, "lists that want a $filter or a cast which no description names"},
	"400 kind 3 POST":    {520, "creates with rules of their own: what must fit together or name what exists"},
	"400 kind 4 PATCH":   {430, "changes with rules of their own"},
	"400 kind 5 PUT":     {10, "as PATCH"},
	"404 kind 5 PUT":     {20, "as PATCH"},
	"400 kind 6 DELETE":  {10, "rules of their own"},
	"400 kind 7 GET":     {20, "counts of lists that want a cast"},
	"400 kind 8 POST":    {150, "actions with rules of their own"},
	"400 kind 9 GET":     {110, "functions with rules of their own"},
	"400 kind 11 POST":   {60, "references that take fewer types than they declare, or that exist already at the service root"},
	"400 kind 12 PUT":    {10, "references that take fewer types than they declare"},
	"400 kind 13 DELETE": {430, "references of a collection are dropped by @id, whose value no description tells"},
	"404 kind 1 GET":     {110, "below alternate keys and what only the service makes"},
	"404 kind 2 GET":     {1650, "below functions of workbooks, analytics and alternate keys: nothing can be planted there"},
	"404 kind 3 POST":    {110, "below alternate keys and what only the service makes"},
	"404 kind 4 PATCH":   {310, "below alternate keys and what only the service makes"},
	"404 kind 6 DELETE":  {310, "below alternate keys and what only the service makes"},
	"404 kind 7 GET":     {110, "below alternate keys and what only the service makes"},
	"404 kind 8 POST":    {230, "actions that name another entity, and below what cannot be planted"},
	"404 kind 9 GET":     {40, "below alternate keys"},
	"404 kind 10 GET":    {80, "references that only the service sets"},
	"404 kind 11 POST":   {40, "below what cannot be planted"},
	"404 kind 12 PUT":    {60, "below what cannot be planted"},
	"404 kind 13 DELETE": {100, "references that only the service sets"},
	"404 kind 14 GET":    {820, "bytes that nobody has put there"},
	"404 kind 14 PUT":    {90, "below alternate keys and what only the service makes"},
	"404 kind 14 DELETE": {540, "bytes that nobody has put there"},
	"409 kind 8 POST":    {10, "actions that want a state of which no description tells"},
}

// sweepPath fills the keys and the arguments of a template.
func sweepPath(op *openapi.Operation) string {
	var b strings.Builder
	for rest := op.Template; rest != ""; {
		before, after, found := strings.Cut(rest, "{")
		b.WriteString(before)
		if !found {
			break
		}
		name, tail, _ := strings.Cut(after, "}")
		b.WriteString(sweepArgument(op, name))
		rest = tail
	}
	return b.String()
}

func sweepArgument(op *openapi.Operation, name string) string {
	for _, p := range op.Parameters() {
		if op.Kind == openapi.Function && p.Name == name {
			return strings.Trim(string(openapi.SpecimenOf(p.Type)), `"`)
		}
	}
	return sweepID(name)
}

// plant puts there what a path leads to: the entity of its last key.
func (s *sweep) plant(v *openapi.Version, op *openapi.Operation, path, tenant string) error {
	target, err := v.Resolve(path, nil)
	if err != nil {
		return err
	}
	last := -1
	for i, segment := range target.Segments {
		if segment.Kind == openapi.FunctionSegment || segment.Kind == openapi.PropertySegment || segment.HasArgs() {
			break // what a function returns, and what lies in a property, is not planted
		}
		if segment.Kind == openapi.KeySegment || segment.Kind == openapi.SingleSegment {
			last = i
		}
	}
	if op.Kind == openapi.Create || last < 0 {
		last = lastKey(target.Segments[:max(len(target.Segments)-1, 0)])
	}
	if last < 0 {
		return nil
	}
	at := openapi.PathOf(target.Segments[:last+1])
	if err := s.fake.plant(tenant); err != nil {
		return err
	}
	return s.fake.store.Update(func(tx store.Writer) error {
		return graph.Plant(tx, tenant, []graph.Seed{{Version: v, Path: at, Items: []graph.SeedItem{{JSON: []byte("{}")}}}})
	})
}

// plantTarget puts an entity there to which a reference can lead, below another
// owner, from where it is linked already, and names its URL.
func (s *sweep) plantTarget(v *openapi.Version, path, tenant string) (string, error) {
	target, err := v.Resolve(strings.TrimSuffix(path, "/$ref"), nil)
	if err != nil {
		return "", err
	}
	segments := slices.Clone(target.Segments)
	for _, segment := range segments {
		if segment.Kind == openapi.FunctionSegment || segment.HasArgs() {
			return "", nil // what a function returns is not planted
		}
	}
	if last := lastKey(segments); last >= 0 {
		segments[last].Text = sweepID("another owner than at " + path)
	}
	end := segments[len(segments)-1]
	id := sweepID("target of " + path)
	at, item := openapi.PathOf(segments), graph.SeedItem{ID: id, JSON: []byte(`{"id":"` + id + `"}`)}
	err = s.fake.store.Update(func(tx store.Writer) error {
		return graph.Plant(tx, tenant, []graph.Seed{{Version: v, Path: at, Items: []graph.SeedItem{item}}})
	})
	if end.Kind == openapi.SetSegment {
		at += "/" + id
	}
	return "https://graph.microsoft.com/" + v.Name() + at, err
}

func lastKey(segments []openapi.Segment) int {
	for i, segment := range slices.Backward(segments) {
		if segment.Kind == openapi.KeySegment {
			return i
		}
	}
	return -1
}

func sweepRequest(v *openapi.Version, op *openapi.Operation, path, tenant string, body []byte) *http.Request {
	var query []string
	for _, p := range op.RequiredQuery() {
		query = append(query, p.Name+"="+strings.Trim(string(openapi.SpecimenOf(p.Type)), `"`))
	}
	r := httptest.NewRequest(op.Method, "/"+v.Name()+path, bytes.NewReader(body))
	r.URL.RawQuery = strings.Join(query, "&")
	r.Header.Set("X-Fake-Tenant", tenant)
	r.Header.Set("User-Agent", "sweep")
	r.Header.Set("If-Match", "*")
	r.Header.Set("ConsistencyLevel", "eventual")
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if op.Kind == openapi.Stream && op.Method != "GET" && op.Method != "DELETE" {
		r.Header.Set("Content-Type", "application/octet-stream")
	}
	return r
}

// body is the least body that an operation takes.
func (s *sweep) body(v *openapi.Version, op *openapi.Operation, path, tenant string) []byte {
	switch {
	case op.Method == "GET" || op.Method == "DELETE" || op.Method == "HEAD":
		return nil
	case op.Kind == openapi.Stream:
		return []byte("bytes")
	case op.Kind == openapi.LinkAdd || op.Kind == openapi.LinkSet:
		url, err := s.plantTarget(v, path, tenant)
		if url == "" || err != nil { // what only the service makes has nothing to lead to
			url = "https://graph.microsoft.com/v1.0/directoryObjects/" + sweepID("target")
		}
		return []byte(`{"@odata.id":"` + url + `"}`)
	}
	return op.Specimen()
}
