package behavior

// Evidence for inferenceClassification and its overrides (page: create override,
// 2023 to 2024):
//   - documented: every mailbox has one; a second override for an address changes the
//     first, which is answered with 201 all the same; a mailbox has 1000 at most.
//   - assumed (2026-11): the text of the refusal of more.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// mostOverrides is how many senders a mailbox has overrides for.
const mostOverrides = 1000

// overrideSender says how messages of a sender are classified from now on.
func overrideSender(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	address, n := text(inner(p, "senderEmailAddress"), "address"), 0
	if address == "" || text(p, "classifyAs") == "" {
		return Result{}, grapherr.Rule("outlook", "ErrorInvalidRequest", "An override needs classifyAs and the address of the sender.")
	}
	for e := range tx.All(tx.Collection()) {
		if n++; !strings.EqualFold(text(inner(e.Object, "senderEmailAddress"), "address"), address) {
			continue
		}
		changed := e.Clone()
		for _, m := range p {
			changed.Set(m.Name, m.Value)
		}
		e.Object = changed
		return Result{Entity: &e, Status: 201}, tx.Replace(e.Ref, changed)
	}
	if n >= mostOverrides {
		return Result{}, grapherr.Rule("outlook", "ErrorInvalidRequest", "The mailbox has the most overrides that it can have.")
	}
	made, fault := tx.Insert(tx.Collection(), Entity{Object: p.Clone()})
	return Result{Entity: &made, Status: 201}, fault
}
