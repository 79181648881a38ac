package server_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// TestModel does at random what clients do to a directory, over HTTP and with
// restarts in between, and holds what the server then says against a plain map:
// nobody is lost, no link leads to what is not there, no child outlives what it
// is in, no name is taken twice. The state of the file is checked at each
// restart. The seed is told, so that a failure can be run again.
func TestModel(t *testing.T) {
	steps := 600
	if testing.Short() {
		steps = 150
	}
	for _, seed := range []uint64{1, 7, rand.Uint64N(1 << 32)} {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			m := newModel(t, seed)
			defer func() { m.fake.Close() }()
			for m.step = range steps {
				name := m.act()
				if m.step%10 == 9 || name == "restart" {
					m.compare()
				}
				if t.Failed() {
					t.Fatalf("seed %d, step %d: %s", seed, m.step, name)
				}
			}
		})
	}
}

// model is a directory as a plain map, and the server that should be like it.
type model struct {
	*testing.T
	rand    *rand.Rand
	file    string
	fake    *server.Server
	step    int
	objects map[string]*object // by id; also those in the bin
	order   []string           // ids, oldest first
	made    int                // groups and users that were asked for
}

// object is a user or a group.
type object struct {
	set      string // users, groups
	name     string // displayName
	upn      string // of users
	binned   bool
	members  map[string]bool // of groups, also those in the bin
	manager  string          // of users
	children map[string]bool // ids of open extensions
}

func newModel(t *testing.T, seed uint64) *model {
	m := &model{T: t, rand: rand.New(rand.NewPCG(seed, 0)), file: filepath.Join(t.TempDir(), "state.db"), objects: map[string]*object{}}
	m.open()
	return m
}

func (m *model) open() {
	fake, err := server.New(server.WithFixtures("none"), server.WithData(m.file))
	if err != nil {
		m.Fatal(err)
	}
	m.fake = fake
}

// act does one thing and returns its name.
func (m *model) act() string {
	kinds := []struct {
		name string
		do   func()
	}{
		{"create", m.create}, {"create", m.create}, {"patch", m.patch}, {"patch", m.patch}, {"link", m.link}, {"link", m.link}, {"link", m.link},
		{"unlink", m.unlink}, {"manager", m.setManager}, {"child", m.addChild}, {"delete", m.remove}, {"restore", m.restore}, {"purge", m.purge},
	}
	if m.rand.IntN(60) == 0 {
		m.restart()
		return "restart"
	}
	k := kinds[m.rand.IntN(len(kinds))]
	k.do()
	return k.name
}

func (m *model) restart() {
	if err := m.fake.Close(); err != nil {
		m.Fatal(err)
	}
	s, err := store.Open(store.Options{Path: m.file})
	if err != nil {
		m.Fatal(err)
	}
	if err := s.(interface{ Check() error }).Check(); err != nil {
		m.Error(err)
	}
	if err := s.Close(); err != nil {
		m.Fatal(err)
	}
	m.open()
}

// pick is a random object of a set; nil when there is none.
func (m *model) pick(set string, binned bool) (string, *object) {
	var ids []string
	for _, id := range m.order {
		if o := m.objects[id]; o != nil && (set == "" || o.set == set) && o.binned == binned {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return "", nil
	}
	id := ids[m.rand.IntN(len(ids))]
	return id, m.objects[id]
}

func (m *model) create() {
	m.made++
	o := &object{set: "groups", name: fmt.Sprint("name ", m.rand.IntN(50)), members: map[string]bool{}, children: map[string]bool{}}
	body := map[string]any{"displayName": o.name, "mailEnabled": true, "mailNickname": fmt.Sprint("g", m.made), "securityEnabled": false, "groupTypes": []string{"Unified"}}
	want := 201
	if m.rand.IntN(3) > 0 {
		o.set, o.upn = "users", fmt.Sprintf("u%d@contoso.com", m.rand.IntN(40))
		body = map[string]any{"displayName": o.name, "accountEnabled": true, "mailNickname": "x", "userPrincipalName": o.upn,
			"passwordProfile": map[string]any{"password": "xWwvJ]6NMw+bWH-d"}}
		if m.taken(o.upn) {
			want = 400
		}
	}
	answer := m.call(want, "POST", "/"+o.set, body)
	if id, ok := answer["id"].(string); ok && want == 201 {
		m.objects[id] = o
		m.order = append(m.order, id)
	}
}

// taken reports whether a live user has a name.
func (m *model) taken(upn string) bool {
	for _, o := range m.objects {
		if !o.binned && strings.EqualFold(o.upn, upn) {
			return true
		}
	}
	return false
}

func (m *model) patch() {
	id, o := m.pick("", false)
	if o == nil {
		return
	}
	o.name = fmt.Sprint("changed ", m.rand.IntN(50))
	m.call(204, "PATCH", "/"+o.set+"/"+id, map[string]any{"displayName": o.name})
}

func (m *model) link() {
	group, g := m.pick("groups", false)
	member, _ := m.pick("", m.rand.IntN(8) == 0)
	if g == nil || member == "" {
		return
	}
	want := 204
	switch {
	case m.objects[member].binned:
		want = 404
	case g.members[member]:
		want = 400
	}
	m.call(want, "POST", "/groups/"+group+"/members/$ref", map[string]any{"@odata.id": "https://graph.microsoft.com/v1.0/directoryObjects/" + member})
	if want == 204 {
		g.members[member] = true
	}
}

func (m *model) unlink() {
	group, g := m.pick("groups", false)
	if g == nil {
		return
	}
	member, o := m.pick("", false)
	want := 204
	if o == nil || !g.members[member] {
		want = 404
	}
	m.call(want, "DELETE", "/groups/"+group+"/members/"+member+"/$ref", nil)
	delete(g.members, member)
}

func (m *model) setManager() {
	user, u := m.pick("users", false)
	boss, _ := m.pick("users", false)
	if u == nil || boss == user {
		return
	}
	m.call(204, "PUT", "/users/"+user+"/manager/$ref", map[string]any{"@odata.id": "https://graph.microsoft.com/v1.0/users/" + boss})
	u.manager = boss
}

func (m *model) addChild() {
	id, o := m.pick("", false)
	if o == nil {
		return
	}
	name := fmt.Sprint("com.contoso.", m.step)
	want := 201
	if len(o.children) == 2 { // of one application
		want = 400
	}
	m.call(want, "POST", "/"+o.set+"/"+id+"/extensions", map[string]any{"@odata.type": "microsoft.graph.openTypeExtension", "extensionName": name})
	if want == 201 {
		o.children[name] = true
	}
}

func (m *model) remove() {
	if id, o := m.pick("", false); o != nil {
		m.call(204, "DELETE", "/"+o.set+"/"+id, nil)
		o.binned = true
	}
}

func (m *model) restore() {
	id, o := m.pick("", true)
	if o == nil {
		return
	}
	want := 200
	if o.upn != "" && m.taken(o.upn) {
		want = 400
	}
	m.call(want, "POST", "/directory/deletedItems/"+id+"/restore", map[string]any{})
	o.binned = want != 200
}

func (m *model) purge() {
	id, o := m.pick("", true)
	if o == nil {
		return
	}
	m.call(204, "DELETE", "/directory/deletedItems/"+id, nil)
	delete(m.objects, id)
	m.order = slices.DeleteFunc(m.order, func(other string) bool { return other == id })
	for _, other := range m.objects {
		delete(other.members, id)
		if other.manager == id {
			other.manager = ""
		}
	}
}

// call sends a request, wants a status and returns the body.
func (m *model) call(want int, method, path string, body any) map[string]any {
	m.Helper()
	var text io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			m.Fatal(err)
		}
		text = strings.NewReader(string(data))
	}
	r, err := http.NewRequest(method, "https://graph.microsoft.com/v1.0"+path, text)
	if err != nil {
		m.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer test")
	r.Header.Set("Content-Type", "application/json")
	answer, err := m.fake.Transport().RoundTrip(r)
	if err != nil {
		m.Fatal(err)
	}
	defer answer.Body.Close()
	data, _ := io.ReadAll(answer.Body)
	if answer.StatusCode != want {
		m.Errorf("%s %s: status %d, want %d: %s", method, path, answer.StatusCode, want, data)
	}
	var got map[string]any
	_ = json.Unmarshal(data, &got) // 204 has none
	return got
}
