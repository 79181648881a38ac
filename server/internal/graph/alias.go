package graph

// aliases are root sets that are another door to one that has its place
// elsewhere: what is made through one is seen through both (C, graph-behaviour
// §14.11).
var aliases = map[string]string{
	"administrativeUnits": "directory/administrativeUnits",
	"connections":         "external/connections",
	"settings":            "groupSettings",

	"identity/conditionalAccess/authenticationStrength/policies": "policies/authenticationStrengthPolicies",
	"policies/conditionalAccessPolicies":                         "identity/conditionalAccess/policies",
}

// canonical is the name of a root set by whatever door.
func canonical(name string) string {
	if to := aliases[name]; to != "" {
		return to
	}
	return name
}
