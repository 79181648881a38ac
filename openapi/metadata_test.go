package openapi

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"
)

// edmx is as much of a metadata document as a client reads that makes types
// of it.
type edmx struct {
	XMLName      xml.Name `xml:"http://docs.oasis-open.org/odata/ns/edmx Edmx"`
	Version      string   `xml:",attr"`
	DataServices struct{ Schema []edmSchema }
}

type edmSchema struct {
	XMLName         xml.Name `xml:"http://docs.oasis-open.org/odata/ns/edm Schema"`
	Namespace       string   `xml:",attr"`
	Alias           string   `xml:",attr"`
	EntityType      []edmType
	ComplexType     []edmType
	EnumType        []edmEnum
	Action          []edmFunction
	Function        []edmFunction
	EntityContainer struct {
		EntitySet, Singleton, ActionImport, FunctionImport []edmEntry
	}
}

type edmType struct {
	Name     string `xml:",attr"`
	BaseType string `xml:",attr"`
	Abstract bool   `xml:",attr"`
	Key      struct {
		PropertyRef []edmProperty
	}
	Property           []edmProperty
	NavigationProperty []edmProperty
}

type edmProperty struct {
	Name           string `xml:",attr"`
	Type           string `xml:",attr"`
	Nullable       string `xml:",attr"`
	ContainsTarget bool   `xml:",attr"`
}

type edmEnum struct {
	Name    string `xml:",attr"`
	IsFlags bool   `xml:",attr"`
	Member  []struct {
		Name  string `xml:",attr"`
		Value int64  `xml:",attr"`
	}
}

type edmFunction struct {
	Name       string `xml:",attr"`
	IsBound    bool   `xml:",attr"`
	Parameter  []edmProperty
	ReturnType edmProperty
}

type edmEntry struct {
	Name       string `xml:",attr"`
	EntityType string `xml:",attr"`
	Type       string `xml:",attr"`
	Action     string `xml:",attr"`
	Function   string `xml:",attr"`
}

func metadataOf(t *testing.T, v *Version) *edmx {
	t.Helper()
	length, write, err := v.Metadata()
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := write(&text); err != nil {
		t.Fatal(err)
	}
	if int64(text.Len()) != length {
		t.Errorf("%d bytes, announced as %d", text.Len(), length)
	}
	document := &edmx{}
	if err := xml.Unmarshal(text.Bytes(), document); err != nil {
		t.Fatal(err)
	}
	return document
}

// Every name that the document uses is one that it declares, types have keys,
// and nothing is declared twice.
func TestMetadataHoldsTogether(t *testing.T) {
	for _, v := range embedded(t) {
		t.Run(v.Name(), func(t *testing.T) {
			d := metadataOf(t, v)
			declared, bases, keyed := map[string]bool{}, map[string]string{}, map[string]bool{}
			declare := func(namespace, name string) {
				full := namespace + "." + name
				if declared[full] || name == "" {
					t.Errorf("%q is declared twice, or nameless", full)
				}
				declared[full] = true
			}
			full := func(name string) string {
				name = strings.TrimSuffix(strings.TrimPrefix(name, "Collection("), ")")
				if rest, ok := strings.CutPrefix(name, "graph."); ok {
					return "microsoft.graph." + rest
				}
				return name
			}
			for _, s := range d.DataServices.Schema {
				for _, e := range s.EnumType {
					declare(s.Namespace, e.Name)
				}
				for _, list := range [][]edmType{s.EntityType, s.ComplexType} {
					for _, typ := range list {
						declare(s.Namespace, typ.Name)
						bases[s.Namespace+"."+typ.Name] = full(typ.BaseType)
						keyed[s.Namespace+"."+typ.Name] = len(typ.Key.PropertyRef) > 0
					}
				}
			}
			want := func(where, name string) {
				if name = full(name); !declared[name] && !strings.HasPrefix(name, "Edm.") {
					t.Errorf("%s: nothing declares %q", where, name)
				}
			}
			for _, s := range d.DataServices.Schema {
				for _, list := range [][]edmType{s.EntityType, s.ComplexType} {
					for _, typ := range list {
						seen := map[string]bool{}
						for _, p := range append(typ.Property, typ.NavigationProperty...) {
							want(typ.Name+"/"+p.Name, p.Type)
							if seen[p.Name] {
								t.Errorf("%s has %s twice", typ.Name, p.Name)
							}
							seen[p.Name] = true
						}
					}
				}
				for _, set := range s.EntityContainer.EntitySet {
					name := full(set.EntityType)
					for name != "" && !keyed[name] {
						name = bases[name]
					}
					if name == "" {
						t.Errorf("%s holds %s, which has no key", set.Name, set.EntityType)
					}
				}
				for _, f := range append(s.Action, s.Function...) {
					for _, p := range f.Parameter {
						want(f.Name, p.Type)
					}
					if f.ReturnType.Type != "" {
						want(f.Name, f.ReturnType.Type)
					}
				}
				for _, e := range append(s.EntityContainer.EntitySet, s.EntityContainer.Singleton...) {
					want(e.Name, e.EntityType+e.Type)
				}
			}
		})
	}
}

func TestMetadataSaysWhatTheModelHas(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	d := metadataOf(t, c.Version("v1.0"))
	var user *edmType
	bound := map[string]edmFunction{}
	for i := range d.DataServices.Schema {
		s := &d.DataServices.Schema[i]
		for j := range s.EntityType {
			if s.Namespace == "microsoft.graph" && s.EntityType[j].Name == "user" {
				user = &s.EntityType[j]
			}
		}
		for _, f := range append(s.Action, s.Function...) {
			bound[s.Namespace+"."+f.Name] = f
		}
		if s.Namespace != "microsoft.graph" {
			continue
		}
		if s.Alias != "graph" || len(s.EntityContainer.EntitySet) < 40 || len(s.EntityContainer.Singleton) < 30 {
			t.Errorf("alias %q, %d sets and %d singletons", s.Alias, len(s.EntityContainer.EntitySet), len(s.EntityContainer.Singleton))
		}
	}
	if user == nil || user.BaseType != "graph.directoryObject" {
		t.Fatalf("user is %v", user)
	}
	properties := map[string]edmProperty{}
	for _, p := range append(user.Property, user.NavigationProperty...) {
		properties[p.Name] = p
	}
	if p := properties["messages"]; p.Type != "Collection(graph.message)" || !p.ContainsTarget {
		t.Errorf("messages %+v", p)
	}
	if p := properties["memberOf"]; p.Type != "Collection(graph.directoryObject)" || p.ContainsTarget {
		t.Errorf("memberOf %+v", p)
	}
	if f := bound["microsoft.graph.assignLicense"]; !f.IsBound || len(f.Parameter) != 3 || f.ReturnType.Type != "graph.user" {
		t.Errorf("assignLicense %+v", f)
	}
	if f := bound["microsoft.graph.callRecords.getPstnCalls"]; len(f.Parameter) != 3 || f.Parameter[1].Type != "Edm.DateTimeOffset" {
		t.Errorf("getPstnCalls %+v", f)
	}
}

// What a user's document leaves without a name or a namespace has no place in
// the model.
func TestMetadataOfOwnDocument(t *testing.T) {
	v := served(t, "beta", `openapi: 3.0.4
info: {title: t, version: '1'}
paths:
  /things:
    get: {responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/thing'}}}}}}}}}
  /things/{id}:
    get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/thing'}}}}}}
components: {schemas: {thing: {type: object, properties: {id: {type: string}, in: {type: object, properties: {x: {type: string}}}}}}}
`)
	d := metadataOf(t, v)
	if len(d.DataServices.Schema) != 1 || len(d.DataServices.Schema[0].EntityType) != 1 {
		t.Fatalf("%+v", d)
	}
	thing := d.DataServices.Schema[0].EntityType[0]
	if len(thing.Key.PropertyRef) != 1 || len(thing.Property) != 2 || thing.Property[1].Type != "Edm.Untyped" {
		t.Errorf("%+v", thing)
	}
	if set := d.DataServices.Schema[0].EntityContainer.EntitySet; len(set) != 1 || set[0].EntityType != "graph.thing" {
		t.Errorf("%+v", set)
	}
}
