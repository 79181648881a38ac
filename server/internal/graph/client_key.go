package graph

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
