package main

import (
	"encoding/xml"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// csdl is a metadata document of Graph, indexed by qualified name.
type csdl struct {
	Version  string // whose model this is in full: that of the global cloud; "" for a part
	Types    map[string]*csdlType
	Enums    map[string]*csdlEnum
	Methods  map[string][]*csdlMethod // actions and functions by unqualified name
	Terms    map[string][]csdlTerm    // annotations from outside, by target
	aliases  map[string]string
	Declared map[string]string // entity sets' and singletons' types by name
	Single   []string          // names of singletons
}

// csdlType is an entity type or a complex type.
type csdlType struct {
	Name       string         `xml:"Name,attr"`
	BaseType   string         `xml:"BaseType,attr"`
	Abstract   bool           `xml:"Abstract,attr"`
	OpenType   bool           `xml:"OpenType,attr"`
	HasStream  bool           `xml:"HasStream,attr"`
	Key        []csdlKey      `xml:"Key>PropertyRef"`
	Properties []csdlProperty `xml:",any"`
	Terms      []csdlTerm     `xml:"Annotation"`
	Entity     bool           `xml:"-"`
}

type csdlKey struct {
	Name string `xml:"Name,attr"`
}

// csdlProperty is a structural or navigation property, told by its element.
type csdlProperty struct {
	XMLName        xml.Name
	Name           string     `xml:"Name,attr"`
	Type           string     `xml:"Type,attr"`
	Nullable       string     `xml:"Nullable,attr"`
	ContainsTarget bool       `xml:"ContainsTarget,attr"`
	Terms          []csdlTerm `xml:"Annotation"`
}

func (p *csdlProperty) navigation() bool { return p.XMLName.Local == "NavigationProperty" }

// csdlTerm is an annotation; only the parts that some rule reads.
type csdlTerm struct {
	Term   string      `xml:"Term,attr"`
	Bool   string      `xml:"Bool,attr"`
	Enum   string      `xml:"EnumMember"`
	Lists  []csdlList  `xml:"Collection>Record"`
	Values []csdlValue `xml:"Record>PropertyValue"`
}

// csdlValue is one member of a record: false, a day, a member of an enumeration,
// or a record of its own.
type csdlValue struct {
	Property string      `xml:"Property,attr"`
	Bool     string      `xml:"Bool,attr"`
	Date     string      `xml:"Date,attr"`
	Enum     string      `xml:"EnumMember"`
	Values   []csdlValue `xml:"Record>PropertyValue"`
	Parts    []csdlPart  `xml:"Collection>Record>PropertyValue"` // of an alternate key: their names
}

// csdlList is a record of an alternate key or of a revision.
type csdlList struct {
	Values []csdlValue `xml:"PropertyValue"`
}

type csdlPart struct {
	Property string `xml:"Property,attr"`
	String   string `xml:"String,attr"`
}

type csdlEnum struct {
	Name    string `xml:"Name,attr"`
	IsFlags bool   `xml:"IsFlags,attr"`
	Members []struct {
		Name string `xml:"Name,attr"`
	} `xml:"Member"`
}

// csdlMethod is an action or a function; the first parameter is what it is
// bound to.
type csdlMethod struct {
	XMLName    xml.Name
	Namespace  string         `xml:"-"`
	Name       string         `xml:"Name,attr"`
	IsBound    bool           `xml:"IsBound,attr"`
	Parameters []csdlProperty `xml:"Parameter"`
	Return     csdlProperty   `xml:"ReturnType"`
}

type csdlSchema struct {
	Namespace string       `xml:"Namespace,attr"`
	Alias     string       `xml:"Alias,attr"`
	Entities  []csdlType   `xml:"EntityType"`
	Complexes []csdlType   `xml:"ComplexType"`
	Enums     []csdlEnum   `xml:"EnumType"`
	Actions   []csdlMethod `xml:"Action"`
	Functions []csdlMethod `xml:"Function"`
	Outside   []struct {
		Target string     `xml:"Target,attr"`
		Terms  []csdlTerm `xml:"Annotation"`
	} `xml:"Annotations"`
	Sets []struct {
		Name       string `xml:"Name,attr"`
		EntityType string `xml:"EntityType,attr"`
	} `xml:"EntityContainer>EntitySet"`
	Singletons []struct {
		Name string `xml:"Name,attr"`
		Type string `xml:"Type,attr"`
	} `xml:"EntityContainer>Singleton"`
}

// readCSDL reads a metadata document from a file.
func readCSDL(path string) (*csdl, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var document struct {
		Schemas []csdlSchema `xml:"DataServices>Schema"`
	}
	if err := xml.Unmarshal(text, &document); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	c := &csdl{
		Types: map[string]*csdlType{}, Enums: map[string]*csdlEnum{}, Methods: map[string][]*csdlMethod{},
		Terms: map[string][]csdlTerm{}, aliases: map[string]string{}, Declared: map[string]string{},
	}
	for i := range document.Schemas {
		c.aliases[document.Schemas[i].Alias] = document.Schemas[i].Namespace
	}
	for i := range document.Schemas {
		c.index(&document.Schemas[i])
	}
	return c, nil
}

func (c *csdl) index(s *csdlSchema) {
	for kind, types := range [][]csdlType{s.Entities, s.Complexes} {
		for i := range types {
			t := &types[i]
			t.Entity, t.BaseType = kind == 0, c.qualify(t.BaseType).Name
			t.Properties = slices.DeleteFunc(t.Properties, func(p csdlProperty) bool {
				return p.XMLName.Local != "Property" && p.XMLName.Local != "NavigationProperty"
			})
			c.Types[s.Namespace+"."+t.Name] = t
		}
	}
	for i := range s.Enums {
		c.Enums[s.Namespace+"."+s.Enums[i].Name] = &s.Enums[i]
	}
	for _, methods := range [][]csdlMethod{s.Actions, s.Functions} {
		for i := range methods {
			name := strings.ToLower(methods[i].Name)
			methods[i].Namespace = s.Namespace
			c.Methods[name] = append(c.Methods[name], &methods[i])
		}
	}
	for _, outside := range s.Outside {
		c.Terms[outside.Target] = append(c.Terms[outside.Target], outside.Terms...)
	}
	for _, set := range s.Sets {
		c.Declared[set.Name] = c.qualify(set.EntityType).Name
	}
	for _, single := range s.Singletons {
		c.Declared[single.Name] = c.qualify(single.Type).Name
		c.Single = append(c.Single, single.Name)
	}
}

// qualify reads "Collection(graph.user)" with the alias written out.
func (c *csdl) qualify(text string) facts.TypeRef {
	inner, collection := strings.CutPrefix(text, "Collection(")
	inner = strings.TrimSuffix(inner, ")")
	if alias, name, ok := strings.Cut(inner, "."); ok && c.aliases[alias] != "" {
		inner = c.aliases[alias] + "." + name
	}
	return facts.TypeRef{Name: inner, Collection: collection}
}

// foldName keeps a name's letters and digits, which is all that survives of it
// in the SDK.
func foldName(name string) string {
	return strings.ToLower(strings.NewReplacer(".", "", "_", "").Replace(name))
}

// property finds an own property of a type; nil when there is none.
func (t *csdlType) property(name string) *csdlProperty {
	if t == nil {
		return nil
	}
	for i := range t.Properties {
		if t.Properties[i].Name == name {
			return &t.Properties[i]
		}
	}
	return nil
}

// terms are all annotations of a property, those in place and those from outside.
func (c *csdl) terms(typeName string, p *csdlProperty) []csdlTerm {
	return append(slices.Clone(p.Terms), c.Terms[typeName+"/"+p.Name]...)
}

// readOnly says whether annotations forbid every write: computed by the
// service, or readable alone.
func readOnly(terms []csdlTerm) bool {
	return slices.ContainsFunc(terms, func(t csdlTerm) bool {
		return t.Term == "Org.OData.Core.V1.Computed" && t.Bool != "false" ||
			t.Term == "Org.OData.Core.V1.Permissions" && strings.TrimSpace(t.Enum) == "Org.OData.Core.V1.Permission/Read"
	})
}

// immutable says whether a value stays as it was created.
func immutable(terms []csdlTerm) bool {
	return slices.ContainsFunc(terms, func(t csdlTerm) bool {
		return t.Term == "Org.OData.Core.V1.Immutable" && t.Bool != "false"
	})
}

// optional says whether a parameter may be left out.
func optional(terms []csdlTerm) bool {
	return slices.ContainsFunc(terms, func(t csdlTerm) bool { return t.Term == "Org.OData.Core.V1.OptionalParameter" })
}

// alternateKeys are the keys that an annotation names, by their aliases in URLs.
func (c *csdl) alternateKeys(name string, t *csdlType) [][]string {
	var keys [][]string
	for _, term := range append(slices.Clone(t.Terms), c.Terms[name]...) {
		if term.Term != "Org.OData.Core.V1.AlternateKeys" {
			continue
		}
		for _, list := range term.Lists {
			var key []string
			for _, value := range list.Values {
				for _, part := range value.Parts {
					if part.Property == "Alias" {
						key = append(key, part.String)
					}
				}
			}
			keys = append(keys, key)
		}
	}
	return keys
}
