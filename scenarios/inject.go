package scenarios

import (
	"slices"
	"strconv"
	"strings"
)

// injectedPrefix begins the names of scenarios that were made from rules alone.
const injectedPrefix = "injected-"

// Inject adds rules without a document around them, for a tenant or, with "",
// for every tenant. They are asked before all scenarios that were loaded, and
// after the rules that were injected before them. The name is that of the
// scenario that holds them: it can be read, switched and removed by it.
func (e *Engine) Inject(rules []Rule, tenant string) (name string, err error) {
	name = injectedPrefix + strconv.FormatUint(e.injected.Add(1), 10)
	added, err := activate([]Scenario{{Name: name, Description: "Injected.", Rules: rules}}, tenant)
	if err != nil {
		return "", err
	}
	return name, e.change(tenant, func(scope []*active) ([]*active, error) {
		at := slices.IndexFunc(scope, func(a *active) bool { return !strings.HasPrefix(a.scenario.Name, injectedPrefix) })
		if at < 0 {
			at = len(scope)
		}
		return slices.Insert(scope, at, added...), nil
	})
}
