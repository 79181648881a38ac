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
	rules      map[string]*Rules
	bound      map[string]any
	operations map[string]any
	kept       map[string]any

	navigations map[string]any
	supplied    map[string]bool // names of navigations that some type has a supplier for
	listed      map[string]bool // names of navigations that some operation has a lister for
}

// NewSet indexes registrations. Registering nothing useful, or anything twice,
// is an error; all of them are reported.
func NewSet(list []Registration) (*Set, error) {
	s := &Set{types: map[string]any{}, rules: map[string]*Rules{}, bound: map[string]any{}, operations: map[string]any{}, kept: map[string]any{},
		navigations: map[string]any{}, supplied: map[string]bool{}, listed: map[string]bool{}}
	var errs []error
	for _, r := range list {
		if err := s.add(r); err != nil {
			errs = append(errs, err)
		}
	}
	return s, errors.Join(errs...)
}

func (s *Set) add(r Registration) error {
	index, name, ok := s.indexOf(r)
	switch {
	case !ok:
		return fmt.Errorf("behaviour %T: want one of a type, a bound operation and an operation", r.Behavior)
	case r.Rules != nil && r.Type == "":
		return fmt.Errorf("rules of %s: only types have them", name)
	case s.rules[r.Type] != nil && r.Rules != nil:
		return fmt.Errorf("rules of %s: registered twice", name)
	case r.Behavior == nil && r.Rules != nil:
		s.rules[r.Type] = r.Rules
		return nil
	case !fits(r):
		return fmt.Errorf("behaviour %T of %s: implements no interface of package behavior that fits", r.Behavior, name)
	case index[name] != nil:
		return fmt.Errorf("behaviour of %s: registered twice (%T and %T)", name, index[name], r.Behavior)
	}
	index[name] = r.Behavior
	if r.Navigation != "" {
		s.supplied[name[strings.LastIndexByte(name, '/')+1:]] = true
	}
	if _, lists := r.Behavior.(Lister); lists {
		s.listed[name[strings.LastIndexByte(name, '/')+1:]] = true
	}
	if r.Rules != nil {
		s.rules[r.Type] = r.Rules
	}
	return nil
}

// indexOf is where a registration belongs; false unless it names one thing.
func (s *Set) indexOf(r Registration) (index map[string]any, name string, ok bool) {
	named := 0
	for _, text := range []string{r.Type, r.Bound, r.Navigation, r.Operation, r.Kept} {
		if text != "" {
			named++
		}
	}
	switch {
	case r.Operation != "":
		index, name = s.operations, OperationName(r.Operation)
	case r.Bound != "":
		index, name = s.bound, r.Bound
	case r.Navigation != "":
		index, name = s.navigations, r.Navigation
	case r.Kept != "":
		index, name = s.kept, r.Kept
	default:
		index, name = s.types, r.Type
	}
	return index, name, named == 1
}

// fits reports whether a behaviour can do anything where it is registered.
func fits(r Registration) bool {
	if r.Type == "" {
		switch r.Behavior.(type) {
		case Supplier:
			return r.Navigation != ""
		case Keeper:
			return r.Kept != ""
		case Invoker:
			return r.Navigation == "" && r.Kept == ""
		case Lister, Tracker:
			return r.Operation != ""
		}
		return false
	}
	switch r.Behavior.(type) {
	case Creator, Created, Again, Planted, Updater, Deleter, Linker, Reader, Finder, Receiver, Renderer, Redirector, Locator, Taker, Amender, Presenter:
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

// BoundName is the form in which operations bound to a type are registered.
func BoundName(typeName string, collection bool, operation string) string {
	if collection {
		typeName = "Collection(" + typeName + ")"
	}
	return typeName + "/" + operation
}

// Type returns the behaviour of an entity type itself, or nil.
func (s *Set) Type(name string) any { return s.types[name] }

// Rules returns the rules of an entity type itself, or nil.
func (s *Set) Rules(name string) *Rules { return s.rules[name] }

// Bound returns the behaviour of an operation bound to a type itself, or to a
// collection of it, or nil.
func (s *Set) Bound(typeName string, collection bool, operation string) any {
	return s.bound[BoundName(typeName, collection, operation)]
}

// Supplied reports whether any type has a supplier for navigations of a name.
func (s *Set) Supplied(navigation string) bool { return s.supplied[navigation] }

// Listed reports whether any collection of a name has a lister.
func (s *Set) Listed(navigation string) bool { return s.listed[navigation] }

// Supplier returns the supplier of a type's own navigation; the type is "" for
// the service root.
func (s *Set) Supplier(typeName, navigation string) Supplier {
	found, _ := s.navigations[typeName+"/"+navigation].(Supplier)
	return found
}

// Operation returns the behaviour of an operation, or nil.
func (s *Set) Operation(method, template string) any {
	return s.operations[OperationName(method+" "+template)]
}

// Keeper returns the keeper of what functions that return a type lead to, or of
// what is below a type's own navigation, or nil.
func (s *Set) Keeper(name string) Keeper {
	found, _ := s.kept[name].(Keeper)
	return found
}

// Types, BoundNames, Operations and Kept list what is registered, sorted; the
// catalogue must know each.
func (s *Set) Types() []string {
	names := sorted(s.types)
	for name := range s.rules {
		if s.types[name] == nil {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}
func (s *Set) BoundNames() []string { return sorted(s.bound) }
func (s *Set) Operations() []string { return sorted(s.operations) }

func (s *Set) Kept() []string { return sorted(s.kept) }

func sorted(m map[string]any) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
