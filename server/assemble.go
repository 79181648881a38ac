package server

import (
	"bytes"
	"crypto/rsa"
	"errors"

	"golang.org/x/sync/semaphore"

	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server/internal/control"
	"github.com/fakegraph/fakegraph/server/internal/edge"
	"github.com/fakegraph/fakegraph/server/internal/graph"
	"github.com/fakegraph/fakegraph/server/internal/identity"
	"github.com/fakegraph/fakegraph/server/internal/journal"
	"github.com/fakegraph/fakegraph/server/internal/metrics"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// loadDocuments reads fixtures and scenarios, or says all that is wrong with
// either.
func (s *Server) loadDocuments() error { return errors.Join(s.loadFixtures(), s.loadScenarios()) }

// loadScenarios reads the configured scenarios, or says all that is wrong with
// them.
func (s *Server) loadScenarios() error {
	s.scenarios = scenarios.NewEngine()
	s.reloading.seen = scenarios.Stamps(s.config.scenarios)
	list, err := readScenarios(s.config.scenarios)
	if err != nil {
		return err
	}
	s.reloading.loaded = list
	return s.scenarios.Add(list, "")
}

// openStore opens the configured file, or a store in memory that starts from
// the image of its fixtures, and gives the default tenant its fixtures.
func (s *Server) openStore() error {
	options := store.Options{Path: s.config.data, Standing: standing, Happened: s.notifier.Wake}
	if s.config.data == "" {
		options.Image = s.fixtures.image
	}
	opened, err := store.Open(options)
	if err != nil {
		return err
	}
	s.store = opened
	if s.config.data != "" {
		if err := graph.Reindex(opened); err != nil {
			return err
		}
	}
	return s.plant(identity.DefaultTenantID)
}

// notesSuffix names the file beside the data file that has what logs are to tell.
const notesSuffix = "-notes"

// assemble puts the parts together.
func (s *Server) assemble() error {
	set, err := checkedBehaviors()
	if err != nil {
		return err
	}
	secret, err := s.secret()
	if err != nil {
		return err
	}
	s.graph = &graph.Engine{
		Store: s.store, Clock: s.clock, Behaviors: set, NewID: s.ids.next, Lenient: s.config.lenient,
		Catalogue: s.catalogue, Secret: secret, Handshake: s.handshake,
	}
	if s.config.data != "" {
		if s.notes, err = s.graph.Recall(s.config.data + notesSuffix); err != nil {
			return err
		}
	}
	d := directory{s}
	s.identity = identity.New(identity.Config{
		Mode: identity.Mode(s.config.auth), Clock: s.clock, NewID: s.ids.next, Key: s.signingKey(), Cloud: s.config.cloud,
		DefaultApp: demoApp,
		Tenants:    s.knownTenant, Apps: d.app, APIs: d.api, Users: d.user, Accounts: d.accounts, Granted: d.granted, Assigned: d.assigned, Required: d.required, Roles: d.roles, Groups: d.groups, Profile: d.profile, Holder: d.holder,
		Consent: d.consent, AdminConsent: d.adminConsent, Enrol: d.enrol, SignedIn: s.signedIn,
	})
	s.journal = journal.New(journal.Options{Entries: s.config.journal, Now: s.clock.Now, NearMisses: s.nearMisses})
	s.metrics = metrics.New(s.standing())
	s.admitted = semaphore.NewWeighted(int64(s.limits.Requests))
	s.reader = &edge.Reader{MaxBody: s.limits.Body, MaxContent: s.limits.Content, NewID: s.ids.next, TrustProxy: s.config.trusted}
	s.handler = s.routes(control.New(control.Options{
		Fake: &controlled{s}, Journal: s.journal, Scenarios: s.scenarios, Clock: s.clock,
		Metrics: s.metrics, Origin: s.reader.Origin, Pprof: s.config.pprof, TenantID: tenantID, DefaultTenant: identity.DefaultTenantID, AllowHosts: s.config.hosts,
	}))
	return nil
}

// signingKey finds the RSA key of this server's tokens: kept in the data file,
// so that tokens survive a restart, else one for the whole process.
func (s *Server) signingKey() func() (*rsa.PrivateKey, error) {
	if s.config.data == "" {
		return nil
	}
	return func() (key *rsa.PrivateKey, err error) {
		err = s.store.Update(func(tx store.Writer) error {
			if stored, ok := tx.Value(keySpace, keyName); ok {
				key, err = identity.ParseKey(stored)
				return err
			}
			key, err = newKey(tx)
			return err
		})
		return key, err
	}
}

// Where the store keeps the key that signs tokens, and the secret that seals
// delta tokens.
const (
	keySpace    = "identity"
	keyName     = "signing-key"
	secretSpace = "graph"
	secretName  = "secret"
)

// secret seals the tokens that clients bring back: kept in the data file, so
// that they survive a restart, else new for each server.
func (s *Server) secret() (secret []byte, err error) {
	secret = s.ids.secret[:]
	if s.config.data == "" {
		return secret, nil
	}
	err = s.store.Update(func(tx store.Writer) error {
		if stored, ok := tx.Value(secretSpace, secretName); ok {
			secret = bytes.Clone(stored)
			return nil
		}
		return tx.SetValue(secretSpace, secretName, secret)
	})
	return secret, err
}

func newKey(tx store.Writer) (*rsa.PrivateKey, error) {
	key, err := identity.NewKey()
	if err != nil {
		return nil, err
	}
	text, err := identity.MarshalKey(key)
	if err != nil {
		return nil, err
	}
	return key, tx.SetValue(keySpace, keyName, text)
}
