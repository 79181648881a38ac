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
	s.fill(v, op, path, tenant)
	r := sweepRequest(v, op, path, tenant, s.body(v, op, path, tenant))
	if op.Kind == openapi.LinkDrop && !strings.Contains(op.Template, "}/$ref") {
		s.link(v, path, tenant, r)
	}
	w := httptest.NewRecorder()
	s.fake.ServeHTTP(w, r)
	s.odd(t, op, r)
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

// oddOptions are what clients send where it makes no sense, or makes too much.
var oddOptions = []string{
	"$search=%22a:b%22", "$search=a", "$filter=id%20eq%20null", "$filter=a/any(b:b/c%20eq%201)", "$filter=not(", "$filter=startswith(id,'a')",
	"$expand=*", "$expand=members($levels=max)", "$select=*", "$select=a/b", "$orderby=id%20desc", "$orderby=nothing", "$top=-1", "$top=0",
	"$skip=99999999999", "$count=true", "$skiptoken=x", "$apply=aggregate($count%20as%20n)", "$format=xml", "$deltatoken=x", "$compute=a",
}

// odd asks once more with an option that few operations take. Whatever comes of
// it, nothing breaks; nor is what a service refuses with 501 a break.
func (s *sweep) odd(t *testing.T, op *openapi.Operation, r *http.Request) {
	if op.Method != http.MethodGet {
		return
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(op.Template))
	for i, option := range oddOptions {
		if (int(h.Sum32()%3)+i)%3 != 0 {
			continue // other operations are asked so
		}
		again := r.Clone(r.Context())
		again.URL.RawQuery = strings.TrimPrefix(r.URL.RawQuery+"&"+option, "&")
		w := httptest.NewRecorder()
		s.fake.ServeHTTP(w, again)
		if w.Code >= 500 && w.Code != 501 {
			t.Errorf("%s %s with %s: %d %s", op.Method, op.Template, option, w.Code, w.Header().Get("X-Fake-Reason"))
		}
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
	most := 2 // in a hundred
	if s.sampled {
		most = 28 // calls find less that others have put there
	}
	if refused*100 > s.calls*most {
		t.Errorf("%d of %d calls were refused: more than %d in a hundred", refused, s.calls, most)
	}
	if s.sampled {
		return // the counts are of the whole sweep
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
	"400 kind 1 GET":     {12, "online meetings, which are listed by a filter alone, and views of bookings, by a range of time"},
	"400 kind 7 GET":     {8, "as lists"},
	"400 kind 3 POST":    {545, "creates with rules of their own: what must fit together or name what exists"},
	"400 kind 4 PATCH":   {40, "changes with rules of their own"},
	"400 kind 5 PUT":     {4, "as PATCH"},
	"400 kind 6 DELETE":  {4, "rules of their own"},
	"400 kind 8 POST":    {280, "actions with rules of their own, such as reactions without a type"},
	"400 kind 9 GET":     {300, "functions with rules of their own; ranges beyond the edge of a worksheet"},
	"400 kind 11 POST":   {44, "references that take fewer types than they declare, or that exist already at the service root"},
	"400 kind 12 PUT":    {6, "references that take fewer types than they declare"},
	"400 kind 14 PATCH":  {52, "changes of a page's content that are no commands"},
	"404 kind 2 GET":     {10, "what a function of sites returns belongs to nobody"},
	"404 kind 3 POST":    {4, "roles that are activated by the id of a template"},
	"404 kind 4 PATCH":   {8, "states of device health scripts, addressed by three keys that no create gives them"},
	"404 kind 6 DELETE":  {8, "as PATCH"},
	"404 kind 8 POST":    {90, "actions that name another entity: copy and move"},
	"404 kind 9 GET":     {4, "functions below references that only the service sets"},
	"404 kind 10 GET":    {8, "references that only the service sets"},
	"404 kind 11 POST":   {8, "references below definitions of teams, whose targets nothing can be planted at"},
	"404 kind 12 PUT":    {10, "as POST"},
	"404 kind 13 DELETE": {4, "references that only the service sets"},
	"404 kind 14 GET":    {28, "pictures of items in financials, whose entities nothing plants"},
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

// sweepArguments are those that a description says too little of.
var sweepArguments = map[string]string{
	"index":                  "0",  // of the first, where there may be no other
	"period":                 "D7", // of usage reports, which have few
	"address":                "B2",
	"anotherRange":           "A1:C3",
	"row":                    "1",
	"column":                 "1",
	"workbookRangeBorder-id": "EdgeTop",
}

// sweepBodies are what actions want beside what their descriptions say, by the
// last name of their paths, or the last two.
var sweepBodies = map[string]string{
	"names/add":                 `{"name":"swept","reference":"=Sheet1!B2"}`,
	"names/addFormulaLocal":     `{"name":"swept locally","formula":"=Sheet1!B2"}`,
	"tables/add":                `{"address":"Sheet1!F6:G8","hasHeaders":true}`,
	"format/borders":            `{"sideIndex":"EdgeTop","color":"#FF0000"}`,
	"tags":                      `{"displayName":"swept"}`,
	"extensions":                `{"@odata.type":"#microsoft.graph.openTypeExtension","extensionName":"com.contoso.swept"}`,
	"retentionLabel":            `{"name":"Swept"}`,
	"bookingBusinesses":         `{"displayName":"swept"}`,
	"termStore/sets":            `{"parentGroup":{"id":"swept"}}`,
	"createLink":                `{"type":"view"}`,
	"{driveItem-id}/invite":     `{"recipients":[{"email":"swept@contoso.com"}],"roles":["read"]}`,
	"root/invite":               `{"recipients":[{"email":"swept@contoso.com"}],"roles":["read"]}`,
	"driveItem/invite":          `{"recipients":[{"email":"swept@contoso.com"}],"roles":["read"]}`,
	"setReaction":               `{"reactionType":"like"}`,
	"unsetReaction":             `{"reactionType":"like"}`,
	"forward":                   `{"toRecipients":[{"emailAddress":{"address":"swept@contoso.com"}}]}`,
	"assignSensitivityLabel":    `{"sensitivityLabelId":""}`,
	"addCopy":                   `{"contentType":"https://graph.microsoft.com/v1.0/sites/root/contentTypes/0x0101"}`,
	"addCopyFromContentTypeHub": `{"contentTypeId":"0x0101"}`,
	"setPosition":               `{"startCell":"B2","endCell":"D5"}`,
}

func sweepArgument(op *openapi.Operation, name string) string {
	if given := sweepArguments[name]; given != "" {
		return given
	}
	for _, p := range op.Parameters() {
		if op.Kind == openapi.Function && p.Name == name {
			return strings.Trim(string(openapi.SpecimenOf(p.Type)), `"`)
		}
	}
	return sweepID(name)
}

func sweepRequest(v *openapi.Version, op *openapi.Operation, path, tenant string, body []byte) *http.Request {
	r := httptest.NewRequest(op.Method, "/"+v.Name()+path, bytes.NewReader(body))
	r.URL.RawQuery = sweepQuery(v, op, path)
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

// sweepQuery is what an operation must be asked with; a count needs what the list
// that it is of needs.
func sweepQuery(v *openapi.Version, op *openapi.Operation, path string) string {
	required := op.RequiredQuery()
	if list, counted := strings.CutSuffix(path, "/$count"); counted {
		if target, err := v.Resolve(list, nil); err == nil && target.Item.Operation("GET") != nil {
			required = target.Item.Operation("GET").RequiredQuery()
		}
	}
	var query []string
	for _, p := range required {
		value := strings.Trim(string(openapi.SpecimenOf(p.Type)), `"`)
		switch strings.ToLower(p.Name) {
		case "startdatetime":
			value = "2026-03-01T00:00:00Z"
		case "enddatetime":
			value = "2026-03-08T00:00:00Z"
		}
		query = append(query, p.Name+"="+value)
	}
	return strings.Join(query, "&")
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
	names := strings.Split(op.Template, "/")
	for n := 1; n <= 2; n++ {
		if body := sweepBodies[strings.Join(names[max(len(names)-n, 0):], "/")]; body != "" {
			return []byte(body)
		}
	}
	return op.Specimen()
}
