package scenarios

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// ErrExists says that a scope has a scenario of that name already.
var ErrExists = errors.New("there is a scenario of that name already (replace or remove it first)")

// Engine holds the scenarios of one server and their counters. Scenarios are for
// every tenant or for one; counters are kept for each tenant, so that parallel
// tests with a tenant each do not meet. All methods may be called by many
// goroutines; a request that is being decided sees the scenarios before a change
// or after it, never a part. The zero Engine is empty and ready.
type Engine struct {
	mu     sync.Mutex // held by those who change the set
	loaded atomic.Pointer[scenarioSet]
	waits  waits

	injected atomic.Uint64 // numbers the names of rules that were injected
}

// scenarioSet is all scenarios at one time; it does not change.
type scenarioSet struct {
	every *scope            // nil when there are none
	own   map[string]*scope // by tenant in lower case

	lags, moves bool // that any scenario has lag or transitions
}

// scope is the scenarios of one tenant alone, or those of every tenant.
type scope struct {
	all   []*active
	index index
}

func newScope(all []*active) *scope { return &scope{all, newIndex(all)} }

// list returns the scenarios; the scope may be nil.
func (s *scope) list() []*active {
	if s == nil {
		return nil
	}
	return s.all
}

// NewEngine returns an engine without scenarios.
func NewEngine() *Engine { return &Engine{} }

// Add adds scenarios for a tenant, or for every tenant when that is "". It adds
// all or, with an error, none; the error wraps ErrExists when a name is taken.
func (e *Engine) Add(scenarios []Scenario, tenant string) error {
	added, err := activate(scenarios, tenant)
	if err != nil {
		return err
	}
	return e.change(tenant, func(scope []*active) ([]*active, error) {
		return join(scope, added)
	})
}

// Replace puts scenarios in the place of all those of a scope.
func (e *Engine) Replace(scenarios []Scenario, tenant string) error {
	added, err := activate(scenarios, tenant)
	if err != nil {
		return err
	}
	return e.change(tenant, func([]*active) ([]*active, error) { return join(nil, added) })
}

// Put adds a scenario, or replaces the one of its name in its place, and reports
// whether it was added. Its counters begin anew.
func (e *Engine) Put(s Scenario, tenant string) (created bool, err error) {
	added, err := activate([]Scenario{s}, tenant)
	if err != nil {
		return false, err
	}
	err = e.change(tenant, func(scope []*active) ([]*active, error) {
		if i := find(scope, s.Name); i >= 0 {
			scope[i] = added[0]
			return scope, nil
		}
		created = true
		return append(scope, added...), nil
	})
	return created, err
}

// Swap puts what documents say now in the place of what they said before: the
// scenarios that are new or changed begin anew, those that are gone are removed,
// and those that stayed the same keep their counters and their switch. With an
// error, such as a name that somebody else has taken, nothing changes.
func (e *Engine) Swap(before, now []Scenario, tenant string) error {
	added, err := activate(now, tenant)
	if err != nil {
		return err
	}
	return e.change(tenant, func(scope []*active) ([]*active, error) {
		stays := func(name string) bool { return same(named(before, name), named(now, name)) }
		scope = slices.DeleteFunc(scope, func(a *active) bool {
			return named(before, a.scenario.Name) != nil && named(now, a.scenario.Name) == nil
		})
		for _, a := range added {
			i, name := find(scope, a.scenario.Name), a.scenario.Name
			switch {
			case i >= 0 && named(before, name) == nil:
				return nil, fmt.Errorf("scenario %q: %w", name, ErrExists)
			case stays(name): // also when it was removed meanwhile
			case i >= 0:
				scope[i] = a
			default:
				scope = append(scope, a)
			}
		}
		return scope, nil
	})
}

// named finds a scenario, or nil.
func named(list []Scenario, name string) *Scenario {
	if i := slices.IndexFunc(list, func(s Scenario) bool { return s.Name == name }); i >= 0 {
		return &list[i]
	}
	return nil
}

// same reports whether two documents say the same.
func same(a, b *Scenario) bool { return a != nil && b != nil && reflect.DeepEqual(a, b) }

// Remove removes a scenario from a scope and reports whether it was there.
func (e *Engine) Remove(name, tenant string) bool {
	removed := false
	_ = e.change(tenant, func(scope []*active) ([]*active, error) {
		if i := find(scope, name); i >= 0 {
			scope, removed = slices.Delete(scope, i, i+1), true
		}
		return scope, nil
	})
	return removed
}

// Switch turns a scenario of a scope on or off and keeps its counters. It reports
// whether the scenario is there.
func (e *Engine) Switch(name, tenant string, on bool) bool {
	there := false
	_ = e.change(tenant, func(scope []*active) ([]*active, error) {
		i := find(scope, name)
		if there = i >= 0; there {
			scope[i] = scope[i].switched(on)
		}
		return scope, nil
	})
	return there
}

// ResetScenario sets the counters of one scenario of a scope to zero, for the
// tenant or, with "", for all; it reports whether the scenario is there.
func (e *Engine) ResetScenario(name, tenant string) bool {
	set, tenant := e.loaded.Load(), strings.ToLower(tenant)
	if set == nil {
		return false
	}
	for _, scope := range [...]*scope{set.own[tenant], set.every} {
		if i := find(scope.list(), name); i >= 0 {
			scope.all[i].reset(tenant)
			return true
		}
	}
	return false
}

// Reset sets the counters of a tenant to zero, or all of them for "".
func (e *Engine) Reset(tenant string) {
	tenant = strings.ToLower(tenant)
	e.waits.reset(tenant)
	set := e.loaded.Load()
	if set == nil {
		return
	}
	for sc := range set.scopes() {
		for _, a := range sc.all {
			a.reset(tenant)
		}
	}
}

// change replaces the scenarios of a scope by what with makes of a copy.
func (e *Engine) change(tenant string, with func([]*active) ([]*active, error)) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	next := scenarioSet{own: map[string]*scope{}}
	if now := e.loaded.Load(); now != nil {
		next = scenarioSet{every: now.every, own: maps.Clone(now.own)}
	}
	tenant = strings.ToLower(tenant)
	all, err := with(slices.Clone(next.scope(tenant).list()))
	if err != nil {
		return err
	}
	switch {
	case tenant == "" && len(all) == 0:
		next.every = nil
	case tenant == "":
		next.every = newScope(all)
	case len(all) == 0:
		delete(next.own, tenant)
	default:
		next.own[tenant] = newScope(all)
	}
	if next.every == nil && len(next.own) == 0 {
		e.loaded.Store(nil)
		return nil
	}
	next.note()
	e.loaded.Store(&next)
	return nil
}

// note finds what the scenarios have at all, so that none is asked for more.
func (s *scenarioSet) note() {
	s.lags, s.moves = false, false
	for sc := range s.scopes() {
		for _, a := range sc.all {
			s.lags = s.lags || len(a.lag) > 0
			s.moves = s.moves || len(a.moving) > 0
		}
	}
}

// scopes yields that of every tenant, if there is one, and those of tenants.
func (s *scenarioSet) scopes() iter.Seq[*scope] {
	return func(yield func(*scope) bool) {
		if s.every != nil && !yield(s.every) {
			return
		}
		for _, sc := range s.own {
			if !yield(sc) {
				return
			}
		}
	}
}

// scope returns the scenarios of a tenant alone, or those of every tenant for "".
func (s *scenarioSet) scope(tenant string) *scope {
	if tenant == "" {
		return s.every
	}
	return s.own[tenant]
}

// activate makes scenarios ready. It takes them through the reader, so that one
// written in Go is held to the same checks as one in a file.
func activate(scenarios []Scenario, tenant string) ([]*active, error) {
	var all []*active
	for _, s := range scenarios {
		data, err := json.Marshal(s)
		if err != nil {
			return nil, fmt.Errorf("scenario %q: %w", s.Name, err)
		}
		read, problems := Parse("", data)
		if len(problems) > 0 {
			return nil, problemsError(s.Name, problems)
		}
		all = append(all, newActive(read[0], strings.ToLower(tenant)))
	}
	return all, nil
}

// problemsError words all problems of a scenario that has no file.
func problemsError(name string, problems []Problem) error {
	errs := make([]error, len(problems))
	for i, p := range problems {
		p.Line, p.Column = 0, 0
		errs[i] = fmt.Errorf("scenario %q: %s", name, p)
	}
	return errors.Join(errs...)
}

// join appends scenarios whose names are not taken.
func join(scope, added []*active) ([]*active, error) {
	for _, a := range added {
		if find(scope, a.scenario.Name) >= 0 {
			return nil, fmt.Errorf("scenario %q: %w", a.scenario.Name, ErrExists)
		}
		scope = append(scope, a)
	}
	return scope, nil
}

func find(scope []*active, name string) int {
	return slices.IndexFunc(scope, func(a *active) bool { return a.scenario.Name == name })
}
