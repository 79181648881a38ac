package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/fakegraph/fakegraph/fixtures"
	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/graph"
	"github.com/fakegraph/fakegraph/server/internal/identity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// seeds is what every tenant starts with: fixture documents, read and checked.
type seeds struct {
	names []string
	list  []graph.Seed
	image []byte // a store whose default tenant holds them; nil when it is not kept
}

// images keeps the seeds of built-in sets and a store made from each, so that
// the second server of a process copies bytes instead of replaying entities.
// What is in it never changes once made.
var images sync.Map // names, comma-separated -> func() (*seeds, error)

// loadFixtures reads the configured fixtures, or says all that is wrong with
// them.
func (s *Server) loadFixtures() error {
	names := s.config.fixtures
	if len(names) == 0 {
		names = []string{"demo"}
	}
	var err error
	s.fixtures, err = s.seedsOf(names)
	return err
}

func (s *Server) seedsOf(names []string) (*seeds, error) {
	if len(s.config.openapi) > 0 || !builtIn(names) {
		return readSeeds(s.catalogue, names)
	}
	catalogue := s.catalogue
	made, _ := images.LoadOrStore(strings.Join(names, ","), sync.OnceValues(func() (*seeds, error) {
		return pressed(catalogue, names)
	}))
	return made.(func() (*seeds, error))()
}

func builtIn(names []string) bool {
	known := append(fixtures.BuiltIns(), "none")
	return !slices.ContainsFunc(names, func(name string) bool { return !slices.Contains(known, name) })
}

// pressed reads seeds and makes the image of a store that holds them.
func pressed(c *openapi.Catalogue, names []string) (*seeds, error) {
	made, err := readSeeds(c, names)
	if err != nil {
		return nil, err
	}
	scratch, err := store.Open(store.Options{Standing: standing})
	if err != nil {
		return nil, err
	}
	defer scratch.Close()
	err = scratch.Update(func(tx store.Writer) error {
		if err := made.plant(tx, identity.DefaultTenantID); err != nil {
			return err
		}
		return tx.SetValue(tenantSpace, identity.DefaultTenantID, []byte{1})
	})
	if err != nil {
		return nil, err
	}
	made.image, err = scratch.Image()
	return made, err
}

// readSeeds loads fixtures by name and checks them against the catalogue.
func readSeeds(c *openapi.Catalogue, names []string) (*seeds, error) {
	made := &seeds{names: names}
	var all []fixtures.Problem
	var errs []error
	for _, name := range names {
		documents, problems, err := fixtures.Load(name)
		if err != nil {
			errs = append(errs, err)
		}
		all = append(all, problems...)
		for _, d := range documents {
			all = append(all, d.Check(c)...)
			made.list = append(made.list, seedsIn(c, d)...)
		}
	}
	return made, errors.Join(append(errs, fixtures.Refuse(all))...)
}

// seedsIn turns a fixture document into what package graph plants.
func seedsIn(c *openapi.Catalogue, d *fixtures.Document) []graph.Seed {
	version := c.Version(d.Version)
	if version == nil {
		return nil // a problem that Check reports
	}
	list := make([]graph.Seed, len(d.Entries))
	for i, entry := range d.Entries {
		list[i] = graph.Seed{Version: version, Path: entry.Path, Items: make([]graph.SeedItem, len(entry.Entities))}
		for j, e := range entry.Entities {
			list[i].Items[j] = graph.SeedItem{ID: e.ID, JSON: e.JSON, Binds: bindsOf(e.Binds)}
		}
	}
	return list
}

func bindsOf(binds []fixtures.Bind) []graph.SeedBind {
	list := make([]graph.SeedBind, len(binds))
	for i, b := range binds {
		list[i] = graph.SeedBind{Navigation: b.Navigation, Targets: b.Targets}
	}
	return list
}

// plant stores the seeds in a tenant.
func (s *seeds) plant(tx store.Writer, tenant string) error {
	set, err := checkedBehaviors()
	if err != nil {
		return err
	}
	if err := graph.Plant(tx, tenant, s.of(tenant), set); err != nil {
		return fmt.Errorf("fixture: %w", err)
	}
	return plantGraph(tx, tenant)
}

// of is the seeds as a tenant has them: what names the default tenant means that
// tenant itself.
func (s *seeds) of(tenant string) []graph.Seed {
	if tenant == identity.DefaultTenantID {
		return s.list
	}
	list := make([]graph.Seed, len(s.list))
	for i, seed := range s.list {
		list[i] = graph.Seed{Version: seed.Version, Path: inTenant(seed.Path, url.PathEscape(tenant)), Items: make([]graph.SeedItem, len(seed.Items))}
		for j, item := range seed.Items {
			list[i].Items[j] = itemIn(item, tenant)
		}
	}
	return list
}

// itemIn is a seed's item as a tenant has it.
func itemIn(item graph.SeedItem, tenant string) graph.SeedItem {
	item.ID = inTenant(item.ID, tenant)
	if bytes.Contains(item.JSON, []byte(identity.DefaultTenantID)) {
		quoted, _ := json.Marshal(tenant) // of a string: cannot fail
		item.JSON = bytes.ReplaceAll(item.JSON, []byte(identity.DefaultTenantID), quoted[1:len(quoted)-1])
	}
	binds := make([]graph.SeedBind, len(item.Binds))
	for i, b := range item.Binds {
		binds[i] = graph.SeedBind{Navigation: b.Navigation, Targets: make([]string, len(b.Targets))}
		for j, target := range b.Targets {
			binds[i].Targets[j] = inTenant(target, url.PathEscape(tenant))
		}
	}
	item.Binds = binds
	return item
}

func inTenant(text, tenant string) string {
	return strings.ReplaceAll(text, identity.DefaultTenantID, tenant)
}
