package main

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

//go:embed overlay.yaml
var overlayText []byte

// overlay is what is kept by hand: see overlay.yaml, which explains each part.
type overlay struct {
	Copies     []copyRule
	References struct {
		Computed, Without []string
		Evidence          string
	}
	Values struct {
		Types    []string
		Evidence string
	}
	Twins       []twinRule
	Inherited   inheritance
	Adopted     []adoptedType
	Types       []overlayType
	Enums       []overlayEnum
	Operations  []overlayPath
	Facts       []overlayFact
	Permissions []overlayPermission
}

// adoptedType is a type that a version's SDK leaves out; it is taken from the
// metadata, with what it mentions and what derives from it.
type adoptedType struct {
	Name, Version, Evidence string
}

type overlayType struct {
	Name, Version, Evidence string
	Add                     *struct {
		Base   string
		Entity bool
	} // nil: the type is there
	Properties []overlayProperty
}

type overlayProperty struct {
	Name       string
	Add        string // type of a new property
	Type       string // type instead of the source's
	Navigation bool
	Contained  bool
	ReadOnly   bool `yaml:"readOnly"`
	CreateOnly bool `yaml:"createOnly"`
	Required   bool
	NotNull    bool `yaml:"notNull"`
}

type overlayEnum struct {
	Name, Version, Evidence string
	Members                 []string
}

type overlayPath struct {
	Version, Path, Evidence       string
	Below                         []string // paths that Path is below, each
	Get, Post, Put, Patch, Delete *overlayCall
}

type overlayCall struct {
	Kind              string // "": by place and method
	Request, Response string
	Query             []string
	Parameters        []struct {
		Name, Type string
		Required   bool
		MinItems   uint64  `yaml:"minItems"`
		MaxItems   *uint64 `yaml:"maxItems"`
	}
}

type overlayFact struct {
	Version, At, Below, Method, Evidence string
	Ends                                 string // of the path: an operation wherever it is
	Required                             []string
	Optional                             []string // parameters that the metadata calls not nullable, and that may be left out
	Refused                              []string // permissions that the map has by mistake
	Status                               int
	Clouds                               []string
	Deprecation                          *struct{ Element, Announced, Removal string }
}

type overlayPermission struct {
	Path, Evidence                string
	Documented                    bool
	Methods, Read, Write, Schemes []string
}

// readOverlay reads the overlay; fields that it does not know are errors.
func readOverlay(text []byte) (*overlay, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var o overlay
	if err := decoder.Decode(&o); err != nil {
		return nil, fmt.Errorf("overlay.yaml: %w", err)
	}
	return &o, nil
}

// isFor tells whether an entry is about a version; without one it is about both.
func isFor(entry, version string) bool { return entry == "" || entry == version }

// applyTypes adds enumerations, types and facts of properties. In a version that lacks a
// type the entry is passed over only when it names no version.
func (o *overlay) applyTypes(version string, s *schema) error {
	for _, entry := range o.Enums {
		if isFor(entry.Version, version) && s.enums[entry.Name] == nil {
			s.enums[entry.Name] = &facts.Enum{Name: entry.Name, Members: entry.Members}
		}
	}
	for _, entry := range o.Adopted {
		if isFor(entry.Version, version) {
			s.adopt(entry.Name)
			s.adoptDerived(entry.Name)
		}
	}
	var problems []error
	for _, entry := range o.Types {
		if !isFor(entry.Version, version) {
			continue
		}
		t := s.types[entry.Name]
		if entry.Add != nil && t == nil {
			t = &facts.Type{Name: entry.Name, Base: entry.Add.Base, Entity: entry.Add.Entity}
			s.types[entry.Name] = t
		}
		switch {
		case t != nil:
			problems = append(problems, applyProperties(t, entry.Properties, entry.Version != ""))
		case entry.Version != "":
			problems = append(problems, fmt.Errorf("overlay.yaml: types: %s has no type %s", version, entry.Name))
		}
	}
	return errors.Join(problems...)
}

func applyProperties(t *facts.Type, entries []overlayProperty, strict bool) error {
	var problems []error
	for _, entry := range entries {
		at := slices.IndexFunc(t.Properties, func(p facts.Property) bool { return p.Name == entry.Name })
		if at < 0 && entry.Add != "" {
			at = len(t.Properties)
			t.Properties = append(t.Properties, facts.Property{
				Name: entry.Name, Type: typeRef(entry.Add), Nullable: entry.Name != "id",
				Navigation: entry.Navigation, Contained: entry.Contained,
			})
		}
		if at < 0 {
			if strict {
				problems = append(problems, fmt.Errorf("overlay.yaml: types: %s has no property %s", t.Name, entry.Name))
			}
			continue
		}
		entry.apply(&t.Properties[at])
	}
	return errors.Join(problems...)
}

func (e *overlayProperty) apply(p *facts.Property) {
	if e.Type != "" {
		p.Type = typeRef(e.Type)
	}
	p.Contained = p.Contained || e.Contained
	p.ReadOnly = (p.ReadOnly || e.ReadOnly) && !e.CreateOnly // which the descriptions of the SDKs often call read-only
	p.CreateOnly = p.CreateOnly || e.CreateOnly
	p.Required = p.Required || e.Required
	p.Nullable = p.Nullable && !e.NotNull
}

// typeRef reads "Collection(microsoft.graph.user)".
func typeRef(text string) facts.TypeRef {
	inner, collection := strings.CutPrefix(text, "Collection(")
	return facts.TypeRef{Name: strings.TrimSuffix(inner, ")"), Collection: collection}
}

// operations are the overlay's own of a version.
func (o *overlay) operations(version string, r *resolver) []facts.Operation {
	var all []facts.Operation
	for _, entry := range o.Operations {
		if !isFor(entry.Version, version) {
			continue
		}
		bases := entry.Below
		if bases == nil {
			bases = []string{""}
		}
		for _, base := range bases {
			all = append(all, entry.calls(base+entry.Path, r)...)
		}
	}
	return all
}

// calls are the operations of an entry at a path.
func (e *overlayPath) calls(path string, r *resolver) []facts.Operation {
	var all []facts.Operation
	calls := []*overlayCall{e.Get, e.Post, e.Put, e.Patch, e.Delete}
	for i, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		if calls[i] != nil {
			all = append(all, calls[i].operation(method, path, r))
		}
	}
	return all
}

func (c *overlayCall) operation(method, path string, r *resolver) facts.Operation {
	op := facts.Operation{
		Method: method, Path: path, Kind: c.Kind, Segments: r.segments(path), Overlay: true,
		Request: typeRef(c.Request), Response: typeRef(c.Response), Query: c.Query,
	}
	if c.Kind == "" {
		op.Kind = kindOf(method, r.at(path), op.Response)
	} else {
		last := &op.Segments[len(op.Segments)-1]
		last.Kind, last.Type, last.Collection = c.Kind, op.Response.Name, op.Response.Collection
	}
	for _, p := range c.Parameters {
		parameter := facts.Parameter{Name: p.Name, Type: typeRef(p.Type), Nullable: !p.Required, Required: p.Required}
		if p.MinItems != 0 || p.MaxItems != nil {
			parameter.Limits = &facts.Limits{MinItems: p.MinItems, MaxItems: p.MaxItems}
		}
		op.Parameters = append(op.Parameters, parameter)
	}
	return op
}

// applyFacts sets single facts of operations. An entry that fits nothing in a
// version it names is an error.
func (o *overlay) applyFacts(version string, all []facts.Operation) error {
	var problems []error
	for i := range o.Facts {
		entry := &o.Facts[i]
		if !isFor(entry.Version, version) {
			continue
		}
		fitted := false
		for j := range all {
			if entry.fits(&all[j]) {
				entry.apply(&all[j])
				fitted = true
			}
		}
		if !fitted && entry.Version != "" {
			problems = append(problems, fmt.Errorf("overlay.yaml: facts: %s has no operation at %s", version, entry.At+entry.Below))
		}
	}
	return errors.Join(problems...)
}

func (e *overlayFact) fits(op *facts.Operation) bool {
	if e.Method != "" && e.Method != op.Method {
		return false
	}
	if e.Ends != "" && strings.HasSuffix(op.Path, e.Ends) {
		return true
	}
	return op.Path == e.At || e.Below != "" && (op.Path == e.Below || strings.HasPrefix(op.Path, e.Below+"/"))
}

func (e *overlayFact) apply(op *facts.Operation) {
	if e.Required != nil {
		op.Required = e.Required
	}
	for i := range op.Parameters {
		if slices.Contains(e.Optional, op.Parameters[i].Name) {
			op.Parameters[i].Required = false
		}
	}
	if e.Status != 0 {
		op.Status, op.StatusFrom = e.Status, fromPage
	}
	op.Permissions = slices.DeleteFunc(op.Permissions, func(p facts.Permission) bool { return slices.Contains(e.Refused, p.Name) })
	if e.Clouds != nil {
		op.Clouds = e.Clouds
	}
	if d := e.Deprecation; d != nil {
		op.Deprecation = &facts.Deprecation{Element: d.Element, Announced: day(d.Announced), Removal: day(d.Removal)}
	}
}

// applyPermissions adds what the permissions map lacks.
func (o *overlay) applyPermissions(p *permissionMap) {
	for _, entry := range o.Permissions {
		methods := entry.Methods
		if methods == nil {
			methods = []string{"GET", "POST", "PATCH", "PUT", "DELETE"}
		}
		for _, method := range methods {
			names := entry.Write
			if method == "GET" {
				names = entry.Read
			}
			for i, name := range names {
				for _, scheme := range entry.Schemes {
					p.supplement(normalPath(entry.Path), method, entry.Documented, grant{Scheme: scheme, Name: name, Least: i == 0, Methods: i})
				}
			}
		}
	}
}
