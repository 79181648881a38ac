package behavior

// Evidence for the secrets of synchronization (page
// synchronization-serviceprincipal-put-synchronization of v1.0, 2023;
// MicrosoftDocs/azure-docs#55184 for the read):
//   - documented: PUT keeps pairs of keys and values, and answers nothing.
//   - reported: GET lists them with their values masked.
//   - assumed (2026-11): a mask is one asterisk; a pair stays until its key comes again.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// keptSecrets is the hidden collection of what a service principal keeps.
const keptSecrets = HiddenPrefix + "synchronizationSecrets"

// shownSecrets lists what is kept, masked.
func shownSecrets(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	all := []entity.Object{}
	for e := range tx.All(Below(bound.Ref, keptSecrets)) {
		all = append(all, fields("key", jsonOf(e.Object, "key"), "value", `"*"`))
	}
	return Result{Values: arrayOf(all)}, nil
}

// keepSecrets keeps the pairs of a body.
func keepSecrets(tx Tx, bound *Entity, said entity.Object) (Result, *grapherr.Error) {
	home := Below(bound.Ref, keptSecrets)
	for _, pair := range list(said, "value") {
		o := fields("id", quoted(strings.ToLower(text(pair, "key"))), "key", or(jsonOf(pair, "key"), "null"), "value", or(jsonOf(pair, "value"), "null"))
		if _, fault := tx.Put(home, Entity{ID: text(o, "id"), Object: o}); fault != nil {
			return Result{}, fault
		}
	}
	return Result{}, nil
}
