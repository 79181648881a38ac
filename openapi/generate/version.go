package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// versions of Graph, in the order of the output.
var versions = []string{"v1.0", "beta"}

// Files of Graph's metadata, below the directory of sources. The beta document
// is that of one government cloud: what it lacks may well exist.
const (
	csdlV1          = "csdl/v1.0-Prod.csdl"
	csdlBeta        = "csdl/beta-USSec.csdl"
	permissionsJSON = "permissions.json"
	idsJSON         = "provisioningInfo.json"
	pagesJSONL      = "facts-dev.jsonl.gz"
)

var sourceFiles = []string{csdlV1, csdlBeta, permissionsJSON, idsJSON, pagesJSONL}

// sources is all that the generator reads beside the SDKs.
type sources struct {
	documents   map[string][]*csdl // by version, its own first
	permissions *permissionMap
	ids         []facts.PermissionID
	promises    promises
	overlay     *overlay
}

// readSources reads the directory of sources and the overlay.
func readSources(dir string) (*sources, error) {
	s := &sources{}
	v1, err1 := readCSDL(filepath.Join(dir, csdlV1))
	beta, err2 := readCSDL(filepath.Join(dir, csdlBeta))
	s.documents = map[string][]*csdl{"v1.0": {v1}, "beta": {beta, v1}}
	var err3, err4, err5, err6 error
	s.permissions, err3 = readPermissions(filepath.Join(dir, permissionsJSON))
	s.promises, err4 = readPromises(filepath.Join(dir, pagesJSONL))
	s.overlay, err5 = readOverlay(overlayText)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return nil, err
	}
	v1.Version = "v1.0"
	s.ids, err6 = readPermissionIDs(filepath.Join(dir, idsJSON), s.permissions)
	s.overlay.applyPermissions(s.permissions)
	return s, err6
}

// parsed is what one version's SDK holds.
type parsed struct {
	Builders []*builder
	Models   []*model
	Hash     string
}

// readSDK reads a version's SDK.
func readSDK(version string) (*parsed, error) {
	dir, err := sdks[version].dir()
	if err != nil {
		return nil, err
	}
	type file struct {
		builder *builder
		model   *model
	}
	files, hash, err := readModule(sdks[version], dir, func(f *goFile) file { return file{readBuilder(f), readModel(f)} })
	if err != nil {
		return nil, err
	}
	p := &parsed{Hash: hash}
	for _, f := range files {
		if f.builder != nil && f.builder.Template != "" {
			p.Builders = append(p.Builders, f.builder)
		}
		if f.model != nil {
			p.Models = append(p.Models, f.model)
		}
	}
	return p, nil
}

// draft is a version under construction.
type draft struct {
	*resolver
	Version facts.Version
}

// build joins a version's SDK with the other sources.
func build(version string, p *parsed, s *sources) (*facts.Version, error) {
	n := newNames(sdks[version].Module, p.Models, p.Builders, s.documents[version])
	model := newSchema(version, p.Models, n, keyProperties(n, p.Builders), s.documents[version])
	model.declare(version, s.permissions)
	r := newResolver(model, p.Builders)
	r.members()
	r.containment()
	if err := s.overlay.applyTypes(version, r.schema); err != nil {
		return nil, err
	}
	d := &draft{resolver: r, Version: facts.Version{Name: version, Operations: r.operations(p.Builders)}}
	d.applyRules(s.overlay, s.permissions)
	ends := d.schema.documents[0].ends()
	for i := range d.Version.Operations {
		op := &d.Version.Operations[i]
		if op.Deprecation == nil {
			op.Deprecation = d.end(op, ends)
		}
		s.permissions.apply(op, s.overlay.source(op.Path))
		s.promises.applyStatus(version, op)
	}
	d.unlinkable(s)
	if err := s.overlay.applyFacts(version, d.Version.Operations); err != nil {
		return nil, err
	}
	v := d.finish()
	return v, check(v)
}

// finish copies types and enumerations out and sorts everything.
func (d *draft) finish() *facts.Version {
	v := &d.Version
	for _, name := range sortedKeys(d.schema.types) {
		v.Types = append(v.Types, *d.schema.types[name])
	}
	for _, name := range sortedKeys(d.schema.enums) {
		v.Enums = append(v.Enums, *d.schema.enums[name])
	}
	sortOperations(v.Operations)
	return v
}

// check finds names that nothing defines, the first twenty of them.
func check(v *facts.Version) error {
	known := map[string]bool{"": true}
	for i := range v.Types {
		known[v.Types[i].Name] = true
	}
	for i := range v.Enums {
		known[v.Enums[i].Name] = true
	}
	missing := map[string]string{}
	want := func(name, where string) {
		if !known[name] && !isEdm(name) && missing[name] == "" {
			missing[name] = where
		}
	}
	for i := range v.Types {
		t := &v.Types[i]
		want(t.Base, t.Name)
		for _, p := range t.Properties {
			want(p.Type.Name, t.Name+"/"+p.Name)
		}
	}
	for i := range v.Operations {
		op := &v.Operations[i]
		want(op.Request.Name, op.Path)
		want(op.Response.Name, op.Path)
		for _, s := range op.Segments {
			want(s.Type, op.Path)
		}
		for _, p := range op.Parameters {
			want(p.Type.Name, op.Path)
		}
	}
	return missingNames(v.Name, missing)
}

func missingNames(version string, missing map[string]string) error {
	var lines []string
	for _, name := range sortedKeys(missing) {
		lines = append(lines, fmt.Sprintf("%s: %s: no type %s", version, missing[name], name))
	}
	if len(lines) == 0 {
		return nil
	}
	if len(lines) > 20 {
		lines = append(slices.Clip(lines[:20]), fmt.Sprintf("and %d more", len(lines)-20))
	}
	return errors.New(strings.Join(lines, "\n"))
}
