package behavior

// Evidence for getTeamsLicensingDetails (the function's page in
// both versions, 2023 to 2025):
//   - documented: whether the user has a license for Teams.
//   - assumed (2026-11): it is one with a service plan of that name.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// teamsLicense tells whether a user has a license for Teams.
func teamsLicense(tx Tx, _ *Entity, _ entity.Object) (Result, *grapherr.Error) {
	licensed := false
	for detail := range tx.All(tx.Collection()) {
		for _, plan := range list(detail.Object, "servicePlans") {
			licensed = licensed || strings.HasPrefix(text(plan, "servicePlanName"), "TEAMS")
		}
	}
	return Object(fields("hasTeamsLicense", boolean(licensed))), nil
}
