package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// collection is what the requests work on: entities whose PATCH is validated,
// merged, recalculated by a behaviour and answered with the entity.
const collection = "/deviceManagement/virtualEndpoint/externalPartnerSettings"

// entities is how many of them the fixtures have beside the demo set: a page.
const entities = 100

// entityID is the id of the i-th entity.
func entityID(i int) string { return fmt.Sprintf("5f0c3d1e-0000-4000-8000-%012d", i) }

// detail brings an entity to about 400 bytes.
const detail = "The external partner reports through its agent and was last seen on schedule; the next report is due within the usual interval of 60 minutes."

// fixtureFile writes the entities as a fixture document.
func (b *bench) fixtureFile() (string, error) {
	list := make([]map[string]any, entities)
	for i := range list {
		list[i] = map[string]any{
			"id": entityID(i), "partnerId": fmt.Sprintf("198d7140-80bb-4843-8cc4-%012d", i),
			"enableConnection": false, "lastSyncDateTime": "2020-11-03T12:43:14Z",
			"status": "notAvailable", "statusDetails": detail,
		}
	}
	var users struct{ Entities map[string]json.RawMessage }
	if err := json.Unmarshal(userDocument(0, entities), &users); err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]any{"version": "beta", "entities": map[string]any{collection: list, "/users": users.Entities["/users"]}})
	if err != nil {
		return "", err
	}
	file := filepath.Join(b.dir, "entities.json")
	return file, os.WriteFile(file, text, 0o600)
}

// fake starts fakegraph with the entities; data is its data file, "" for none.
func (b *bench) fake(data string) (*side, error) {
	file, err := b.fixtureFile()
	if err != nil {
		return nil, err
	}
	if data != "" {
		data = filepath.Join(b.dir, data)
	}
	return newSide(order{Role: "fakegraph", Fixtures: []string{file}, Data: data})
}

func newSide(o order) (*side, error) {
	c, err := spawn(o)
	if err != nil {
		return nil, err
	}
	return &side{child: c, load: load{addr: c.first.Addr}}, nil
}

// counterpart starts a bare server, in one of its roles, with what the fake
// answers to a GET.
func (s *side) counterpart(role, target, token string) (*side, error) {
	body, err := send("GET", "http://"+s.addr+target, token, "")
	if err != nil {
		return nil, err
	}
	return newSide(order{Role: role, Body: body})
}

// wire is a request of beta as it goes over the connection.
func wire(method, path, token string, body []byte) []byte {
	return wireTo(method, "/beta"+path, token, body, "")
}

// wireTo is a request with further header lines.
func wireTo(method, target, token string, body []byte, lines string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nUser-Agent: bench\r\n%s", method, target, lines)
	if token != "" {
		b.WriteString("Authorization: Bearer " + token + "\r\n")
	}
	if body != nil {
		b.WriteString("Content-Type: application/json\r\nContent-Length: " + decimal(len(body)) + "\r\n")
	}
	b.WriteString("\r\n")
	b.Write(body)
	return b.Bytes()
}

func decimal(n int) string { return strconv.Itoa(n) }

// same gives each connection the same requests.
func same(conns int, requests ...[]byte) [][][]byte {
	lists := make([][][]byte, conns)
	for i := range lists {
		lists[i] = requests
	}
	return lists
}

// patches gives each connection an entity of its own to switch on and off.
func patches(conns int, token string) [][][]byte {
	lists := make([][][]byte, conns)
	for i := range lists {
		path := collection + "/" + entityID(i%entities)
		lists[i] = [][]byte{
			wire("PATCH", path, token, []byte(`{"@odata.type":"#microsoft.graph.cloudPcExternalPartnerSetting","enableConnection":true}`)),
			wire("PATCH", path, token, []byte(`{"@odata.type":"#microsoft.graph.cloudPcExternalPartnerSetting","enableConnection":false}`)),
		}
	}
	return lists
}

// token mints one with the permission that the requests need, so that the
// whole check is measured.
func (s *side) token() (string, error) { return s.tokenFor("CloudPC.ReadWrite.All", "User.Read.All") }

func (s *side) tokenFor(scopes ...string) (string, error) {
	body, err := send("POST", "http://"+s.addr+"/_fake/tokens", "", `{"scopes":["`+strings.Join(scopes, `","`)+`"]}`)
	if err != nil {
		return "", err
	}
	var minted struct {
		AccessToken string `json:"access_token"`
	}
	err = json.Unmarshal(body, &minted)
	return minted.AccessToken, err
}

// send makes one request outside of any measurement and returns the answer.
func send(method, url, token, body string) ([]byte, error) {
	r, err := http.NewRequest(method, url, bytes.NewReader([]byte(body)))
	if err != nil {
		return nil, err
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode >= 300 {
		err = fmt.Errorf("%s %s: status %d: %s", method, url, answer.StatusCode, text)
	}
	return text, err
}
