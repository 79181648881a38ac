package server

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/fixtures"
	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
)

// What every tenant has fits the model: the place, and each value in one version
// at least.
func TestStandingFits(t *testing.T) {
	c, err := openapi.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range behavior.StandingList() {
		for _, row := range s.Rows() {
			row = strings.NewReplacer("{tenant}", "x", "{owner}", "x").Replace(row)
			if wrong := unfitting(c, standingPath(s), s.Single, row); len(wrong) > 0 {
				t.Errorf("%s\n%s", row, strings.Join(wrong, "\n"))
			}
		}
	}
}

// standingPath is a path that leads there.
func standingPath(s behavior.Standing) string {
	owner, name, _ := strings.Cut(s.Navigation, "/")
	owner = strings.TrimSuffix(owner, "Settings")
	name = s.Under + name
	switch owner {
	case "microsoft.graph.driveItem":
		return "/drives/x/items/x/" + name
	case "microsoft.graph.calendar":
		return "/users/x/calendars/x/" + name
	case "microsoft.graph.listItem":
		return "/sites/x/lists/x/items/x/" + name
	case "microsoft.graph.site", "microsoft.graph.itemAnalytics":
		return "/sites/x/" + name
	case "microsoft.graph.user", "microsoft.graph.security.informationProtection":
		return "/users/x/" + name
	case "microsoft.graph.organization":
		return "/organization/x/" + name
	case "microsoft.graph.servicePrincipal":
		return "/servicePrincipals/x/" + name
	case "microsoft.graph.synchronizationJob":
		return "/servicePrincipals/x/synchronization/jobs/x/" + name
	case "microsoft.graph.security.ediscoveryCase":
		return "/security/cases/ediscoveryCases/x/" + name
	}
	if at := standingOwners[strings.TrimPrefix(owner, "microsoft.graph.")]; at != "" {
		return at + "/x/" + name
	}
	return s.Navigation
}

// standingOwners are where the owners of what stands are.
var standingOwners = map[string]string{
	"deviceConfiguration": "/deviceManagement/deviceConfigurations", "managedEBook": "/deviceAppManagement/managedEBooks",
	"deviceCompliancePolicy": "/deviceManagement/deviceCompliancePolicies", "managedDeviceMobileAppConfiguration": "/deviceAppManagement/mobileAppConfigurations",
	"deviceManagementIntent": "/deviceManagement/intents", "deviceManagementScript": "/deviceManagement/deviceManagementScripts",
	"deviceShellScript": "/deviceManagement/deviceShellScripts", "deviceCustomAttributeShellScript": "/deviceManagement/deviceCustomAttributeShellScripts",
	"deviceHealthScript": "/deviceManagement/deviceHealthScripts", "unifiedRoleManagementPolicy": "/policies/roleManagementPolicies", "deviceComplianceScript": "/deviceManagement/deviceComplianceScripts",
}

// unfitting says what all versions have against a row.
func unfitting(c *openapi.Catalogue, path string, single bool, row string) (wrong []string) {
	if !single {
		row = "[" + row + "]"
	}
	for i, v := range c.Versions() {
		d, problems := fixtures.Parse("standing", fmt.Appendf(nil, `{"version":%q,"entities":{%q:%s}}`, v.Name(), path, row))
		var texts []string
		for _, p := range append(problems, d.Check(c)...) {
			texts = append(texts, p.Path+": "+p.Kind)
		}
		if i == 0 {
			wrong = texts
			continue
		}
		wrong = slices.DeleteFunc(wrong, func(text string) bool { return !slices.Contains(texts, text) })
	}
	return wrong
}
