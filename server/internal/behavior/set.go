package behavior

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Set finds behaviours. It is read-only after [NewSet] and shared.
type Set struct {
	types      map[string]any
	operations map[string]any
}

// NewSet indexes registrations. Registering nothing useful, or anything twice,
// is an error; all of them are reported.
func NewSet(list []Registration) (*Set, error) {
	s := &Set{types: map[string]any{}, operations: map[string]any{}}
	var errs []error
	for _, r := range list {
		if err := s.add(r); err != nil {
			errs = append(errs, err)
		}
	}
	return s, errors.Join(errs...)
}

func (s *Set) add(r Registration) error {
	index, name := s.types, r.Type
	if r.Operation != "" {
		index, name = s.operations, OperationName(r.Operation)
	}
	switch {
	case (r.Type == "") == (r.Operation == ""):
		return fmt.Errorf("behaviour %T: want either a type or an operation", r.Behavior)
	case !implements(r.Behavior):
		return fmt.Errorf("behaviour %T of %s: implements no interface of package behavior", r.Behavior, name)
	case index[name] != nil:
		return fmt.Errorf("behaviour of %s: registered twice (%T and %T)", name, index[name], r.Behavior)
	}
	index[name] = r.Behavior
	return nil
}

func implements(b any) bool {
	switch b.(type) {
	case Creator, Updater, Invoker, Receiver, Renderer, Redirector:
		return true
	}
	return false
}

// OperationName is the form in which operations are compared: the method, a
// blank, and the template with every key written {id}.
func OperationName(name string) string {
	parts := strings.Split(name, "/")
	for i, p := range parts {
		if strings.HasPrefix(p, "{") && strings.HasSuffix(p, "}") {
			parts[i] = "{id}"
		}
	}
	return strings.Join(parts, "/")
}

// Type returns the behaviour of an entity type, or nil.
func (s *Set) Type(name string) any { return s.types[name] }

// Operation returns the behaviour of an operation, or nil.
func (s *Set) Operation(method, template string) any {
	return s.operations[OperationName(method+" "+template)]
}

// Types and Operations list what is registered, sorted; the catalogue must
// know each.
func (s *Set) Types() []string      { return sorted(s.types) }
func (s *Set) Operations() []string { return sorted(s.operations) }

func sorted(m map[string]any) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
