package behavior

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Evidence for crossTenantAccessPolicyConfigurationDefault (pages get, update and
// resetToSystemDefault, 2022 to 2025):
//   - documented: isServiceDefault says whether somebody has changed it; the reset
//     brings the service's values back and answers nothing.

const defaultAccess = "policies/crossTenantAccessPolicy/default"

// DefaultAccess is the tenant's own as soon as it is changed.
type DefaultAccess struct{}

var _ Updater = DefaultAccess{}

// Update implements [Updater].
func (DefaultAccess) Update(_ Tx, _, change entity.Object, after *Entity) *grapherr.Error {
	if len(change) > 0 {
		after.Set("isServiceDefault", []byte("false"))
	}
	return nil
}

func resetDefaultAccess(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	stands, _ := StandingIn(defaultAccess, "", tx.Tenant())
	for _, m := range stands.Object {
		bound.Set(m.Name, m.Value)
	}
	return Result{}, nil
}
