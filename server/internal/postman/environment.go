package postman

import (
	"maps"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
)

// environment is a Postman environment.
type environment struct {
	ID     string    `json:"id"`
	Name   string    `json:"name"`
	Values []setting `json:"values"`
	Scope  string    `json:"_postman_variable_scope"`
}

type setting struct {
	Key     string `json:"key"`
	Value   string `json:"value"`
	Enabled bool   `json:"enabled"`
}

// demoKeys are keys of the set demo; others have a value that nothing has.
var demoKeys = map[string]string{
	"cloudPcExternalPartnerSetting-id": "b3548526-e615-3785-3118-be70b3968ec5",
	"cloudPcExternalPartner-id":        "b3548526-e615-3785-3118-be70b3968ec5",
}

const noKey = "00000000-0000-4000-8000-000000000000"

// Environment builds the variables that a selection's collection uses. keys are
// values of path parameters, such as "user-id"; the set demo's are known.
func Environment(s Selection, baseURL, token string, keys map[string]string) any {
	e := environment{ID: "fa4e64a9-0000-4000-8000-000000000002", Name: "fakegraph", Scope: "environment"}
	e.Values = []setting{{"baseUrl", baseURL, true}, {"token", token, true}}
	for _, name := range parameters(s) {
		value := noKey
		if known := demoKeys[name]; known != "" {
			value = known
		}
		if own := keys[name]; own != "" {
			value = own
		}
		e.Values = append(e.Values, setting{name, value, true})
	}
	return e
}

// parameters lists the keys in the paths of a selection.
func parameters(s Selection) []string {
	areas := s.Areas
	if areas == nil {
		areas = Areas
	}
	names := map[string]bool{"user-id": true}
	for _, v := range s.Versions {
		for op := range v.Operations() {
			if slices.ContainsFunc(areas, func(area string) bool { return within(op.Template, area) }) {
				collect(op, names)
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func collect(op *openapi.Operation, names map[string]bool) {
	for _, part := range strings.Split(withVariables(op), "{{")[1:] {
		name, _, _ := strings.Cut(part, "}}")
		names[name] = true
	}
}
