package openapi

import (
	_ "embed" // the built-in descriptions
	"fmt"
	"slices"
	"sync"
)

// Catalogue holds the versions of Graph that can be served. It does not change
// after it is built, so that everything in a process shares it.
type Catalogue struct {
	versions []*Version
}

//go:embed data/v1.0.yaml
var descriptionV1 []byte

//go:embed data/beta.yaml
var descriptionBeta []byte

// builtIn builds the embedded catalogue at the first use in the process.
var builtIn = sync.OnceValues(func() (*Catalogue, error) {
	c := &Catalogue{}
	for _, source := range []struct {
		version string
		data    []byte
	}{{"v1.0", descriptionV1}, {"beta", descriptionBeta}} {
		next, problems, err := c.With(source.version, source.version+".yaml", source.data)
		if err != nil {
			return nil, err
		}
		if len(problems) > 0 {
			return nil, fmt.Errorf("embedded description: %s", problems[0])
		}
		c = next
	}
	return c, nil
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
	v, problems, err := compile(version, file, document)
	if err != nil {
		return nil, problems, err
	}
	versions := slices.Clone(c.versions)
	if i := slices.IndexFunc(versions, func(o *Version) bool { return equalFold(o.name, version) }); i >= 0 {
		v.name = versions[i].name
		versions[i] = v
	} else {
		versions = append(versions, v)
	}
	return &Catalogue{versions: versions}, problems, nil
}
