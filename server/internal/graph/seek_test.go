package graph

import (
	"fmt"
	"iter"
	"net/url"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// counting is a store that counts the entities that scans yield.
type counting struct {
	store.Store
	scanned int
	only    string // name of the sets that count; "" for all
}

func (c *counting) View(fn func(store.Reader) error) error {
	return c.Store.View(func(r store.Reader) error { return fn(countingReader{r, c}) })
}

type countingReader struct {
	store.Reader
	of *counting
}

func (r countingReader) Scan(set store.SetKey, after store.Ordinal) iter.Seq[store.Entity] {
	return func(yield func(store.Entity) bool) {
		for e := range r.Reader.Scan(set, after) {
			if r.of.only == "" || r.of.only == set.Name {
				r.of.scanned++
			}
			if !yield(e) {
				return
			}
		}
	}
}

// newDirectory is a fake of the embedded v1.0 with users, whose scans are
// counted.
func newDirectory(t testing.TB, users int) (*fake, *counting) {
	t.Helper()
	c, err := openapi.Default()
	if err != nil {
		t.Fatal(err)
	}
	rules := &behavior.Rules{WriteOnly: []string{"passwordProfile"}}
	f := newFake(t, behavior.Registration{Type: "microsoft.graph.user", Rules: rules})
	counted := &counting{Store: f.Store}
	f.Store, f.version, f.header = counted, c.Version("v1.0"), map[string][]string{"Consistencylevel": {"eventual"}}
	list := make([]string, users)
	for i := range list {
		list[i] = userOf(i)
	}
	f.plant("/users", list...)
	return f, counted
}

func userOf(i int) string {
	return fmt.Sprintf(`{"id":"00000000-0000-4000-8000-%012d","displayName":"User %d","mail":"u%d@contoso.com","userPrincipalName":"U%d@contoso.com",`+
		`"city":"City %d","accountEnabled":true,"passwordProfile":{"password":"x"}}`, i, i%50, i, i, i%3)
}

// What an index can answer is not answered by reading the set.
func TestSeek(t *testing.T) {
	f, counted := newDirectory(t, 200)
	for _, c := range []struct {
		filter string
		want   string // last digits of the ids
		scans  bool
	}{
		{"id eq '00000000-0000-4000-8000-000000000007'", "7", false},
		{"userPrincipalName eq 'u7@CONTOSO.com'", "7", false},
		{"'u7@contoso.com' eq mail", "7", false},
		{"Mail eq 'u7@contoso.com'", "7", false},
		{"mail eq 'nobody'", "", false},
		{"displayName eq 'user 7'", "7 57 107 157", false},
		{"displayName eq 'User 7' and city eq 'City 0'", "57", false},
		{"city eq 'City 0' and displayName eq 'User 7'", "57", false},
		{"displayName eq 'User 7' and not (mail eq 'u7@contoso.com')", "57 107 157", false},
		{"mail in ('u9@contoso.com','u3@contoso.com','u9@contoso.com','none')", "3 9", false},
		{"mail eq 'u107@contoso.com' or userPrincipalName eq 'u3@contoso.com' or displayName eq 'User 7'", "3 7 57 107 157", false},
		{"(mail eq 'u1@contoso.com' or mail eq 'u2@contoso.com') and accountEnabled eq true", "1 2", false},
		{"mail eq 'u1@contoso.com' and (city eq 'City 0' or city eq 'City 1')", "1", false},
		{"city eq 'City 0' and mail eq 'u1@contoso.com' or mail eq 'u2@contoso.com'", "2", false},
		{"mail eq 'u1@contoso.com' or city eq 'City 9'", "1", true},
		{"not (mail ne 'u1@contoso.com')", "1", true},
		{"startswith(mail,'u19@')", "19", true},
		{"mail eq null", "", true},
		{"mail eq ''", "", true},
		{"startswith(mail,'u1@contoso.com')", "1", true},
	} {
		t.Run(c.filter, func(t *testing.T) {
			f.t, counted.scanned = t, 0
			var found []string
			for _, id := range f.ids("/users?$select=id&$top=3&$count=true&$filter=" + url.QueryEscape(c.filter)) {
				found = append(found, strings.TrimLeft(id[len(id)-12:], "0"))
			}
			if got := strings.Join(found, " "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if (counted.scanned > 0) != c.scans {
				t.Errorf("%d entities were read one after the other", counted.scanned)
			}
		})
	}
}

// A count of the whole is known without reading it, and later pages do not
// count again.
func TestCountOnce(t *testing.T) {
	f, counted := newDirectory(t, 200)
	l := f.list("/users?$count=true&$top=10&$select=id")
	if *l.Count != 200 || counted.scanned > 11 {
		t.Errorf("count %d after reading %d", *l.Count, counted.scanned)
	}
	l = f.list("/users?$count=true&$top=10&$select=id&$filter=" + url.QueryEscape("city eq 'City 0'"))
	if *l.Count != 67 {
		t.Errorf("count %d of those in a city", *l.Count)
	}
	counted.scanned = 0
	if l = f.list(strings.TrimPrefix(l.Next, "https://graph.microsoft.com/v1.0")); l.Count != nil || counted.scanned > 40 {
		t.Errorf("page 2: count %v after reading %d", l.Count, counted.scanned)
	}
}

// The least of an order is found among all, while no more than a page is kept.
func TestRankingIsBounded(t *testing.T) {
	q := &run{options: options{order: []sortKey{{path: []string{"n"}, typ: "Edm.Int32", descending: true}}}}
	r := ranking{run: q, most: 5}
	for i := range 1000 {
		e := store.Entity{Ordinal: store.Ordinal(i + 1), JSON: fmt.Appendf(nil, `{"n":%d}`, i*7919%1000)}
		if r.offer(e, e); len(r.rows) > 5 || cap(r.rows) > 8 {
			t.Fatalf("holds %d rows of %d after %d", len(r.rows), cap(r.rows), i)
		}
	}
	for i, row := range r.ranked() {
		if got := row.keys[0].Number; got != float64(999-i) {
			t.Errorf("row %d: %v", i, got)
		}
	}
}

// What may only be written is not judged, and stays hidden.
func TestFilterDoesNotDecode(t *testing.T) {
	f, _ := newDirectory(t, 400)
	target := "/users?$select=id&$filter=" + url.QueryEscape("city eq 'nowhere'")
	few := testing.AllocsPerRun(5, func() { f.must(200, "GET", target, "") })
	if few > 1500 {
		t.Errorf("%v allocations to pass by 400 users", few)
	}
	if body := f.must(200, "GET", "/users?$select=passwordProfile&$top=1", ""); !strings.Contains(body, `"passwordProfile":null`) {
		t.Error(body)
	}
}
