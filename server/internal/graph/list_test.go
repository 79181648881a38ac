package graph

import (
	"encoding/base64"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

func TestOrder(t *testing.T) {
	f := newFake(t)
	f.plant("/people", crowd...)
	for _, c := range []struct{ order, want string }{
		{"age", "debac"}, {"age desc", "acbed"}, {"age,name", "debac"}, {"age desc,name desc", "cabed"},
		{"name", "dabce"}, {"name desc", "ecbad"}, {"Name", "dabce"}, // nulls first, no case
		{"active,age desc", "cdbae"}, {"active desc,id desc", "eabdc"},
		{"seen", "decab"}, {"seen desc", "bacde"}, {"born,age", "dceab"}, {"score", "dbcae"},
		{"home/city,id desc", "edcab"}, {"home/geo/lat desc", "aebcd"}, {"color,id", "decba"}, {"id desc", "edcba"},
	} {
		for _, top := range []string{"", "&$top=1", "&$top=2", "&$top=5"} {
			t.Run(c.order+top, func(t *testing.T) {
				f.t = t
				url := "/people?$orderby=" + url.QueryEscape(c.order) + top
				if got := strings.Join(f.ids(url), ""); got != c.want {
					t.Errorf("got %s, want %s", got, c.want)
				}
			})
		}
	}
	for _, order := range []string{"nmae", "home", "tags", "manager/name", "age add 1", "home/geo/x"} {
		if r := f.do("GET", "/people?$orderby="+url.QueryEscape(order), ""); r.Status != 400 || r.Reason == "" {
			t.Errorf("%s: %d %s", order, r.Status, r.Reason)
		}
	}
}

func TestTopSkipCount(t *testing.T) {
	f := newFake(t)
	f.plant("/people", crowd...)
	for _, c := range []struct {
		query, ids string
		count      int // -1: none
		more       bool
	}{
		{"", "abcde", -1, false}, {"$top=2", "ab", -1, true}, {"$top=5", "abcde", -1, false}, {"$top=6", "abcde", -1, false},
		{"$skip=3", "de", -1, false}, {"$skip=9", "", -1, false}, {"$top=2&$skip=1", "bc", -1, true}, {"$top=2&$skip=3", "de", -1, false},
		{"$count=true", "abcde", 5, false}, {"$count=true&$top=2", "ab", 5, true}, {"$count=false", "abcde", -1, false},
		{"$count=true&$top=1&$filter=age%20eq%2030", "a", 2, true}, {"$count=true&$skip=4&$orderby=id%20desc", "a", 5, false},
		{"$top=0", "", -1, false}, {"$top=0&$count=true", "", 5, false}, {"$top=0&$count=true&$filter=age%20eq%2030", "", 2, false},
		{"$top=2&$skip=1&$orderby=id%20desc&$count=true", "dc", 5, true}, {"$top=999", "abcde", -1, false},
	} {
		t.Run(c.query, func(t *testing.T) {
			f.t = t
			l := f.list("/people?" + c.query)
			var ids string
			for _, e := range l.Value {
				ids += e["id"].(string)
			}
			count := -1
			if l.Count != nil {
				count = *l.Count
			}
			if ids != c.ids || count != c.count || (l.Next != "") != c.more {
				t.Errorf("ids %q, count %d, next %q", ids, count, l.Next)
			}
		})
	}
	for _, query := range []string{"$top=1000", "$top=-1", "$skip=-1", "$top=x", "$count=maybe"} {
		if r := f.do("GET", "/people?"+query, ""); r.Status != 400 {
			t.Errorf("%s: %d", query, r.Status)
		}
	}
}

func TestPageSize(t *testing.T) {
	f := newFake(t)
	var many []string
	for i := range 250 {
		many = append(many, fmt.Sprintf(`{"id":"p%03d"}`, i))
	}
	f.plant("/people", many...)
	if n := len(f.list("/people").Value); n != 100 {
		t.Errorf("default page has %d", n)
	}
	f.header = call.Header{"Prefer": {"return=minimal, odata.maxpagesize=30"}}
	if n := len(f.list("/people").Value); n != 30 {
		t.Errorf("preferred page has %d", n)
	}
	f.header = call.Header{"Prefer": {"odata.maxpagesize=30"}}
	if n := len(f.list("/people?$top=7").Value); n != 7 {
		t.Errorf("$top page has %d", n)
	}
	if ids := f.ids("/people"); len(ids) != 250 || !slices.IsSorted(ids) {
		t.Errorf("all pages hold %d", len(ids))
	}
}

// The next link keeps the query, but not the position.
func TestNextLink(t *testing.T) {
	f := newFake(t)
	f.plant("/people", crowd...)
	next := f.list("/people?$top=1&$skip=1&$select=name&$filter=age%20gt%200&$orderby=age&own=%26").Next
	want := "https://graph.microsoft.com/v1.0/people?$top=1&$select=name&$filter=age%20gt%200&$orderby=age&own=%26&$skiptoken="
	if !strings.HasPrefix(next, want) {
		t.Errorf("got %s", next)
	}
}

func TestSkipTokenRefused(t *testing.T) {
	f := newFake(t)
	f.plant("/people", crowd...)
	f.plant("/people/a/notes", `{"id":"1"}`, `{"id":"2"}`)
	f.plant("/people/b/notes", `{"id":"3"}`, `{"id":"4"}`)
	token := func(url string) string {
		next := f.list(url).Next
		return next[strings.Index(next, "$skiptoken="):]
	}
	plain, ordered := token("/people?$top=2"), token("/people?$top=2&$orderby=age")
	for name, url := range map[string]string{
		"garbage":             "/people?$top=2&$skiptoken=garbage!",
		"base64 of no JSON":   "/people?$top=2&$skiptoken=" + base64.RawURLEncoding.EncodeToString([]byte("{")),
		"forged":              "/people?$top=2&$skiptoken=" + base64.RawURLEncoding.EncodeToString([]byte(`{"a":1,"q":1}`)),
		"other page size":     "/people?$top=3&" + plain,
		"filter added":        "/people?$top=2&$filter=age%20gt%201&" + plain,
		"order left out":      "/people?$top=2&" + ordered,
		"order of another":    "/people?$top=2&$orderby=name&" + ordered,
		"order added":         "/people?$top=2&$orderby=age&" + plain,
		"another collection":  "/deviceManagement/virtualEndpoint/machines?$top=2&" + plain,
		"same set of another": "/people/b/notes?$top=1&" + token("/people/a/notes?$top=1"),
	} {
		if r := f.do("GET", url, ""); r.Status != 400 || !strings.Contains(r.Reason, "$skiptoken") {
			t.Errorf("%s: %d %s", name, r.Status, r.Reason)
		}
	}
	f.tenant = "t2"
	f.plant("/people", crowd...)
	if r := f.do("GET", "/people?$top=2&"+plain, ""); r.Status != 400 {
		t.Errorf("another tenant's: %d %s", r.Status, r.Body)
	}
	f.tenant, f.Secret = tenant, []byte("of another server")
	if r := f.do("GET", "/people?$top=2&"+plain, ""); r.Status != 400 {
		t.Errorf("another server's: %d %s", r.Status, r.Body)
	}
}

// No part of a token can be changed: neither where it points nor what proves
// it.
func TestSkipTokenEdited(t *testing.T) {
	f := newFake(t)
	f.plant("/people", crowd...)
	for _, query := range []string{"/people?$top=2", "/people?$top=2&$orderby=age&$count=true"} {
		next := f.list(query).Next
		token := next[strings.Index(next, "$skiptoken=")+len("$skiptoken="):]
		raw, err := base64.RawURLEncoding.DecodeString(token)
		if err != nil {
			t.Fatal(err)
		}
		for i := range raw {
			edited := slices.Clone(raw)
			edited[i] ^= 1
			if r := f.do("GET", query+"&$skiptoken="+base64.RawURLEncoding.EncodeToString(edited), ""); r.Status != 400 {
				t.Errorf("%s with byte %d changed: %d", query, i, r.Status)
			}
		}
		if r := f.do("GET", query+"&$skiptoken="+token, ""); r.Status != 200 {
			t.Errorf("%s unchanged: %d %s", query, r.Status, r.Reason)
		}
	}
}

var seed = flag.Uint64("seed", 0, "seed of the randomised tests; 0 takes a new one")

func random(t *testing.T) *rand.Rand {
	s := *seed
	if s == 0 {
		s = uint64(time.Now().UnixNano())
	}
	t.Logf("run again with -seed %d", s)
	return rand.New(rand.NewPCG(s, 0))
}

// Whoever follows the links while others insert and delete sees every entity
// that was there all the time exactly once.
func TestPagesWhileChanging(t *testing.T) {
	r := random(t)
	for round := range 40 {
		f := newFake(t)
		steady := map[string]int{}
		for i := range r.IntN(25) {
			id := fmt.Sprintf("s%d", i)
			steady[id] = 0
			f.plant("/people", person(r, id))
			f.plant("/people", person(r, "v"+id))
		}
		order := []string{"", "&$orderby=age", "&$orderby=age%20desc,name", "&$orderby=home/city,seen%20desc"}[r.IntN(4)]
		count := []string{"", "&$count=true"}[r.IntN(2)]
		next := fmt.Sprintf("/people?$top=%d%s%s", 1+r.IntN(6), order, count)
		for n := 0; next != ""; n++ {
			l := f.list(next)
			for _, e := range l.Value {
				if _, ok := steady[e["id"].(string)]; ok {
					steady[e["id"].(string)]++
				}
			}
			if next = strings.TrimPrefix(l.Next, "https://graph.microsoft.com/v1.0"); n < 30 {
				disturb(f, r)
			}
		}
		for id, times := range steady {
			if times != 1 {
				t.Fatalf("round %d, %s%s: %s was seen %d times", round, order, count, id, times)
			}
		}
	}
}

// disturb deletes a volatile entity that a page may have ended with, and
// creates another.
func disturb(f *fake, r *rand.Rand) {
	f.t.Helper()
	for _, id := range f.ids("/people?$top=999") {
		if id[0] == 'v' && r.IntN(3) == 0 {
			f.must(204, "DELETE", "/people/"+id, "")
		}
	}
	f.plant("/people", person(r, fmt.Sprintf("v%d", r.Uint32())))
}

func person(r *rand.Rand, id string) string {
	pick := func(values ...string) string { return values[r.IntN(len(values))] }
	return fmt.Sprintf(`{"id":%q,"age":%s,"name":%s,"seen":%s,"home":%s}`, id,
		pick("null", "1", "2", "3"), pick("null", `"a"`, `"B"`, `"c"`),
		pick("null", `"2026-01-01T00:00:00Z"`, `"2026-01-01T01:00:00.25+01:00"`), pick("null", `{"city":"X"}`, `{"city":"y"}`))
}

// What is reached in several steps is paged by ordinal, not by distance.
func TestPagesOfTransitiveMembers(t *testing.T) {
	f := newFake(t)
	f.plant("/teams", `{"id":"deep"}`, `{"id":"root"}`, `{"id":"near"}`, `{"id":"far"}`)
	for _, link := range [][2]string{{"root", "near"}, {"root", "far"}, {"near", "deep"}, {"deep", "root"}} {
		f.must(204, "POST", "/teams/"+link[0]+"/members/$ref", `{"@odata.id":"https://graph.microsoft.com/v1.0/teams/`+link[1]+`"}`)
	}
	for _, top := range []string{"", "?$top=1", "?$top=2"} {
		if got := strings.Join(f.ids("/teams/root/transitiveMembers"+top), " "); got != "deep near far" {
			t.Errorf("%s: %s", top, got)
		}
	}
}
