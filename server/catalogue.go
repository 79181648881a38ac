package server

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
)

// openCatalogue takes the embedded catalogue, with a user's own documents in
// place of versions where --openapi names some.
func (s *Server) openCatalogue() error {
	c, err := openapi.Default()
	if err != nil {
		return err
	}
	s.catalogue = c
	for _, setting := range s.config.openapi {
		if err := s.describeBy(setting); err != nil {
			return err
		}
	}
	return nil
}

func (s *Server) describeBy(setting string) error {
	version, file, ok := strings.Cut(setting, "=")
	if !ok || file == "" {
		return fmt.Errorf("openapi %q: want VERSION=FILE, as in beta=graph.yaml", setting)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("openapi document of %s: %w", version, err)
	}
	made, err := s.compiled(version, file, data)
	if err != nil {
		return fmt.Errorf("openapi document of %s: %w", version, err)
	}
	c, err := s.catalogue.WithCompiled(made)
	if err != nil {
		return fmt.Errorf("openapi document of %s: %s: %w", version, file, err)
	}
	for _, p := range made.Problems {
		p.File = file
		s.log.Warn().Msg(p.String())
	}
	s.catalogue = c
	return nil
}

// compiled is what was made of a document, now or by an earlier server.
func (s *Server) compiled(version, file string, data []byte) (openapi.Compiled, error) {
	key, kept := openapi.CompilationKey(version, data), openCompilations()
	if made, ok := kept.load(key); ok {
		return made, nil
	}
	var told func(done, total int)
	if s.config.compiling != nil {
		told = func(done, total int) { s.config.compiling(file, done, total) }
	}
	made, err := openapi.Compile(version, file, data, told)
	if err != nil {
		return made, err
	}
	if err := kept.save(key, made); err != nil {
		s.log.Debug().Err(err).Msg("the compiled document is not kept for the next start")
	}
	return made, nil
}

// checkedBehaviors indexes the behaviours, once per process, and holds each
// against the embedded catalogue: one for a type or an operation that does not
// exist is a mistake in the source, found at start.
var checkedBehaviors = sync.OnceValues(func() (*behavior.Set, error) {
	set, err := behavior.NewSet(behavior.List())
	if err != nil {
		return nil, err
	}
	c, err := openapi.Default()
	if err != nil {
		return nil, err
	}
	return set, unknownBehaviors(set, c)
})

func unknownBehaviors(set *behavior.Set, c *openapi.Catalogue) error {
	var errs []error
	for _, name := range set.Types() {
		if !slices.ContainsFunc(c.Versions(), func(v *openapi.Version) bool { return v.Type(name) != nil }) {
			errs = append(errs, fmt.Errorf("behaviour of type %s: the catalogue has no such type", name))
		}
	}
	for _, name := range set.BoundNames() {
		typeName, _, _ := strings.Cut(name, "/")
		typeName = strings.TrimSuffix(strings.TrimPrefix(typeName, "Collection("), ")")
		if !slices.ContainsFunc(c.Versions(), func(v *openapi.Version) bool { return v.Type(typeName) != nil }) {
			errs = append(errs, fmt.Errorf("behaviour of %s: the catalogue has no such type", name))
		}
	}
	for _, name := range set.Operations() {
		method, path, _ := strings.Cut(name, " ")
		if !slices.ContainsFunc(c.Versions(), func(v *openapi.Version) bool { return offers(v, method, path) }) {
			errs = append(errs, fmt.Errorf("behaviour of operation %s: the catalogue has no such operation", name))
		}
	}
	for _, name := range set.Kept() {
		typeName, _, _ := strings.Cut(name, "/")
		if !slices.ContainsFunc(c.Versions(), func(v *openapi.Version) bool { return v.Type(typeName) != nil }) {
			errs = append(errs, fmt.Errorf("keeper of %s: the catalogue has no such type", name))
		}
	}
	return errors.Join(errs...)
}

// offers reports whether a version has an operation, without a look at all the
// others.
func offers(v *openapi.Version, method, path string) bool {
	target, err := v.Resolve(path, nil)
	return err == nil && target.Item.Operation(method) != nil
}
