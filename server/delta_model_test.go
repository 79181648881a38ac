package server_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server"
)

var modelSeed = flag.Uint64("modelseed", 0, "seed of the model test of deltas and notifications; 0 takes the time")

// TestDeltaAndNotificationModel plays random writes, delta rounds of several
// clients and restarts. What each client has put together from its rounds is
// the state in the end, and what the subscriber was told is all that happened,
// at least once and in the order of each resource.
func TestDeltaAndNotificationModel(t *testing.T) {
	seed := *modelSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-modelseed %d", seed)
	g := &game{
		t: t, dice: rand.New(rand.NewPCG(seed, 1)), file: filepath.Join(t.TempDir(), "data"), receiver: newReceiver(t),
		contacts: map[string]string{}, groups: map[string]map[string]bool{}, told: map[string][]string{}, happened: map[string][]string{},
	}
	g.start()
	defer func() { g.server.Close() }()
	g.prepare()
	for range 400 {
		g.move()
	}
	g.finish()
}

// game is one run of the model.
type game struct {
	t        *testing.T
	dice     *rand.Rand
	file     string
	server   *server.Server
	receiver *receiver

	users    []string
	contacts map[string]string          // id to display name
	groups   map[string]map[string]bool // id to members
	clients  []*deltaClient

	happened map[string][]string // by resource: the changes in order
	told     map[string][]string // by resource: what the subscriber heard
}

// deltaClient follows one collection, as an application does.
type deltaClient struct {
	path    string
	names   map[string]string
	members map[string]map[string]bool
}

func (g *game) start() {
	s, err := server.New(server.WithData(g.file), server.WithClock(noon), server.WithFixtures("demo"))
	if err != nil {
		g.t.Fatal(err)
	}
	g.server = s
}

// prepare makes what the moves are about, a subscription, and the clients.
func (g *game) prepare() {
	for i := range 5 {
		u := api(g.t, g.server, "POST", "/users", fmt.Sprintf(`{"displayName":"U","userPrincipalName":"u%d@contoso.com","mailNickname":"u","accountEnabled":true,"passwordProfile":{"password":"xWwvJ]6NMw+bWH-d"}}`, i), 201)
		g.users = append(g.users, u["id"].(string))
	}
	for _, old := range api(g.t, g.server, "GET", "/groups?$select=id", "", 200)["value"].([]any) {
		api(g.t, g.server, "DELETE", "/groups/"+old.(map[string]any)["id"].(string), "", 204)
	}
	for _, old := range api(g.t, g.server, "GET", "/me/contacts?$select=id&$top=999", "", 200)["value"].([]any) {
		api(g.t, g.server, "DELETE", "/me/contacts/"+old.(map[string]any)["id"].(string), "", 204)
	}
	subscribe(g.t, g.server, map[string]any{
		"changeType": "created,updated,deleted", "notificationUrl": g.receiver.URL, "resource": "me/contacts", "expirationDateTime": in(48 * time.Hour),
	})
	for range 3 {
		g.clients = append(g.clients,
			&deltaClient{path: "/me/contacts/delta?$select=displayName", names: map[string]string{}},
			&deltaClient{path: "/groups/delta?$select=displayName,members", names: map[string]string{}, members: map[string]map[string]bool{}})
	}
}

func (g *game) move() {
	switch n := g.dice.IntN(100); {
	case n < 20:
		g.makeContact()
	case n < 40:
		g.changeContact()
	case n < 50:
		g.dropContact()
	case n < 55:
		g.makeGroup()
	case n < 75:
		g.changeMember()
	case n < 78:
		g.dropGroup()
	case n < 96:
		g.read(g.clients[g.dice.IntN(len(g.clients))], 1+g.dice.IntN(3))
	case n < 98:
		g.receiver.answer([]int{0, 503}[g.dice.IntN(2)])
	default:
		g.restart()
	}
}

func (g *game) restart() {
	if err := g.server.Close(); err != nil {
		g.t.Fatal(err)
	}
	g.start()
}

// pick takes one of a map's keys; "" when there is none.
func pick[V any](dice *rand.Rand, m map[string]V) string {
	if len(m) == 0 {
		return ""
	}
	return slices.Sorted(maps.Keys(m))[dice.IntN(len(m))]
}

func (g *game) note(id, kind string) { g.happened[id] = append(g.happened[id], kind) }

func (g *game) makeContact() {
	name := fmt.Sprint("n", g.dice.IntN(1000))
	id := api(g.t, g.server, "POST", "/me/contacts", `{"displayName":"`+name+`"}`, 201)["id"].(string)
	g.contacts[id] = name
	g.note(id, "created")
}

func (g *game) changeContact() {
	if id := pick(g.dice, g.contacts); id != "" {
		name := fmt.Sprint("n", g.dice.IntN(1000))
		api(g.t, g.server, "PATCH", "/me/contacts/"+id, `{"displayName":"`+name+`"}`, 200)
		g.contacts[id] = name
		g.note(id, "updated")
	}
}

func (g *game) dropContact() {
	if id := pick(g.dice, g.contacts); id != "" {
		api(g.t, g.server, "DELETE", "/me/contacts/"+id, "", 204)
		delete(g.contacts, id)
		g.note(id, "deleted")
	}
}

func (g *game) makeGroup() {
	id := api(g.t, g.server, "POST", "/groups", `{"displayName":"G","mailNickname":"g","mailEnabled":false,"securityEnabled":true}`, 201)["id"].(string)
	g.groups[id] = map[string]bool{}
}

func (g *game) changeMember() {
	id := pick(g.dice, g.groups)
	if id == "" {
		return
	}
	user := g.users[g.dice.IntN(len(g.users))]
	if g.groups[id][user] {
		api(g.t, g.server, "DELETE", "/groups/"+id+"/members/"+user+"/$ref", "", 204)
		delete(g.groups[id], user)
		return
	}
	api(g.t, g.server, "POST", "/groups/"+id+"/members/$ref", `{"@odata.id":"https://graph.microsoft.com/v1.0/directoryObjects/`+user+`"}`, 204)
	g.groups[id][user] = true
}

func (g *game) dropGroup() {
	if id := pick(g.dice, g.groups); id != "" {
		api(g.t, g.server, "DELETE", "/groups/"+id, "", 204)
		delete(g.groups, id)
	}
}

// read follows some pages of a client's rounds; each goes on where it stood.
func (g *game) read(c *deltaClient, pages int) (over bool) {
	for range pages {
		page := api(g.t, g.server, "GET", c.path, "", 200)
		for _, entry := range page["value"].([]any) {
			c.apply(entry.(map[string]any))
		}
		link, _ := page["@odata.nextLink"].(string)
		if over = link == ""; over {
			link = page["@odata.deltaLink"].(string)
		}
		c.path = strings.TrimPrefix(link, "https://graph.microsoft.com/v1.0")
	}
	return over
}

// apply does what an entry says.
func (c *deltaClient) apply(e map[string]any) {
	id := e["id"].(string)
	if e["@removed"] != nil {
		delete(c.names, id)
		delete(c.members, id)
		return
	}
	if name, ok := e["displayName"].(string); ok {
		c.names[id] = name
	}
	if c.members == nil {
		return
	}
	if c.members[id] == nil {
		c.members[id] = map[string]bool{}
	}
	list, _ := e["members@delta"].([]any)
	for _, m := range list {
		m := m.(map[string]any)
		if m["@removed"] != nil {
			delete(c.members[id], m["id"].(string))
		} else {
			c.members[id][m["id"].(string)] = true
		}
	}
}

// finish lets everybody hear the rest, and compares.
func (g *game) finish() {
	for _, c := range g.clients {
		for range 3 {
			for !g.read(c, 1) {
			}
		}
		if c.members == nil {
			if !maps.Equal(c.names, g.contacts) {
				g.t.Errorf("contacts: a client has\n%v\nwant\n%v", c.names, g.contacts)
			}
			continue
		}
		if !maps.EqualFunc(c.members, g.groups, maps.Equal) {
			g.t.Errorf("members: a client has\n%v\nwant\n%v", c.members, g.groups)
		}
	}
	g.receiver.answer(0)
	g.server.Advance(5 * time.Minute)
	delivered(g.t, g.server)
	for _, one := range g.receiver.take() {
		id := one.ResourceData["id"].(string)
		g.told[id] = append(g.told[id], one.ChangeType)
	}
	for id, want := range g.happened {
		if !withRepeats(g.told[id], want) {
			g.t.Errorf("%s: told %v, want %v", id, g.told[id], want)
		}
	}
	for id := range g.told {
		if g.happened[id] == nil {
			g.t.Errorf("%s: told %v of what never happened", id, g.told[id])
		}
	}
}

// withRepeats reports whether what was told is what happened, in order, where
// some of it may have been told again from an earlier point on.
func withRepeats(told, want []string) bool {
	at := 0
	for _, kind := range told {
		switch {
		case at < len(want) && want[at] == kind:
			at++
		case slices.Contains(want[:at], kind):
		default:
			return false
		}
	}
	return at == len(want)
}
