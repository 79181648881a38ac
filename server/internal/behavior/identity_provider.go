package behavior

// Evidence for identityProviderBase:
//   - documented: the types that a directory of Microsoft Entra can have (page
//     identityproviderbase-availableprovidertypes).

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

func availableProviderTypes(Tx, *Entity, entity.Object) (Result, *grapherr.Error) {
	return Result{Values: json.RawMessage(`["MicrosoftAccount","EmailOTP","Facebook","Google"]`)}, nil
}
