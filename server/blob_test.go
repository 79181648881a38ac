package server

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/identity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// The blocks of a blob become its content in the order of the list, and are gone.
func TestBlob(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	send := func(method, path, body string, want int) (made struct{ ID, AzureStorageUri string }) {
		t.Helper()
		status, text := sendTo(t, s, method, path, body)
		if status != want {
			t.Fatalf("%s %s: %d %s", method, path, status, text)
		}
		_ = json.Unmarshal([]byte(text), &made) // an answer without a body makes nothing
		return made
	}
	app := send("POST", "/beta/deviceAppManagement/mobileApps", `{"@odata.type":"#microsoft.graph.win32LobApp","displayName":"a","publisher":"p"}`, 201)
	versions := "/beta/deviceAppManagement/mobileApps/" + app.ID + "/microsoft.graph.win32LobApp/contentVersions"
	version := send("POST", versions, `{}`, 201)
	file := send("POST", versions+"/"+version.ID+"/files", `{"name":"a","size":6,"sizeEncrypted":6}`, 201)
	blob := send("GET", versions+"/"+version.ID+"/files/"+file.ID, "", 200).AzureStorageUri
	blob = strings.TrimPrefix(blob, "https://graph.microsoft.com")
	send("PUT", blob+"&comp=block&blockid=QQ%3D%3D", "one", 201)
	send("PUT", blob+"&comp=block&blockid=Qg%3D%3D", "two", 201)
	send("PUT", blob+"&comp=blocklist", `<BlockList><Latest>Qg==</Latest><Uncommitted>QQ==</Uncommitted></BlockList>`, 201)

	var content store.Stream
	err = s.store.View(func(r store.Reader) (err error) {
		for _, e := range r.Find(identity.DefaultTenantID, file.ID) {
			for name := range r.Streams(e.Ordinal) {
				if name != "content" {
					t.Errorf("stream %q is left", name)
				}
			}
			content, err = r.Stream(e.Ordinal, "content")
		}
		return err
	})
	text, _ := io.ReadAll(s.store.Read(content, 0))
	if err != nil || string(text) != "twoone" {
		t.Errorf("content %q, %v", text, err)
	}
}
