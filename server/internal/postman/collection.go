// Package postman writes Postman files: a collection (format v2.1) of requests
// that the fake answers, in folders by area, and the environment with its
// variables.
//
// It knows the catalogue and nothing of a server. Start reading at [Collection].
package postman

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
)

// schema names the format of the collection.
const schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"

// Areas are those that a collection holds when nobody names any: what most
// programs call.
var Areas = []string{"me", "users", "groups", "applications", "servicePrincipals", "directoryRoles", "deviceManagement/virtualEndpoint"}

// Selection says which operations a collection holds.
type Selection struct {
	Versions []*openapi.Version
	Areas    []string // beginnings of paths, such as "users"; nil means Areas
	All      bool     // operations that no page documents, too
}

// collection and the types below are the parts of the format that we use.
type collection struct {
	Info     info       `json:"info"`
	Auth     auth       `json:"auth"`
	Event    []event    `json:"event"`
	Variable []variable `json:"variable"`
	Item     []*folder  `json:"item"`
}

type info struct {
	Name   string `json:"name"`
	ID     string `json:"_postman_id"`
	About  string `json:"description"`
	Schema string `json:"schema"`
}

type auth struct {
	Type   string     `json:"type"`
	Bearer []variable `json:"bearer"`
}

type variable struct {
	Key   string `json:"key"`
	Value string `json:"value"`
	Type  string `json:"type,omitempty"`
}

type event struct {
	Listen string `json:"listen"`
	Script script `json:"script"`
}

type script struct {
	Type string   `json:"type"`
	Exec []string `json:"exec"`
}

type folder struct {
	Name string `json:"name"`
	Item []any  `json:"item"` // folders and requests
}

// test is run after every request: a fake that breaks fails the run.
var test = event{"test", script{"text/javascript", []string{
	`pm.test("the fake answers", () => pm.expect(pm.response.code).to.be.below(500));`,
}}}

// Collection builds the collection of a selection. Marshalled, equal catalogues
// give equal bytes.
func Collection(s Selection) any {
	c := &collection{
		Info: info{"fakegraph", "fa4e64a9-0000-4000-8000-000000000001",
			"Requests that a local fake of Microsoft Graph answers. Variables: baseUrl, token, and one for each key of a path.", schema},
		Auth:     auth{"bearer", []variable{{"token", "{{token}}", "string"}}},
		Event:    []event{test},
		Variable: []variable{{Key: "baseUrl", Value: "http://127.0.0.1:8880"}, {Key: "token", Value: "test"}},
	}
	areas := s.Areas
	if areas == nil {
		areas = Areas
	}
	for _, v := range s.Versions {
		top := &folder{Name: v.Name(), Item: []any{}}
		for _, area := range areas {
			if f := areaFolder(v, area, s.All); len(f.Item) > 0 {
				top.Item = append(top.Item, f)
			}
		}
		c.Item = append(c.Item, top)
	}
	return c
}

// areaFolder holds the operations below one path.
func areaFolder(v *openapi.Version, area string, all bool) *folder {
	f := &folder{Name: area}
	for op := range v.Operations() {
		if within(op.Template, area) && (all || op.StatusSource() == "documented") {
			f.Item = append(f.Item, newRequest(v, op))
		}
	}
	return f
}

// within reports whether a template lies below an area: whole segments, with
// parentheses of alternate keys.
func within(template, area string) bool {
	rest, ok := strings.CutPrefix(template[1:], strings.Trim(area, "/"))
	return ok && (rest == "" || rest[0] == '/' || rest[0] == '(')
}
