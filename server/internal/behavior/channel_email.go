package behavior

// Evidence for the mail address of a channel (pages channel: provisionEmail and
// removeEmail, 2021 to 2024):
//   - documented: 200 with the address, which the channel has from then on; a channel
//     that has one keeps it; 204 when it is removed; channels are made without.
//   - assumed (2026-11): the form of the address.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

func provisionEmail(tx Tx, channel *Entity, _ entity.Object) (Result, *grapherr.Error) {
	if text(channel.Object, "email") == "" {
		channel.SetString("email", hexSum(channel.ID)[:8]+".contoso.com@amer.teams.ms")
	}
	return Object(fields("email", jsonOf(channel.Object, "email"))), nil
}
