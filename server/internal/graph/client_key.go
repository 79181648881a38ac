package graph

import (
	"encoding/json"
	"strconv"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// clientKeys are the types whose key the client chooses on create (D,
// graph-behaviour §3.3): names of domains and policies, and the ids of things
// that another system has already.
var clientKeys = map[string]bool{
	"microsoft.graph.domain":                                true,
	"microsoft.graph.schemaExtension":                       true,
	"microsoft.graph.authenticationContextClassReference":   true,
	"microsoft.graph.permissionGrantPolicy":                 true,
	"microsoft.graph.audioRoutingGroup":                     true,
	"microsoft.graph.b2cIdentityUserFlow":                   true,
	"microsoft.graph.b2xIdentityUserFlow":                   true,
	"microsoft.graph.trustFrameworkKeySet":                  true,
	"microsoft.graph.shift":                                 true,
	"microsoft.graph.openShift":                             true,
	"microsoft.graph.timeOff":                               true,
	"microsoft.graph.timeOffReason":                         true,
	"microsoft.graph.schedulingGroup":                       true,
	"microsoft.graph.externalConnectors.externalConnection": true,
	"microsoft.graph.externalConnectors.externalGroup":      true,
	"microsoft.graph.externalConnectors.externalItem":       true,
	"microsoft.graph.externalConnectors.identity":           true,
}

// ownKey is the property that is the key of a type in place of id, as tenantId of
// a partner (M); "" for all others.
func ownKey(t *openapi.Type) string {
	if t == nil {
		return ""
	}
	if keys := t.Keys(); len(keys) == 1 && keys[0] != "id" {
		return keys[0]
	}
	return ""
}

// givenKey is the id that an object gives itself by the key of its type, "" for
// none. get finds its members.
func givenKey(t *openapi.Type, get func(name string) (json.RawMessage, bool)) string {
	name := ownKey(t)
	if name == "" {
		return ""
	}
	raw, _ := get(name)
	if text, ok := entity.Unquote(raw); ok {
		return text
	}
	if len(raw) > 0 && !isNull(raw) {
		return string(raw)
	}
	return ""
}

// takeKey gives an object its key as the property of its type that is one; a text
// that is no number is none for a property of numbers.
func takeKey(o *entity.Object, t *openapi.Type, key string) {
	name := ownKey(t)
	if name == "" || o.Has(name) {
		return
	}
	p := t.Property(name)
	if p == nil || p.Type.Name == "Edm.String" || p.Type.Name == "Edm.Guid" {
		o.SetString(name, key)
		return
	}
	if _, err := strconv.Atoi(key); err == nil {
		o.Set(name, []byte(key))
	}
}
