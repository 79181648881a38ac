package server

import (
	"errors"
	"runtime"

	"github.com/fakegraph/fakegraph/fixtures"
	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/control"
	"github.com/fakegraph/fakegraph/server/internal/graph"
	"github.com/fakegraph/fakegraph/server/internal/identity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// controlled is a server as its control plane sees it.
type controlled struct{ *Server }

var _ control.Fake = (*controlled)(nil)

// Ready implements [control.Fake].
func (c *controlled) Ready() bool { return c.ready.Load() }

// Info implements [control.Fake].
func (c *controlled) Info() control.Info {
	s := c.Server
	build := BuildInfo()
	info := control.Info{
		Version: build.Version, Commit: build.Commit, GoVersion: runtime.Version(),
		Addresses: s.Addresses().list(), Fixtures: s.fixtures.names, Scenarios: s.config.scenarios,
		Auth: s.config.auth, Validation: s.validation(), Cloud: s.config.cloud,
		Versions: map[string]control.Counts{},
	}
	for _, v := range s.catalogue.Versions() {
		info.Versions[v.Name()] = control.Counts{Operations: v.Len(), EntityTypes: v.EntityTypes()}
	}
	return info
}

func (s *Server) validation() string {
	if s.config.lenient {
		return "lenient"
	}
	return "strict"
}

// Reset implements [control.Fake].
func (c *controlled) Reset(tenant string) error {
	s := c.Server
	if tenant != "" {
		tenant = tenantID(tenant)
	}
	if err := s.reset(tenant); err != nil {
		return err
	}
	s.graph.Forget(tenant)
	s.identity.Reset(tenant)
	s.scenarios.Reset(tenant)
	s.journal.Clear(tenant)
	if tenant == "" {
		s.clock.Reset()
		s.startClock()
	}
	return nil
}

// AddFixtures implements [control.Fake]: all of a document is stored or nothing.
func (c *controlled) AddFixtures(tenant string, d *fixtures.Document) []fixtures.Problem {
	s := c.Server
	tenant = tenantID(tenant)
	if problems := d.Check(s.catalogue); len(problems) > 0 {
		return problems
	}
	if err := s.plant(tenant); err != nil {
		return []fixtures.Problem{{Text: err.Error()}}
	}
	err := s.store.Update(func(tx store.Writer) error {
		return (&seeds{list: seedsIn(s.catalogue, d)}).plant(tx, tenant)
	})
	s.graph.Added(tenant)
	return planted(d, err)
}

// planted turns what the store refused into a problem with its path.
func planted(d *fixtures.Document, err error) []fixtures.Problem {
	if err == nil {
		return nil
	}
	p := fixtures.Problem{Text: err.Error(), Kind: "store"}
	p.File = d.File
	var seed *graph.SeedError
	if errors.As(err, &seed) {
		p.Place, p.Path, p.Text = placeOf(d, seed), seed.Path, seed.Text
	}
	return []fixtures.Problem{p}
}

// placeOf is where an item stands in its document.
func placeOf(d *fixtures.Document, at *graph.SeedError) fixtures.Place {
	for _, e := range d.Entries {
		if e.Path == at.Path && at.Item < len(e.Entities) {
			return e.Entities[at.Item].Place
		}
	}
	return fixtures.Place{File: d.File}
}

// ExportFixtures implements [control.Fake]. What a version cannot address, such
// as what a behaviour keeps for itself, is left out.
func (c *controlled) ExportFixtures(tenant, version string) ([]fixtures.Entry, error) {
	s := c.Server
	v := s.catalogue.Version(version)
	if v == nil {
		return nil, errors.New("no version " + quote(version))
	}
	tenant = tenantID(tenant)
	if err := s.plant(tenant); err != nil {
		return nil, err
	}
	var entries []fixtures.Entry
	err := s.store.View(func(tx store.Reader) error {
		for _, h := range graph.Harvest(tx, tenant) {
			if target, err := v.Resolve(h.Path, nil); err == nil {
				last := target.Segments[len(target.Segments)-1]
				several := last.Kind == openapi.SetSegment || last.Collection() // v1.0 may have one where beta has several
				h.Single = !several && (h.Single || len(h.Items) == 1)
				if entry := entryOf(h); len(entry.Entities) > 0 {
					entries = append(entries, entry)
				}
			}
		}
		return nil
	})
	return entries, err
}

func entryOf(h graph.Harvested) fixtures.Entry {
	entry := fixtures.Entry{Path: h.Path, Single: h.Single, Entities: make([]fixtures.Entity, 0, len(h.Items))}
	for _, item := range h.Items {
		if !isStanding(h.Path, item.ID, item.JSON) {
			entry.Entities = append(entry.Entities, fixtures.Entity{ID: item.ID, JSON: item.JSON})
		}
	}
	return entry
}

// Mint implements [control.Fake].
func (c *controlled) Mint(r identity.MintRequest) (identity.Minted, error) {
	r.Tenant = tenantID(r.Tenant)
	if err := c.plant(r.Tenant); err != nil {
		return identity.Minted{}, err
	}
	return c.identity.Mint(r)
}

// CA implements [control.Fake].
func (c *controlled) CA() []byte {
	pem, err := c.Server.CACertificate()
	if err != nil {
		c.log.Error().Err(err).Msg("no CA certificate")
	}
	return pem
}

// Document implements [control.Fake].
func (c *controlled) Document(version, path string) ([]byte, error) {
	v := c.catalogue.Version(version)
	if v == nil {
		return nil, errors.New("no version " + quote(version))
	}
	return v.Document(path)
}

// Coverage implements [control.Fake].
func (c *controlled) Coverage() any { return coverageOf(c.catalogue, c.graph.Behaviors) }
