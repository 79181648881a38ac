package openapi

import (
	_ "embed" // the built-in tables
	"fmt"
	"slices"
	"sync"
)

// Catalogue holds the versions of Graph that can be served. It does not change
// after it is built, so that everything in a process shares it.
type Catalogue struct {
	versions []*Version
}

// The tables of Graph itself, made by go generate ./openapi. They are read
// where they lie in the binary; beta's leaves out the strings that v1.0's has.
//
//go:embed data/v1.0.tbl
var tableV1 string

//go:embed data/beta.tbl
var tableBeta string

// builtIn opens the embedded tables at the first use in the process.
var builtIn = sync.OnceValues(func() (*Catalogue, error) {
	stable, err := openVersion(tableV1, nil)
	if err != nil {
		return nil, fmt.Errorf("embedded description: %w", err)
	}
	beta, err := openVersion(tableBeta, stable)
	if err != nil {
		return nil, fmt.Errorf("embedded description: %w", err)
	}
	return &Catalogue{versions: []*Version{stable, beta}}, nil
})

// Default returns the embedded catalogue. All callers share it.
func Default() (*Catalogue, error) { return builtIn() }

// Version finds a version by its name without regard to ASCII case, nil when
// the catalogue does not have it.
func (c *Catalogue) Version(name string) *Version {
	for _, v := range c.versions {
		if equalFold(v.name, name) {
			return v
		}
	}
	return nil
}

// Versions lists the versions, v1.0 before beta before others. The slice is
// shared: do not change it.
func (c *Catalogue) Versions() []*Version { return c.versions }

// With returns a copy of the catalogue in which a version is served from an
// OpenAPI 3 document, YAML or JSON. What is broken in it is named by the
// problems and left out, the rest is served; the error is for a document of
// which nothing can be. The file's name is for the messages alone.
func (c *Catalogue) With(version, file string, document []byte) (*Catalogue, []Problem, error) {
	made, err := Compile(version, file, document, nil)
	if err != nil {
		return nil, made.Problems, err
	}
	next, err := c.WithCompiled(made)
	if err != nil {
		return nil, made.Problems, fmt.Errorf("%s: %w", file, err)
	}
	return next, made.Problems, nil
}

// WithCompiled is [Catalogue.With] for a document that was compiled before.
func (c *Catalogue) WithCompiled(made Compiled) (*Catalogue, error) {
	v, err := openVersion(string(made.Table), nil)
	if err != nil {
		return nil, err
	}
	versions := slices.Clone(c.versions)
	if i := slices.IndexFunc(versions, func(o *Version) bool { return equalFold(o.name, v.name) }); i >= 0 {
		v.name = versions[i].name
		versions[i] = v
	} else {
		versions = append(versions, v)
	}
	return &Catalogue{versions: versions}, nil
}
