package openapi

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
	"github.com/fakegraph/fakegraph/openapi/internal/table"
)

// shop is a version made of plain facts, with what documents cannot say.
func shop(tb testing.TB) *Version {
	tb.Helper()
	item := facts.TypeRef{Name: "microsoft.graph.item"}
	items := facts.Segment{Name: "items", Kind: "set", Type: item.Name}
	key := facts.Segment{Name: "item-id", Kind: "key", Type: item.Name}
	parts := facts.Segment{Name: "parts", Kind: "set", Type: item.Name, Contained: true}
	v, err := versionOf(&facts.Version{
		Name: "v1.0",
		Operations: []facts.Operation{
			{Method: "GET", Path: "/items", Segments: []facts.Segment{items}, Kind: "list", Response: facts.TypeRef{Name: item.Name, Collection: true}},
			{Method: "POST", Path: "/items", Segments: []facts.Segment{items}, Kind: "create", Request: item, Response: item, StatusFrom: "rule"},
			{
				Method: "GET", Path: "/items/{item-id}", Segments: []facts.Segment{items, key}, Kind: "get", Response: item, PermFrom: "documented",
				Permissions: []facts.Permission{
					{Scheme: "Application", Name: "Item.ReadWrite.All", Also: []string{"Shop.Read.All"}},
					{Scheme: "Application", Name: "Item.Read.All", Least: true},
				},
			},
			{Method: "PATCH", Path: "/items/{item-id}", Segments: []facts.Segment{items, key}, Kind: "update", Request: item, Required: []string{"price"}},
			{Method: "POST", Path: "/items/{item-id}/sell", Segments: []facts.Segment{items, key, {Name: "sell", Kind: "action"}}, Kind: "action", Parameters: []facts.Parameter{
				{Name: "to", Type: facts.TypeRef{Name: "Edm.String"}, Required: true},
				{Name: "at", Type: facts.TypeRef{Name: "Edm.Int32"}, Nullable: true},
			}},
			{Method: "POST", Path: "/items/{item-id}/polish", Segments: []facts.Segment{items, key, {Name: "polish", Kind: "action"}}, Kind: "action"},
			{Method: "POST", Path: "/items/{item-id}/mystery", Segments: []facts.Segment{items, key, {Name: "mystery", Kind: "action"}}, Kind: "action", Body: facts.BodyOpen},
			{Method: "GET", Path: "/items/{item-id}/parts", Segments: []facts.Segment{items, key, parts}, Kind: "list"},
			{Method: "POST", Path: "/items/{item-id}/parts/$ref", Segments: []facts.Segment{items, key, parts, {Name: "$ref", Kind: "ref"}}, Kind: "linkAdd"},
		},
		Types: []facts.Type{
			{Name: "microsoft.graph.anything"},
			{Name: "microsoft.graph.book", Base: item.Name, Entity: true},
			{
				Name: item.Name, Entity: true, Extensible: true, Stream: true, Keys: []string{"number"}, AlternateKeys: [][]string{{"name"}},
				Properties: []facts.Property{
					{Name: "number", Type: facts.TypeRef{Name: "Edm.String"}, ReadOnly: true},
					{Name: "name", Type: facts.TypeRef{Name: "Edm.String"}, Required: true},
					{Name: "price", Type: facts.TypeRef{Name: "Edm.Int32"}},
					{Name: "more", Type: facts.TypeRef{Name: "microsoft.graph.anything"}},
					{Name: "odd", Type: facts.TypeRef{Name: "Edm.Untyped"}},
				},
			},
		},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return v
}

func TestKeys(t *testing.T) {
	v := shop(t)
	book := v.Type("book")
	if !slices.Equal(book.Keys(), []string{"number"}) || !reflect.DeepEqual(book.AlternateKeys(), [][]string{{"name"}}) {
		t.Errorf("inherited keys %v, alternate %v", book.Keys(), book.AlternateKeys())
	}
	if got := beta(t).Type("cloudPcExternalPartner").Keys(); !slices.Equal(got, []string{"id"}) {
		t.Errorf("keys that nobody names: %v", got)
	}
	if v.Type("anything").Keys() != nil {
		t.Error("a complex type has keys")
	}
	if p := book.Property("name"); !p.Required || book.Property("price").Required {
		t.Error("required properties")
	}
}

func TestContained(t *testing.T) {
	_, segments := operationAt(t, shop(t), "GET", "/items/1/parts")
	for i, want := range []bool{false, false, true} {
		if got := segments[i].Contained(); got != want {
			t.Errorf("%s: %v", segments[i].Name, got)
		}
	}
	if (Segment{}).Contained() {
		t.Error("nothing is contained")
	}
}

func TestGrants(t *testing.T) {
	op, _ := operationAt(t, shop(t), "GET", "/items/1")
	want := []Permission{{Name: "Item.Read.All", Least: true}, {Name: "Item.ReadWrite.All", Also: []string{"Shop.Read.All"}}}
	if got := op.Grants(SchemeApplication); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	if got := strings.Join(op.Permissions(SchemeApplication), " "); got != "Item.Read.All Item.ReadWrite.All" {
		t.Errorf("got %s", got)
	}
	if op.Grants(SchemeDelegatedWork) != nil || op.Grants("Other") != nil {
		t.Error("schemes that are not supported")
	}
	if none := (&Operation{}); none.PermissionSource() != "" || none.Permissions(SchemeApplication) != nil || none.Clouds() != nil {
		t.Error("an operation of no catalogue")
	}
}

// Where nothing is documented, status and body follow from the kind.
func TestUsualRules(t *testing.T) {
	v := shop(t)
	for _, test := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"GET", "/items", ``, 200, ""},
		{"POST", "/items", ``, 201, "body  required"},
		{"POST", "/items", `{"name":"a","odd":[{"x":1}],"more":{"y":2}}`, 201, ""},
		{"POST", "/items", `{"price":1,"nmae":"a"}`, 201, "body /name required\nbody /nmae additionalProperties"},
		{"PATCH", "/items/1", ``, 200, "body  required"},
		{"PATCH", "/items/1", `{"name":"a"}`, 200, "body /price required"},
		{"PATCH", "/items/1", `{"price":1,"extension_0123_color":"red","contoso_box":{}}`, 200, ""},
		{"POST", "/items/1/sell", ``, 204, "body  required"},
		{"POST", "/items/1/sell", `{}`, 204, "body /to required"},
		{"POST", "/items/1/sell", `{"to":"x","at":null}`, 204, ""},
		{"POST", "/items/1/polish", ``, 204, ""},
		{"POST", "/items/1/polish", `{"a":1}`, 204, "body /a additionalProperties"},
		{"POST", "/items/1/mystery", `{"a":1}`, 204, ""},
		{"POST", "/items/1/parts/$ref", ``, 204, "body  required"},
		{"GET", "/items/1/$value", ``, 200, ""},
	} {
		t.Run(test.method+test.path+test.body, func(t *testing.T) {
			op, _ := operationAt(t, v, test.method, test.path)
			var body Body
			if test.body != "" {
				body = jsonBody(t, test.body)
			}
			if got := findingLines(op.Validate(Input{Body: body})); got != test.want || op.Status != test.status {
				t.Errorf("status %d, want %d; got %q, want %q", op.Status, test.status, got, test.want)
			}
		})
	}
	create, _ := operationAt(t, v, "POST", "/items")
	update, _ := operationAt(t, v, "PATCH", "/items/1")
	if create.StatusSource() != "rule" || update.StatusSource() != "" || !slices.Equal(update.RequiredProperties(), []string{"price"}) {
		t.Error("sources")
	}
}

// What is made of a row is made once, whoever comes first.
func TestOneValuePerRow(t *testing.T) {
	v := shop(t)
	op, _ := operationAt(t, v, "GET", "/items/1")
	again, _ := operationAt(t, v, "GET", "/ITEMS('2')")
	stream, _ := operationAt(t, v, "GET", "/items/1/$value")
	twice, _ := operationAt(t, v, "GET", "/items/2/$VALUE")
	if op != again || stream != twice || op.Response().Type() != v.Type("item") {
		t.Error("made twice")
	}
	if stream.Kind != Stream || stream.PermissionSource() != PermissionsInherited {
		t.Errorf("stream: kind %d, %s", stream.Kind, stream.PermissionSource())
	}
	c := newCache[int](pageSize + 1)
	first := c.keep(pageSize, new(1))
	if c.get(0) != nil || c.keep(pageSize, new(2)) != first || c.get(pageSize) != first {
		t.Error("cache")
	}
}

// versionOf serves a version from plain facts.
func versionOf(v *facts.Version) (*Version, error) {
	data, err := table.Encode(v, nil)
	if err != nil {
		return nil, err
	}
	return openVersion(string(data), nil)
}
