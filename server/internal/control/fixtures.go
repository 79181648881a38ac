package control

import (
	"cmp"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/fixtures"
)

const yamlType = "application/yaml"

// exportVersion is the version of an export that asks for none. beta has
// nearly all of what v1.0 has, and a state made through beta fits no other.
const exportVersion = "beta"

// exportFixtures answers with a tenant's state in the form that POST takes.
func (c *control) exportFixtures(r *request) reply {
	version := cmp.Or(r.query.Get("version"), exportVersion)
	versions := c.Fake.Info().Versions
	if _, offered := versions[version]; !offered {
		known := strings.Join(slices.Sorted(maps.Keys(versions)), ", ")
		return problem(http.StatusBadRequest, "no version %q (known: %s)", version, known)
	}
	mediaType, marshal := jsonType, fixtures.MarshalJSON
	switch format := cmp.Or(r.query.Get("format"), preferred(r.accept)); format {
	case "json":
	case "yaml":
		mediaType, marshal = yamlType, fixtures.Marshal
	default:
		return problem(http.StatusBadRequest, "no format %q (known: json, yaml)", format)
	}
	entries, err := c.Fake.ExportFixtures(c.fixtureTenant(r), version)
	if err != nil {
		return problem(http.StatusInternalServerError, "export: %v", err)
	}
	document, err := marshal(version, entries)
	if err != nil {
		return problem(http.StatusInternalServerError, "export: %v", err)
	}
	return text(mediaType, document)
}

// fixtureTenant is the tenant whose state is meant.
func (c *control) fixtureTenant(r *request) string { return cmp.Or(r.tenant, c.DefaultTenant) }

// preferred is the format that an Accept header likes best: json, unless yaml
// is named with a higher weight or before it.
func preferred(accept string) string {
	best, weight := "json", 0.0
	for item := range strings.SplitSeq(accept, ",") {
		mediaType, parameters, err := mime.ParseMediaType(item)
		if err != nil {
			continue
		}
		q, err := strconv.ParseFloat(cmp.Or(parameters["q"], "1"), 64)
		if err != nil || q <= weight {
			continue
		}
		switch {
		case strings.HasSuffix(mediaType, "yaml"): // also x-yaml and …+yaml
			best, weight = "yaml", q
		case strings.HasSuffix(mediaType, "json"):
			best, weight = "json", q
		}
	}
	return best
}

// addFixtures adds a document to a tenant. The parameter file is the document's
// name, which stands in problems and goes into the ids of entities without one.
func (c *control) addFixtures(r *request) reply {
	document, problems := fixtures.Parse(r.query.Get("file"), r.body)
	if len(problems) > 0 {
		return defective(fixtureDefects(problems))
	}
	if problems := c.Fake.AddFixtures(c.fixtureTenant(r), document); len(problems) > 0 {
		return defective(fixtureDefects(problems))
	}
	added := 0
	for _, e := range document.Entries {
		added += len(e.Entities)
	}
	return ok(map[string]int{"entities": added})
}
