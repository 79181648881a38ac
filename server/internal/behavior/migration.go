package behavior

// Evidence for importing into channels and chats (pages channel-startmigration,
// channel-completemigration and chat-completemigration, v1.0 2026):
//   - documented: starting turns migrationMode to inProgress and is 400 while it is
//     so; the moment given takes the place of createdDateTime and must be before it;
//     completing turns it to completed, after which it may be started again; 204.
//   - documented: without a moment the current time is used.
//   - assumed (2026-11): that leaves createdDateTime as it is; whatever is completed
//     may be, as channels can be created in migration; the texts of the refusals.

import (
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// migrations are the registrations of what can be imported into.
func migrations() (all []Registration) {
	for _, typ := range []string{"microsoft.graph.channel", "microsoft.graph.chat"} {
		all = append(all, Registration{Bound: typ + "/startMigration", Behavior: invoked(startMigration)},
			Registration{Bound: typ + "/completeMigration", Behavior: invoked(completeMigration)})
	}
	return all
}

func startMigration(_ Tx, e *Entity, p entity.Object) (Result, *grapherr.Error) {
	if text(e.Object, "migrationMode") == "inProgress" {
		return Result{}, grapherr.Rule("teams", "BadRequest", "The thread is already in migration mode.")
	}
	if said := text(p, "conversationCreationDateTime"); said != "" {
		began, err := time.Parse(time.RFC3339Nano, said)
		created, unknown := time.Parse(time.RFC3339Nano, text(e.Object, "createdDateTime"))
		if err != nil || unknown == nil && !began.Before(created) {
			return Result{}, grapherr.Rule("teams", "BadRequest", "The conversationCreationDateTime must be before the createdDateTime.")
		}
		e.SetString("createdDateTime", began.UTC().Format(time.RFC3339Nano))
	}
	e.SetString("migrationMode", "inProgress")
	return Result{Status: 204}, nil
}

func completeMigration(_ Tx, e *Entity, _ entity.Object) (Result, *grapherr.Error) {
	e.SetString("migrationMode", "completed")
	return Result{Status: 204}, nil
}
