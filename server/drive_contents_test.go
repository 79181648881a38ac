package server

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
)

// TestDriveContents holds what folders say of their contents against the items of the
// drive, after uploads, moves, copies and deletions in any order.
func TestDriveContents(t *testing.T) {
	fake := NewTest(t, WithFixtures("none"))
	d := driveModel{t: t, client: fake.Client(), base: fake.URL + "/v1.0/drives/d"}
	d.control(fake.URL+"/_fake/fixtures", `{"version":"v1.0","entities":{"/drives":[{"id":"d","driveType":"business"}],
		"/drives/d/items":[{"id":"late","name":"b.txt","size":7,"file":{},"parentReference":{"id":"f"}},{"id":"f","name":"f","folder":{},"parentReference":{"id":"g"}}]}}`)
	random := rand.New(rand.NewPCG(1, 2))
	for range 150 {
		items := d.items()
		d.change(random, items[random.IntN(len(items))], items[random.IntN(len(items))])
	}
	d.check()
}

type driveModel struct {
	t      *testing.T
	client *http.Client
	base   string
}

type modelItem struct {
	ID              string
	Name            string
	Size            int64
	Folder          *struct{ ChildCount int }
	Root            *struct{}
	ParentReference struct{ ID string }
}

func (d driveModel) send(method, url, body string) (int, []byte) {
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := d.client.Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return answer.StatusCode, data
}

func (d driveModel) control(url, body string) {
	if status, data := d.send("POST", url, body); status >= 300 {
		d.t.Fatalf("%d %s", status, data)
	}
}

func (d driveModel) items() []modelItem {
	d.send("GET", d.base+"/root", "")
	_, data := d.send("GET", d.base+"/items?$top=999", "")
	var list struct{ Value []modelItem }
	if err := json.Unmarshal(data, &list); err != nil || len(list.Value) == 0 {
		d.t.Fatalf("%v: %s", err, data)
	}
	return list.Value
}

// change does one of the things that clients do.
func (d driveModel) change(random *rand.Rand, one, other modelItem) {
	name := fmt.Sprintf("n%d", random.IntN(40))
	switch random.IntN(7) {
	case 0, 1:
		d.send("POST", d.base+"/items/"+one.ID+"/children", `{"name":"`+name+`","folder":{},"@microsoft.graph.conflictBehavior":"rename"}`)
	case 2, 3:
		d.send("PUT", d.base+"/items/"+one.ID+":/"+name+".txt:/content", strings.Repeat("x", random.IntN(50)))
	case 4:
		d.send("PATCH", d.base+"/items/"+one.ID, `{"parentReference":{"id":"`+other.ID+`"}}`)
	case 5:
		d.send("POST", d.base+"/items/"+one.ID+"/copy", `{"name":"`+name+`","parentReference":{"id":"`+other.ID+`"}}`)
	case 6:
		if random.IntN(3) == 0 {
			d.send("DELETE", d.base+"/items/"+one.ID, "")
		}
	}
}

// check counts what is in each folder.
func (d driveModel) check() {
	items := d.items()
	below := map[string][]modelItem{}
	for _, i := range items {
		below[i.ParentReference.ID] = append(below[i.ParentReference.ID], i)
	}
	var size func(modelItem) int64
	size = func(i modelItem) (sum int64) {
		if i.Folder == nil {
			return i.Size
		}
		for _, child := range below[i.ID] {
			sum += size(child)
		}
		return sum
	}
	folders := 0
	for _, i := range items {
		if i.Folder == nil {
			continue
		}
		if folders++; i.Folder.ChildCount != len(below[i.ID]) || i.Size != size(i) {
			d.t.Errorf("%s says %d items of %d bytes, and has %d of %d", i.Name, i.Folder.ChildCount, i.Size, len(below[i.ID]), size(i))
		}
	}
	if folders < 5 {
		d.t.Fatalf("only %d folders are left", folders)
	}
}
