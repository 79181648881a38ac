package behavior

// Evidence for pinnedChatMessageInfo (pages chat: create, list and delete pinned
// messages, 2022 to 2025):
//   - documented: a message is bound when it is pinned, its id is that of the pinned
//     one too, message is expanded.
//   - assumed (2026-11): pinning again is a conflict; the text of the refusal.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// PinnedMessage is a message that a chat shows on top.
type PinnedMessage struct{}

var _ Creator = PinnedMessage{}

// Create implements [Creator].
func (PinnedMessage) Create(tx Tx, e *Entity) *grapherr.Error {
	target, ok := tx.Annotation("message@odata.bind")
	if !ok {
		return &grapherr.Error{Status: 400, Code: "BadRequest", Message: "The message to pin is missing: bind it with message@odata.bind."}
	}
	id := strings.Trim(target[strings.LastIndexAny(strings.TrimSuffix(target, "')"), "/(")+1:], "()'")
	e.ID = id
	e.SetString("id", id)
	return nil
}
